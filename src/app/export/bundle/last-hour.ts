import type { EpochMs } from '../../../core/clock.ts';
import type { RecordingSource } from '../../../recording/recording-source.ts';

const HOUR_MS = 3_600_000;

/** Who looks back at a moment of a long recording wants what came right after it, too. */
const AFTER_MS = 600_000;

/** The part of a recording that a bundle of a moment holds: the blocks of the hour before it, and those right behind. */
export function lastHour(source: RecordingSource, at: EpochMs): RecordingSource {
  return {
    header: source.header,
    blocks: () => source.blocks().filter(({ first, last }) => last.at >= at - HOUR_MS && first.at <= at + AFTER_MS),
    blockBytes: (block) => source.blockBytes(block),
    damage: () => source.damage(),
  };
}
