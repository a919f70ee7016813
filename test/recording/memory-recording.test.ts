import { expect, test } from 'vitest';
import { recordingFile } from '../../src/recording/file-format.ts';
import { type MemoryLimits, MemoryRecording } from '../../src/recording/memory-recording.ts';
import { openRecordingBytes } from '../../src/recording/stored-recording.ts';
import { bare, chunksOf, everything, HEADER, known, sampleFrames } from './sample-frames.ts';

async function ringOf(frames: ReturnType<typeof sampleFrames>, limits: MemoryLimits = {}): Promise<MemoryRecording> {
  const ring = new MemoryRecording(HEADER, limits);
  for (const chunk of await chunksOf(frames, 20)) ring.append(chunk);
  return ring;
}

test('the ring keeps whole blocks that cover its time', async () => {
  const frames = sampleFrames(100);
  const ring = await ringOf(frames, { seconds: 60 });
  const { frames: kept } = everything(ring);
  expect(kept.map(bare)).toEqual(frames.slice(-kept.length));
  const coveredSeconds = (kept.length - 1) * 2;
  expect(coveredSeconds).toBeGreaterThanOrEqual(60);
  expect(coveredSeconds).toBeLessThan(60 + 2 * 20);
});

test('the ring keeps to its bytes, and always has the newest block', async () => {
  const ring = await ringOf(sampleFrames(100), { bytes: 3000 });
  expect(ring.byteLength).toBeLessThanOrEqual(3000);
  const single = await ringOf(sampleFrames(100), { bytes: 1 });
  expect(single.blocks().map((block) => block.ordinal)).toEqual([9]);
  expect(everything(single).frames).toHaveLength(10);
});

test('a block that was dropped is missing with a reason, and the others keep their numbers', async () => {
  const frames = sampleFrames(100);
  const ring = new MemoryRecording(HEADER, { seconds: 60 });
  const chunks = await chunksOf(frames, 20);
  for (const chunk of chunks.slice(0, 10)) ring.append(chunk);
  const first = ring.blocks()[0];
  for (const chunk of chunks.slice(10)) ring.append(chunk);
  expect(ring.blocks()[0]?.ordinal).toBeGreaterThan(0);
  expect(first === undefined ? undefined : ring.blockBytes(first)).toEqual({
    unavailable: 'absent',
    detail: 'that moment is no longer in memory',
  });
});

test('a sampler process that begins again, with a clock of its own, does not empty the ring', async () => {
  const ring = new MemoryRecording(HEADER, { seconds: 3600 });
  const before = sampleFrames(20, 1_790_000_000_000, 50_000);
  const after = sampleFrames(20, 1_790_000_100_000, 3);
  for (const chunk of await chunksOf(before, 20, false)) ring.append(chunk);
  for (const chunk of await chunksOf(after, 20)) ring.append(chunk);
  expect(everything(ring).frames.map(bare)).toEqual([...before, ...after]);
});

test('what comes before the beginning of a block is left out', async () => {
  const ring = new MemoryRecording(HEADER);
  for (const chunk of (await chunksOf(sampleFrames(5))).slice(1)) ring.append(chunk);
  expect(ring.blocks()).toEqual([]);
});

test('a stretch of time becomes a file of its own', async () => {
  const frames = sampleFrames(100);
  const ring = await ringOf(frames);
  const bytes = Buffer.concat([...recordingFile(ring, HEADER, 1_790_000_100_000, 1_790_000_130_000)]);
  const cut = known(openRecordingBytes('cut', bytes));
  expect(cut.isFinished()).toBe(true);
  const ticks = everything(cut).frames.map((frame) => frame.tick);
  expect(ticks).toEqual(frames.slice(50, 70).map((frame) => frame.tick));
});
