import type { EpochMs, Instant } from '../core/clock.ts';
import { isKnown, isMissing, type Maybe, missing } from '../core/missing.ts';
import { type BlockContents, readBlock, readRun, readRunHead, type StoredFrame } from './block-reader.ts';
import type { Frame, RecordedRun } from './frame.ts';
import type { BlockInfo, RecordingSource } from './recording-source.ts';

interface Place {
  readonly ordinal: number;
  /** Which frame of the block; -1 stands before its first. */
  readonly index: number;
}

interface ReadBlock extends BlockContents {
  readonly byteLength: number;
}

/** Decompressed blocks that are kept: the one played, and its neighbour, so that stepping to and fro is cheap. */
const BLOCKS_KEPT = 2;

/**
 * So many blocks in a row without a frame that can be read are the end: each may take a tenth of a second to find that
 * out, and whoever steps has keys to answer. A jump still goes behind them.
 */
const UNREADABLE_IN_A_ROW = 16;

/**
 * A place in a recording, and steps from it. The order of frames is that of recording, whatever the clock said; only
 * {@link Playback.frameAt} looks at the wall clock. Frames that cannot be read are passed over and told of in
 * {@link Playback.damage}.
 */
export class Playback {
  readonly #source: RecordingSource;
  readonly #contents = new Map<number, ReadBlock>();
  readonly #damage = new Set<string>();
  #place: Place | undefined;

  constructor(source: RecordingSource) {
    this.#source = source;
  }

  /** Of the first frame. */
  firstInstant(): Maybe<Instant> {
    return this.#source.blocks()[0]?.first ?? nothingRecorded();
  }

  /** Of the last frame that was recorded so far. */
  lastInstant(): Maybe<Instant> {
    return this.#source.blocks().at(-1)?.last ?? nothingRecorded();
  }

  /** What was met and skipped so far, one line each. */
  damage(): readonly string[] {
    return [...this.#source.damage(), ...this.#damage];
  }

  /**
   * Goes to the frame whose wall time is the nearest at or before `time`. Where the clock was set back and that time
   * was lived through twice, to the later one; before the beginning, to the first frame.
   */
  frameAt(time: EpochMs): Maybe<Frame> {
    const blocks = this.#source.blocks();
    let best: BlockInfo | undefined;
    for (const block of blocks) {
      if (block.first.at > time) continue;
      if (best === undefined || Math.min(block.last.at, time) >= Math.min(best.last.at, time)) best = block;
    }
    const block = best ?? blocks[0];
    if (block === undefined) return nothingRecorded();
    const index = this.#read(block).frames.findLastIndex((frame) => frame.instant.at <= time);
    if (best !== undefined && index >= 0) {
      const frame = this.#go({ ordinal: block.ordinal, index });
      return isMissing(frame) ? this.previous() : frame;
    }
    // The block's first frames are damaged, or `time` is before everything.
    this.#place = { ordinal: block.ordinal, index: -1 };
    const before = best === undefined ? undefined : this.previous();
    if (before !== undefined && isKnown(before)) return before;
    this.#place = { ordinal: block.ordinal, index: -1 };
    return this.next();
  }

  /** Goes to the next frame, from nowhere to the first. Missing, and the place stays, at the end of the recording. */
  next(): Maybe<Frame> {
    const from = this.#place ?? { ordinal: -1, index: -1 };
    let unreadable = 0;
    for (const block of this.#source.blocks()) {
      if (block.ordinal < from.ordinal) continue;
      if (unreadable++ > UNREADABLE_IN_A_ROW) return tooDamaged();
      const start = block.ordinal === from.ordinal ? from.index + 1 : 0;
      const count = this.#read(block).frames.length;
      for (let index = start; index < count; index++) {
        const frame = this.#go({ ordinal: block.ordinal, index });
        if (isKnown(frame)) return frame;
      }
    }
    return missing('absent', 'the end of the recording');
  }

  /** Goes to the frame before, from nowhere to the last. Missing, and the place stays, at the beginning. */
  previous(): Maybe<Frame> {
    const from = this.#place ?? { ordinal: Number.POSITIVE_INFINITY, index: -1 };
    let unreadable = 0;
    for (const block of this.#source.blocks().toReversed()) {
      if (block.ordinal > from.ordinal) continue;
      if (unreadable++ > UNREADABLE_IN_A_ROW) return tooDamaged();
      const start = block.ordinal === from.ordinal ? from.index : this.#read(block).frames.length;
      for (let index = start - 1; index >= 0; index--) {
        const frame = this.#go({ ordinal: block.ordinal, index });
        if (isKnown(frame)) return frame;
      }
    }
    return missing('absent', 'the beginning of the recording');
  }

  /**
   * The frames that bring a model to the place where this stands: from the key frame of its block, or of the block
   * that holds the moment `leadSeconds` before (for rates and growth over a time), up to and with the frame here.
   * Where the place is does not change.
   */
  *framesUpToHere(leadSeconds = 0): Generator<Frame> {
    for (const stored of this.#storedUpToHere(leadSeconds)) {
      const frame = this.#told(stored.decode());
      if (isKnown(frame)) yield frame;
    }
  }

  /**
   * The last runs of every topic and target up to the place where this stands, at most `perTarget` of each, oldest
   * first: what a jump needs (the state, and the values before it for rates) without decoding every frame on the way.
   * Only the block of this place is looked at: of a topic that did not run in it, there is the one carried run.
   */
  latestRuns(perTarget = 2): readonly RecordedRun[] {
    const latest = new Map<string, Uint8Array[]>();
    const order = new Map<Uint8Array, number>();
    for (const stored of this.#storedUpToHere(0)) {
      const frame = this.#told(stored.split());
      if (isMissing(frame)) continue;
      for (const run of [...frame.carried, ...frame.runs]) {
        const head = this.#told(readRunHead(run));
        if (isMissing(head)) continue;
        const key = `${head.topic} ${head.args}`;
        latest.set(key, [...(latest.get(key) ?? []), run].slice(-perTarget));
        order.set(run, order.size);
      }
    }
    const runs = [...latest.values()].flat().sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return runs.map((run) => this.#told(readRun(run))).filter(isKnown);
  }

  *#storedUpToHere(leadSeconds: number): Generator<StoredFrame> {
    const place = this.#place;
    if (place === undefined) return;
    const blocks = this.#source.blocks().filter((block) => block.ordinal <= place.ordinal);
    let lead = blocks.length - 1;
    const here = blocks[lead];
    const time = here === undefined ? 0 : (this.#read(here).frames[place.index]?.instant.monotonicSeconds ?? 0);
    for (; lead > 0; lead--) {
      const first = blocks[lead]?.first.monotonicSeconds ?? time;
      // A clock that is ahead belongs to a time before the machine or the sampler began again.
      if (first <= time - leadSeconds || (blocks[lead - 1]?.first.monotonicSeconds ?? 0) > first) break;
    }
    for (const block of blocks.slice(Math.max(lead, 0))) {
      const { frames } = this.#read(block);
      yield* block.ordinal === place.ordinal ? frames.slice(0, place.index + 1) : frames;
    }
  }

  #go(place: Place): Maybe<Frame> {
    const block = this.#source.blocks().find(({ ordinal }) => ordinal === place.ordinal);
    const stored = block === undefined ? undefined : this.#read(block).frames[place.index];
    if (stored === undefined) return missing('absent', 'that moment is no longer in memory');
    const frame = this.#told(stored.decode());
    this.#place = place;
    return frame;
  }

  #told<T>(value: Maybe<T>): Maybe<T> {
    if (isMissing(value)) this.#damage.add(value.detail ?? value.unavailable);
    return value;
  }

  #read(block: BlockInfo): BlockContents {
    const known = this.#contents.get(block.ordinal);
    if (known?.byteLength === block.byteLength) return known;
    const bytes = this.#source.blockBytes(block);
    const contents = isMissing(bytes)
      ? { frames: [], isComplete: false, damage: [bytes.detail ?? bytes.unavailable] }
      : readBlock(bytes);
    for (const line of contents.damage) this.#damage.add(line);
    this.#contents.delete(block.ordinal);
    this.#contents.set(block.ordinal, { ...contents, byteLength: block.byteLength });
    for (const [oldest] of this.#contents) {
      if (this.#contents.size <= BLOCKS_KEPT) break;
      this.#contents.delete(oldest);
    }
    return contents;
  }
}

function tooDamaged(): Maybe<never> {
  return missing('malformed', `${UNREADABLE_IN_A_ROW} blocks in a row cannot be read; jump over them`);
}

function nothingRecorded(): Maybe<never> {
  return missing('absent', 'the recording has no frames');
}
