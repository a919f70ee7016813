import type { EpochMs } from '../../../core/clock.ts';
import type { DropRequest } from '../../../core/note.ts';
import type { HostOrigin } from '../../../host/host.ts';

/** The internal argument that makes this program the child that writes to drop_caches. */
export const DROP_ARGUMENT = '__drop';

/** What the child is told. */
export interface DropOrder {
  readonly origin: HostOrigin;
  readonly request: DropRequest;
}

/** What the child says. */
export type DropMessage =
  /** When it began, as it was noted; or a sentence that says why it could not be. */
  | { readonly kind: 'noted'; readonly atEpochMs: EpochMs }
  | { readonly kind: 'not-noted'; readonly why: string }
  | { readonly kind: 'synced' }
  | { readonly kind: 'done'; readonly writeSeconds: number }
  | { readonly kind: 'failed'; readonly message: string };
