import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBlock } from '../../src/recording/block-reader.ts';
import { BlockWriter } from '../../src/recording/block-writer.ts';
import { type Chunk, encodeChunk } from '../../src/recording/chunk.ts';
import type { Frame } from '../../src/recording/frame.ts';
import { anyInstant, anyRun } from './random-frames.ts';
import { bare, chunksOf, encoded, KEYED, known, sampleFrames } from './sample-frames.ts';

function blocksOf(chunks: readonly Chunk[]): Uint8Array[] {
  const blocks: Uint8Array[][] = [];
  for (const chunk of chunks) {
    if (chunk.kind === 'block') blocks.push([]);
    blocks.at(-1)?.push(encodeChunk(chunk));
  }
  return blocks.map((parts) => Buffer.concat(parts));
}

function framesOf(chunks: readonly Chunk[]): Frame[] {
  return blocksOf(chunks).flatMap((block) => readBlock(block).frames.map((stored) => known(stored.decode())));
}

test('frames come back as they were, whatever is in them and whatever the clocks do', async () => {
  const anyFrame = fc.record({
    tick: fc.nat(),
    instant: anyInstant,
    runs: fc.array(anyRun, { maxLength: 3 }),
    carried: fc.constant([]),
    probes: fc.string({ unit: 'binary' }),
    notes: fc.constant([]),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyFrame, { maxLength: 8 }), async (frames) => {
      expect(framesOf(await chunksOf(frames)).map(bare)).toEqual(frames);
    }),
    { numRuns: 60 },
  );
});

test('notes come back as they were', async () => {
  const frames = sampleFrames(12);
  expect(framesOf(await chunksOf(frames))[10]?.notes).toEqual(frames[10]?.notes);
});

test('a block begins after its time, with the latest run of every topic and target before it', async () => {
  const frames = sampleFrames(25);
  const decoded = framesOf(await chunksOf(frames, 20));
  const keys = decoded.filter((frame) => frame.carried.length > 0);
  expect(keys.map((frame) => frame.tick)).toEqual([10, 20]);
  expect(keys[0]?.carried).toEqual([frames[7]?.runs[1], frames[8]?.runs[1], frames[9]?.runs[0], frames[9]?.runs[1]]);
});

test('the wall clock never goes back inside a block', async () => {
  const back = [...sampleFrames(5), ...sampleFrames(5, 1_789_999_999_000, 1010)];
  const blocks = blocksOf(await chunksOf(back, 1000));
  expect(blocks.map((block) => readBlock(block).frames.length)).toEqual([5, 5]);
});

test.each([1, 2, 4, 5, 60])('with a frame every %i s none waits longer than 5 s for its piece', async (interval) => {
  const frames = sampleFrames(30).map((frame, tick) => ({
    ...frame,
    instant: { at: frame.instant.at, monotonicSeconds: 1000 + tick * interval },
  }));
  const pieces = (await chunksOf(frames, 3600)).filter((chunk) => chunk.kind === 'piece');
  expect(pieces.length).toBeGreaterThan(4);
  const flushed = pieces.map((piece) => piece.instant.monotonicSeconds);
  const waited = frames.map(({ instant }) => {
    const readable = flushed.find((seconds) => seconds >= instant.monotonicSeconds);
    return readable === undefined ? 0 : readable - instant.monotonicSeconds;
  });
  expect(Math.max(...waited)).toBeLessThanOrEqual(5);
  const gaps = flushed.slice(1).map((seconds, index) => seconds - (flushed[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.max(5, interval));
});

test('a frame that is too large is left out, and what follows begins a block', async () => {
  const frames = sampleFrames(3);
  const chunks: Chunk[] = [];
  const writer = new BlockWriter({
    keyedTopics: KEYED,
    onChunk: (chunk) => chunks.push(chunk),
    onFailure: (message) => expect(message).toBe(''),
  });
  const taken = frames.map((frame, index) =>
    writer.write({ ...encoded(frame), probes: index === 1 ? 'x'.repeat(33 * 1024 * 1024) : '' }),
  );
  await writer.close();
  expect(taken).toEqual([true, false, true]);
  expect(blocksOf(chunks)).toHaveLength(2);
  expect(framesOf(chunks)[1]?.carried.map((run) => run.started)).toContainEqual(frames[1]?.instant);
});

test('a frame that carries runs hands them on: a cut-out begins like the recording it comes from', async () => {
  const decoded = framesOf(await chunksOf(sampleFrames(25), 20)).slice(10);
  const again = framesOf(await chunksOf(decoded, 1000));
  expect(again[0]).toEqual(decoded[0]);
});
