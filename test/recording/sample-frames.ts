import { isMissing, type Maybe } from '../../src/core/missing.ts';
import type { Note } from '../../src/core/note.ts';
import { readBlock } from '../../src/recording/block-reader.ts';
import { BlockWriter } from '../../src/recording/block-writer.ts';
import type { Chunk } from '../../src/recording/chunk.ts';
import type { EncodedFrame, Frame, RecordedRun } from '../../src/recording/frame.ts';
import type { RecordingHeader } from '../../src/recording/header.ts';
import type { RecordingSource } from '../../src/recording/recording-source.ts';
import { encodeRun } from '../../src/recording/run-codec.ts';

export const HEADER: RecordingHeader = {
  toolVersion: '1.0.0',
  startedAt: 1_790_000_000_000,
  origin: { kind: 'live', root: '/' },
  node: { name: 'node-7', kernel: { unavailable: 'absent', detail: '/proc/sys/kernel/osrelease: ENOENT' } },
};

export const KEYED: ReadonlySet<string> = new Set(['stat-reads']);

const NOTE: Note = {
  kind: 'drop',
  id: 'd1',
  at: 1_790_000_020_000,
  request: { mode: 2, sync: false },
  phase: 'done',
  writeSeconds: 12.1,
  rehearsal: false,
};

/** Frames of a small node, one every two seconds: meminfo each time, a read of one of three targets in turn. */
export function sampleFrames(count: number, startAt = 1_790_000_000_000, startSeconds = 1000): Frame[] {
  return Array.from({ length: count }, (_, tick) => {
    const instant = { at: startAt + tick * 2000, monotonicSeconds: startSeconds + tick * 2 };
    const run = (topic: string, args: string, path: string, text: string): RecordedRun => ({
      topic,
      args,
      started: instant,
      ended: { at: instant.at + 3, monotonicSeconds: instant.monotonicSeconds + 0.003 },
      cpuSeconds: 0.0021,
      readings: [{ question: 'read', path, text }],
    });
    const target = `/kubepods/pod${tick % 3}`;
    return {
      tick,
      instant,
      runs: [
        run('memory', '{}', '/proc/meminfo', `Slab: ${100_000 + tick * 7} kB\n`),
        run('stat-reads', JSON.stringify({ target }), `${target}/memory.stat`, `cache ${tick * 4096}\n`),
      ],
      carried: [],
      probes: '{"inFlight":[]}',
      notes: tick === 10 ? [NOTE] : [],
    };
  });
}

export function encoded(frame: Frame): EncodedFrame {
  return { ...frame, runs: frame.runs.map(encodeRun), carried: frame.carried.map(encodeRun) };
}

/** A frame without what a block adds to it. */
export function bare(frame: Frame): Frame {
  return { ...frame, carried: [] };
}

/** The chunks of these frames, the block closed unless told otherwise. */
export async function chunksOf(frames: readonly Frame[], blockSeconds = 20, isClosed = true): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  const writer = new BlockWriter({
    keyedTopics: KEYED,
    blockSeconds,
    onChunk: (chunk) => chunks.push(chunk),
    onFailure: (message) => {
      throw new Error(message);
    },
  });
  for (const frame of frames) {
    if (!writer.write(encoded(frame))) throw new Error('a frame was left out');
  }
  await (isClosed ? writer.close() : writer.flush());
  return chunks;
}

/** Every frame that can be read, in order, and what was told. */
export function everything(source: RecordingSource): { frames: Frame[]; damage: string[] } {
  const damage = [...source.damage()];
  const frames: Frame[] = [];
  for (const block of source.blocks()) {
    const bytes = known(source.blockBytes(block));
    const contents = readBlock(bytes);
    damage.push(...contents.damage);
    for (const stored of contents.frames) {
      const frame = stored.decode();
      if (isMissing(frame)) damage.push(frame.detail ?? frame.unavailable);
      else frames.push(frame);
    }
  }
  return { frames, damage };
}

/** The value of something that must be there. */
export function known<T>(value: Maybe<T>): T {
  if (isMissing(value)) throw new Error(`${value.unavailable}: ${value.detail}`);
  return value;
}
