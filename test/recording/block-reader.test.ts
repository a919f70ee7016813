import { brotliCompressSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBlock } from '../../src/recording/block-reader.ts';
import { type Chunk, encodeChunk } from '../../src/recording/chunk.ts';
import { chunksOf, known, sampleFrames } from './sample-frames.ts';

const frames = sampleFrames(30);
const chunks = await chunksOf(frames, 1000);
const encodedChunks = chunks.map(encodeChunk);
const block = Buffer.concat(encodedChunks);
const ends = encodedChunks.map((_, index) =>
  encodedChunks.slice(0, index + 1).reduce((sum, bytes) => sum + bytes.length, 0),
);

/** How many frames the first chunks hold, by the instant that their last one tells. */
function framesUpTo(chunk: Chunk | undefined): number {
  if (chunk === undefined || chunk.kind === 'block') return 0;
  return frames.filter((frame) => frame.instant.at <= chunk.instant.at).length;
}

test('cut anywhere, a block loses what was not flushed before the cut and nothing else', () => {
  fc.assert(
    fc.property(fc.nat(block.length), (length) => {
      const contents = readBlock(block.subarray(0, length));
      const whole = ends.filter((end) => end <= length).length;
      expect(contents.frames).toHaveLength(framesUpTo(chunks[whole - 1]));
      expect(contents.frames.map((stored) => known(stored.decode()))).toEqual(frames.slice(0, contents.frames.length));
      expect(contents.damage).toEqual([]);
      expect(contents.isComplete).toBe(length === block.length);
    }),
    { numRuns: 300 },
  );
});

test('a flipped bit anywhere is found and told, and what was before its piece is read', () => {
  fc.assert(
    fc.property(fc.nat(block.length * 8 - 1), (bit) => {
      const flipped = Buffer.from(block);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const contents = readBlock(flipped);
      const before = ends.filter((end) => end <= bit >> 3).length;
      expect(contents.damage).toHaveLength(1);
      expect(contents.frames).toHaveLength(framesUpTo(chunks[before - 1]));
      expect(contents.frames.map((stored) => known(stored.decode()))).toEqual(frames.slice(0, contents.frames.length));
    }),
    { numRuns: 500 },
  );
});

test('any bytes at all are read without an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (payload, rest) => {
      const instant = { at: 0, monotonicSeconds: 0 };
      for (const some of [payload, brotliCompressSync(payload)]) {
        const forged = Buffer.concat([encodeChunk({ kind: 'piece', instant, payload: some }), rest]);
        for (const stored of readBlock(forged).frames) stored.decode();
      }
      for (const stored of readBlock(payload).frames) stored.decode();
    }),
    { numRuns: 300 },
  );
});

test('frames of random bytes decode to a reason', () => {
  const head = Buffer.alloc(4 + 3 + 40, 0xff);
  head.writeUInt32LE(43, 0);
  head.set([1, 0, 0], 4);
  const instant = { at: 0, monotonicSeconds: 0 };
  const contents = readBlock(encodeChunk({ kind: 'last', instant, payload: brotliCompressSync(head) }));
  expect(contents.frames.map((stored) => stored.decode())).toEqual([
    { unavailable: 'malformed', detail: expect.stringContaining('a frame cannot be decoded') },
  ]);
});

test('a small block that would become a very large one is refused', () => {
  const zeros = Buffer.alloc(80 * 1024 * 1024);
  const bomb = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const instant = { at: 0, monotonicSeconds: 0 };
  const contents = readBlock(encodeChunk({ kind: 'last', instant, payload: bomb }));
  expect(contents.frames).toEqual([]);
  expect(contents.damage).toEqual([expect.stringContaining('cannot be decompressed')]);
});

test('what a few bytes unpack to is bounded by their size', () => {
  const instant = { at: 0, monotonicSeconds: 0 };
  const bomb = brotliCompressSync(Buffer.alloc(48 * 1024 * 1024), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  expect(bomb.length).toBeLessThan(1000);
  const { frames: unpacked, damage } = readBlock(encodeChunk({ kind: 'last', instant, payload: bomb }));
  expect(unpacked).toEqual([]);
  expect(damage.join()).toContain('cannot be decompressed');
});

test('a folder of files says the same for ever, and its block is read all the same', async () => {
  const [one] = sampleFrames(1);
  if (one === undefined) throw new Error('no frame');
  const text = Array.from({ length: 3000 }, (_, n) => `row ${(n * 2_654_435_761) % 4_294_967_296}\n`).join('');
  const many = Array.from({ length: 600 }, (_, tick) => ({
    ...one,
    tick,
    instant: { at: one.instant.at + tick * 200, monotonicSeconds: one.instant.monotonicSeconds + tick / 5 },
    runs: one.runs.map((run) => ({ ...run, readings: [{ question: 'read', path: '/x', text } as const] })),
  }));
  const bytes = Buffer.concat((await chunksOf(many, 1000)).map(encodeChunk));
  const { frames: read, damage } = readBlock(bytes);
  expect(damage).toEqual([]);
  expect(read.length).toBeGreaterThan(100);
});
