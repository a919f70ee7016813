import type { DropRequest } from '../core/note.ts';
import type { Severity } from '../format/severity.ts';

/** One rule's answer, as the screen shows it. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly title: string;
  readonly evidence: readonly {
    readonly field: string;
    readonly value: unknown;
    readonly threshold?: unknown;
  }[];
  readonly remedies: readonly string[];
}

/** What the rules say about one model. */
export interface Findings {
  /** Worst first: the first one is the verdict. */
  readonly findings: readonly Finding[];
  /** The drop that fits what pins the dying cgroups. */
  readonly recommendedDrop?: DropRequest | 'none-helps';
}
