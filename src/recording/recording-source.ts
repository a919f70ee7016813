import type { Instant } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { RecordingHeader } from './header.ts';

/** Where a block is and which time it is about. Inside a block the wall clock never goes back. */
export interface BlockInfo {
  /** Counts from 0 in its source and stays the same while older blocks are dropped. */
  readonly ordinal: number;
  readonly first: Instant;
  /** Of the last frame whose piece is there; a block that is still written grows. */
  readonly last: Instant;
  /** Of its chunks, heads included. */
  readonly byteLength: number;
}

/** A recording, wherever it lies: a file, a bundle, the memory of the live screen. */
export interface RecordingSource {
  /** Missing (`malformed`) where its bytes are damaged: the blocks can be read all the same. */
  readonly header: Maybe<RecordingHeader>;
  /** In the order of recording; by the wall clock they may overlap where it was set back. */
  blocks(): readonly BlockInfo[];
  /** The chunks of one block as they were written. Missing where they are no longer there, or cannot be read. */
  blockBytes(block: BlockInfo): Maybe<Uint8Array>;
  /** What was found damaged while the blocks were looked for, one line each. */
  damage(): readonly string[];
}
