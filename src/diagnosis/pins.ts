import type { Maybe } from '../core/missing.ts';
import type { DropRequest } from '../core/note.ts';
import type { Sentence } from './prose/say.ts';

/**
 * What keeps dying cgroups alive: slab objects such as dentries; clean or dirty pages of files; pages of files that
 * were not told apart; pages of a tmpfs; more than one of them.
 */
export type PinnedBy = 'slab' | 'clean' | 'dirty' | 'pages' | 'tmpfs' | 'mixed';

/** What pins below one parent. */
export interface PinnedBelow {
  readonly path: string;
  /** `namespace/pod`; missing for a parent that is no pod. */
  readonly pod: Maybe<string>;
  readonly by: PinnedBy;
  /** Everything that the dying below it hold. */
  readonly bytes: number;
  readonly kmemBytes: Maybe<number>;
  readonly pageBytes: Maybe<number>;
  /** By kind, from a read of `memory.stat`; missing until it was made. */
  readonly cleanBytes: Maybe<number>;
  readonly dirtyBytes: Maybe<number>;
  readonly tmpfsBytes: Maybe<number>;
  readonly anonBytes: Maybe<number>;
}

/** What pins the dying cgroups of the node, and below which parents. */
export interface PinsVerdict {
  /** `absent` where nothing pins any; another reason where it cannot be told. */
  readonly by: Maybe<PinnedBy>;
  /** Most first. Empty where `by` is missing. */
  readonly where: readonly PinnedBelow[];
}

/** The drop that fits what pins, or why none is recommended. */
export type RecommendedDrop = { readonly request: DropRequest; readonly why: Sentence } | { readonly none: Sentence };
