import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { encodeChunk } from '../../src/recording/chunk.ts';
import { recordingFile } from '../../src/recording/file-format.ts';
import type { Frame } from '../../src/recording/frame.ts';
import { MemoryRecording } from '../../src/recording/memory-recording.ts';
import { Playback } from '../../src/recording/playback.ts';
import { openRecordingBytes } from '../../src/recording/stored-recording.ts';
import { bare, chunksOf, HEADER, known, sampleFrames } from './sample-frames.ts';

const START = 1_790_000_000_000;
const frames = sampleFrames(60);

async function recorded(some: readonly Frame[], blockSeconds = 20): Promise<MemoryRecording> {
  const ring = new MemoryRecording(HEADER);
  for (const chunk of await chunksOf(some, blockSeconds)) ring.append(chunk);
  return ring;
}

const tickAt = (playback: Playback, time: number) => known(playback.frameAt(time)).tick;

test('first and last instant, and every frame forwards and backwards', async () => {
  const playback = new Playback(await recorded(frames));
  expect(playback.firstInstant()).toEqual(frames[0]?.instant);
  expect(playback.lastInstant()).toEqual(frames[59]?.instant);
  expect(walk(() => playback.next())).toEqual(frames);
  expect(playback.next()).toEqual({ unavailable: 'absent', detail: 'the end of the recording' });
  expect(walk(() => playback.previous())).toEqual(frames.slice(0, -1).toReversed());
  expect(known(playback.next()).tick).toBe(1);
  expect(walk(() => new Playback(new MemoryRecording(HEADER)).next())).toEqual([]);
});

test('the frame at a time is the nearest at or before it', async () => {
  const playback = new Playback(await recorded(frames));
  expect(tickAt(playback, START)).toBe(0);
  expect(tickAt(playback, START + 41_000)).toBe(20);
  expect(tickAt(playback, START + 39_999)).toBe(19);
  expect(tickAt(playback, START - 5)).toBe(0);
  expect(known(playback.next()).tick).toBe(1);
  expect(tickAt(playback, START + 1e9)).toBe(59);
  expect(new Playback(new MemoryRecording(HEADER)).frameAt(START)).toMatchObject({ unavailable: 'absent' });
});

test('where the clock was set back, a time lived through twice means the later', async () => {
  const back = sampleFrames(10, START + 10_000, 1020).map((frame) => ({ ...frame, tick: frame.tick + 100 }));
  const playback = new Playback(await recorded([...frames.slice(0, 10), ...back]));
  expect(tickAt(playback, START + 9_000)).toBe(4);
  expect(tickAt(playback, START + 14_000)).toBe(102);
  expect(tickAt(playback, START + 99_000)).toBe(109);
  expect(known(playback.frameAt(START + 10_000)).tick).toBe(100);
  expect(known(playback.previous()).tick).toBe(9);
});

test('the frames up to a place begin with a key frame that carries what was before', async () => {
  const playback = new Playback(await recorded(frames));
  expect([...playback.framesUpToHere()]).toEqual([]);
  known(playback.frameAt(START + 50_000));
  const ticks = [...playback.framesUpToHere()].map((frame) => frame.tick);
  expect(ticks).toEqual([20, 21, 22, 23, 24, 25]);
  const [key] = [...playback.framesUpToHere()];
  expect(key?.carried.map((run) => run.started)).toEqual([17, 18, 19, 19].map((tick) => frames[tick]?.instant));
  const led = [...playback.framesUpToHere(25)].map((frame) => frame.tick);
  expect(led[0]).toBe(10);
  expect(led.at(-1)).toBe(25);
  expect([...playback.framesUpToHere(1e6)].map(bare)).toEqual(frames.slice(0, 26));
  expect(known(playback.next()).tick).toBe(26);
});

test('the latest runs at a place are the last two of every topic and target', async () => {
  const playback = new Playback(await recorded(frames));
  known(playback.frameAt(START + 42_000));
  const memory = [20, 21].map((tick) => frames[tick]?.runs[0]);
  const reads = [17, 18, 19, 20, 21].map((tick) => frames[tick]?.runs[1]);
  const latest = playback.latestRuns();
  expect(latest.filter((run) => run.topic === 'memory')).toEqual(memory);
  expect(latest.filter((run) => run.topic === 'stat-reads')).toEqual(reads);
  const starts = latest.map((run) => run.started.at);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(playback.latestRuns(1).map((run) => run.args)).toHaveLength(4);
});

test('frames that came while we stood at the end are there at the next step', async () => {
  const ring = new MemoryRecording(HEADER);
  const chunks = await chunksOf(frames, 1000);
  const half = chunks.length >> 1;
  for (const chunk of chunks.slice(0, half)) ring.append(chunk);
  const playback = new Playback(ring);
  const first = walk(() => playback.next());
  for (const chunk of chunks.slice(half)) ring.append(chunk);
  expect([...first, ...walk(() => playback.next())]).toEqual(frames);
});

test('damaged frames are passed over and told', async () => {
  const bytes = Buffer.concat([...recordingFile(await recorded(frames), HEADER)]);
  const secondPiece = bytes.indexOf(Buffer.from(encodeChunk((await chunksOf(frames, 20))[2] ?? never())));
  bytes.writeUInt8(bytes.readUInt8(secondPiece + 40) ^ 1, secondPiece + 40);
  const playback = new Playback(known(openRecordingBytes('damaged', bytes)));
  const ticks = walk(() => playback.next()).map((frame) => frame.tick);
  expect(ticks).toContain(0);
  expect(ticks).not.toContain(9);
  expect(ticks.slice(-50)).toEqual(frames.slice(10).map((frame) => frame.tick));
  expect(playback.damage()).toEqual([expect.stringContaining('a checksum fails')]);
  expect(tickAt(playback, START + 19_000)).toBe(ticks[ticks.indexOf(10) - 1]);
});

function walk(step: () => ReturnType<Playback['next']>): Frame[] {
  const met: Frame[] = [];
  for (let frame = step(); !isMissing(frame); frame = step()) met.push(bare(frame));
  return met;
}

function never(): never {
  throw new Error('there are more chunks than that');
}
