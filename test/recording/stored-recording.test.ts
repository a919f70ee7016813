import { appendFileSync, chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { encodeChunk } from '../../src/recording/chunk.ts';
import { encodeBeginning, encodeEnding, recordingFile } from '../../src/recording/file-format.ts';
import { MemoryRecording } from '../../src/recording/memory-recording.ts';
import { Playback } from '../../src/recording/playback.ts';
import type { BlockInfo } from '../../src/recording/recording-source.ts';
import { openRecording, openRecordingBytes } from '../../src/recording/stored-recording.ts';
import { makeFolder } from '../support/cleanup.ts';
import { bare, chunksOf, everything, HEADER, known, sampleFrames } from './sample-frames.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'recording');
afterAll(remove);

const frames = sampleFrames(60);
const memory = new MemoryRecording(HEADER);
for (const chunk of await chunksOf(frames, 20)) memory.append(chunk);
const file = Buffer.concat([...recordingFile(memory, HEADER)]);
/** Like {@link file}, but neither its last block nor the file was ever closed. */
const open = await openFile();

/** How many frames are in pieces that end before this offset, counted by looking for heads. */
function flushedBefore(length: number): number {
  const whole = known(openRecordingBytes('f', file));
  let offset = file.indexOf(Buffer.from([0xf5, 0x4b, 0x38, 0xf5, 0x42]));
  let lastAt = 0;
  for (const block of whole.blocks()) {
    for (const end = offset + block.byteLength; offset < end; ) {
      const kind = file.readUInt8(offset + 4);
      const at = file.readDoubleLE(offset + 9);
      offset += 33 + file.readUInt32LE(offset + 5);
      if (offset <= length && kind !== 0x42) lastAt = at;
    }
  }
  return frames.filter((frame) => frame.instant.at <= lastAt).length;
}

async function openFile(): Promise<Buffer> {
  const ring = new MemoryRecording(HEADER);
  for (const chunk of await chunksOf(frames, 20, false)) ring.append(chunk);
  const whole = Buffer.concat([...recordingFile(ring, HEADER)]);
  return whole.subarray(0, whole.indexOf(Buffer.from([0xf5, 0x4b, 0x38, 0xf5, 0x49])));
}

test('a closed file gives back its header and frames', () => {
  const recording = known(openRecordingBytes('f', file));
  expect(recording.header).toEqual(HEADER);
  expect(recording.isFinished()).toBe(true);
  expect(recording.blocks()).toHaveLength(6);
  expect(everything(recording).frames.map(bare)).toEqual(frames);
});

test('without its index a file has the same blocks', () => {
  const recording = known(openRecordingBytes('f', open));
  expect(recording.isFinished()).toBe(false);
  expect(recording.damage()).toEqual([]);
  expect(everything(recording).frames.map(bare)).toEqual(frames);
  const indexed = known(openRecordingBytes('f', file)).blocks();
  expect(recording.blocks().map(({ first, last }) => ({ first, last }))).toEqual(
    indexed.map(({ first, last }) => ({ first, last })),
  );
});

test('cut anywhere, a file opens and gives the frames before the cut', () => {
  fc.assert(
    fc.property(fc.nat(file.length - 1), (length) => {
      const recording = openRecordingBytes('f', file.subarray(0, length));
      if (isMissing(recording)) {
        expect(length).toBeLessThan(300);
        expect(recording.unavailable).toBe('malformed');
        return;
      }
      const read = everything(recording).frames.map(bare);
      expect(read).toEqual(frames.slice(0, read.length));
      expect(read).toHaveLength(flushedBefore(length));
    }),
    { numRuns: 300 },
  );
});

test('a flipped bit is told and costs at most the rest of its block', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.nat(), (isClosed, anywhere) => {
      const bytes = isClosed ? file : open;
      const bit = anywhere % (bytes.length * 8);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const recording = openRecordingBytes('f', flipped);
      if (isMissing(recording)) {
        // The digit of the version became another one.
        expect(bit >> 3).toBe('slabtop-k8s recording '.length);
        return;
      }
      const { frames: read, damage } = everything(recording);
      const lost = frames.filter((frame) => !read.some((other) => other.tick === frame.tick));
      expect(read.map(bare)).toEqual(frames.filter((frame) => !lost.includes(frame)));
      expect(lost.length).toBeLessThanOrEqual(10);
      if (lost.length > 0) expect(damage).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('damage in the middle of a file without index is skipped, and told by its place', () => {
  const damaged = Buffer.from(open);
  damaged.fill(0, 3000, 3300);
  const { frames: read, damage } = everything(known(openRecordingBytes('f', damaged)));
  expect(read.length).toBeGreaterThan(40);
  expect(damage.join()).toMatch(/damaged bytes|checksum/);
});

test('any bytes after a good beginning are read without an exception', () => {
  const beginning = file.subarray(0, file.indexOf(Buffer.from([0xf5, 0x4b, 0x38, 0xf5, 0x42])));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(file.length), (noise, start) => {
      for (const rest of [noise, Buffer.concat([noise, file.subarray(start)])]) {
        const recording = openRecordingBytes('f', Buffer.concat([beginning, rest]));
        if (!isMissing(recording)) everything(recording);
      }
    }),
    { numRuns: 200 },
  );
});

test('a megabyte of marks that begin nothing is passed over in a moment', () => {
  const beginning = file.subarray(0, file.indexOf(Buffer.from([0xf5, 0x4b, 0x38, 0xf5, 0x42])));
  const before = process.cpuUsage();
  const recording = known(
    openRecordingBytes('f', Buffer.concat([beginning, Buffer.alloc(2 ** 20, Buffer.from([0xf5, 0x4b, 0x38, 0xf5]))])),
  );
  const { user, system } = process.cpuUsage(before);
  expect(recording.damage()).toEqual(['the last 1048576 bytes are damaged']);
  expect((user + system) / 1e6).toBeLessThan(2);
});

test('a file that grows is followed, also when a chunk was seen half written', () => {
  const path = join(folder, 'growing');
  writeFileSync(path, open.subarray(0, 1200));
  const recording = known(openRecording(path));
  let seen = everything(recording).frames.length;
  for (let end = 1200; end < open.length; end += 700) {
    appendFileSync(path, open.subarray(end, end + 700));
    recording.refresh();
    const read = everything(recording).frames;
    expect(read.map(bare)).toEqual(frames.slice(0, read.length));
    expect(read.length).toBeGreaterThanOrEqual(seen);
    seen = read.length;
  }
  expect(seen).toBe(frames.length);
  expect(recording.damage()).toEqual([]);
  appendFileSync(path, file.subarray(-200));
  recording.close();
});

test('following sees that the file was closed', () => {
  const path = join(folder, 'closed-later');
  const cut = file.indexOf(Buffer.from([0xf5, 0x4b, 0x38, 0xf5, 0x49]));
  writeFileSync(path, file.subarray(0, cut));
  const recording = known(openRecording(path));
  expect(recording.isFinished()).toBe(false);
  appendFileSync(path, file.subarray(cut));
  expect(recording.refresh()).toBe(true);
  expect(recording.isFinished()).toBe(true);
  expect(recording.refresh()).toBe(false);
  recording.close();
});

test.each([
  ['not a recording at all, but a text of some length\n', 'malformed', 'is not a recording'],
  ['', 'malformed', 'is not a recording'],
  ['slabtop-k8s recording 2\n and what version 2 may have', 'unsupported', 'version 2'],
  ['slabtop-k8s recording 17\nx', 'unsupported', 'version 17'],
])('%j is refused in words', (text, reason, words) => {
  expect(openRecordingBytes('FILE', Buffer.from(text))).toEqual({
    unavailable: reason,
    detail: expect.stringContaining(words),
  });
});

test('what cannot be opened says why', () => {
  expect(openRecording(join(folder, 'none'))).toMatchObject({ unavailable: 'absent' });
  expect(openRecording(folder)).toMatchObject({ unavailable: 'failed', detail: expect.stringContaining('EISDIR') });
});

test('a file of somebody else is refused with the reason', () => {
  const path = join(folder, 'secret');
  writeFileSync(path, file);
  chmodSync(path, 0o000);
  // Root may read everything, so that a test run by root asks as nobody.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chmodSync(folder, 0o755);
    process.seteuid?.(65534);
  }
  const opened = openRecording(path);
  if (isRoot) process.seteuid?.(0);
  expect(opened).toMatchObject({ unavailable: 'denied', detail: expect.stringContaining('EACCES') });
});

test('an index that names one block again and again is not believed: no byte of a file is read twice', () => {
  const [first] = known(openRecordingBytes('f', file)).blocks();
  if (first === undefined) throw new Error('no block');
  const beginning = encodeBeginning(HEADER);
  const block = known(known(openRecordingBytes('f', file)).blockBytes(first));
  const row = { offset: beginning.length, byteLength: block.length, first: first.first, last: first.last };
  const rows = Array.from({ length: 2001 }, () => row);
  const forged = Buffer.concat([beginning, block, encodeEnding(rows, beginning.length + block.length)]);
  const recording = known(openRecordingBytes('forged', forged));
  expect(recording.blocks()).toHaveLength(1);
  expect(everything(recording).frames).toHaveLength(
    frames.length / known(openRecordingBytes('f', file)).blocks().length,
  );
});

test('blocks without end that cannot be read are not all read in one step', async () => {
  const instant = { at: 1_790_000_000_000, monotonicSeconds: 1 };
  const junk = (['block', 'last'] as const).map((kind) => encodeChunk({ kind, instant, payload: Buffer.from('junk') }));
  const forged = Buffer.concat([encodeBeginning(HEADER), ...Array.from({ length: 500 }, () => junk).flat()]);
  const recording = known(openRecordingBytes('forged', forged));
  let read = 0;
  const counting = {
    ...recording,
    blockBytes: (block: BlockInfo) => {
      read += 1;
      return recording.blockBytes(block);
    },
  };
  const playback = new Playback(counting);
  expect(playback.next()).toMatchObject({ unavailable: 'malformed' });
  expect(playback.previous()).toMatchObject({ unavailable: 'malformed' });
  expect(read).toBeLessThan(50);
});

test('a recording of version 1 stays readable for ever', () => {
  const path = fileURLToPath(new URL('../fixtures/recordings/version-1.slabrec', import.meta.url));
  const recording = known(openRecordingBytes('version-1', readFileSync(path)));
  expect(recording.header).toEqual(HEADER);
  expect(recording.damage()).toEqual([]);
  expect(everything(recording).frames.map(bare)).toEqual(sampleFrames(25));
});
