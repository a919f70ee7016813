import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import type { Chunk } from '../../src/recording/chunk.ts';
import { type FileWriterOptions, openFileWriter } from '../../src/recording/file-writer.ts';
import { openRecording } from '../../src/recording/stored-recording.ts';
import { makeFolder } from '../support/cleanup.ts';
import { bare, chunksOf, everything, HEADER, known, sampleFrames } from './sample-frames.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'writer');
afterAll(remove);

const frames = sampleFrames(200);
const chunks = await chunksOf(frames, 20);

async function write(
  path: string,
  some: readonly Chunk[],
  options: Partial<FileWriterOptions> = {},
): Promise<string[]> {
  const told: string[] = [];
  const writer = known(await openFileWriter(path, HEADER, { onStopped: (line) => told.push(line), ...options }));
  for (const chunk of some) writer.write(chunk);
  await writer.close();
  return told;
}

function framesIn(path: string) {
  const recording = known(openRecording(path));
  const { frames: read, damage } = everything(recording);
  expect(damage).toEqual([]);
  expect(recording.isFinished()).toBe(true);
  recording.close();
  return read.map(bare);
}

test('a file has what was written, is for its owner only, and leaves no lock', async () => {
  const path = join(folder, 'plain');
  expect(await write(path, chunks)).toEqual([]);
  expect(framesIn(path)).toEqual(frames);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test('an existing file is never written over, nor is one that rotation would need', async () => {
  const path = join(folder, 'there');
  writeFileSync(path, 'mine');
  const refused = await openFileWriter(path, HEADER, { onStopped: () => {} });
  expect(refused).toEqual({ unavailable: 'failed', detail: expect.stringContaining('never overwrites') });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  const rotating = join(folder, 'rotating-there');
  writeFileSync(`${rotating}.2`, 'mine');
  const options = { onStopped: () => {}, maxBytes: 1e6, keepFiles: 2 };
  expect(await openFileWriter(rotating, HEADER, options)).toMatchObject({ unavailable: 'failed' });
  expect(existsSync(`${rotating}.lock`)).toBe(false);
});

test('a symbolic link to nowhere is not followed', async () => {
  const path = join(folder, 'link');
  symlinkSync(join(folder, 'elsewhere'), path);
  expect(await openFileWriter(path, HEADER, { onStopped: () => {} })).toMatchObject({ unavailable: 'failed' });
  expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
});

test('a second writer is refused while the first one runs', async () => {
  const path = join(folder, 'shared');
  const first = known(await openFileWriter(path, HEADER, { onStopped: () => {} }));
  rmSync(path);
  const second = await openFileWriter(path, HEADER, { onStopped: () => {} });
  expect(second).toEqual({ unavailable: 'failed', detail: expect.stringContaining(`(${process.pid}) records to`) });
  await first.close();
});

test('the lock of a process that is gone is taken over; one that names nobody is not', async () => {
  const path = join(folder, 'stale');
  writeFileSync(`${path}.lock`, '4194999\n');
  expect(await write(path, chunks.slice(0, 2))).toEqual([]);
  const other = join(folder, 'strange');
  writeFileSync(`${other}.lock`, 'what is this');
  expect(await openFileWriter(other, HEADER, { onStopped: () => {} })).toMatchObject({ unavailable: 'failed' });
});

test('a FIFO in the place of the lock is not waited for', async () => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [`${path}.lock`]);
  expect(await openFileWriter(path, HEADER, { onStopped: () => {} })).toMatchObject({ unavailable: 'failed' });
});

test('a folder that is not there is named', async () => {
  const path = join(folder, 'no', 'such');
  expect(await openFileWriter(path, HEADER, { onStopped: () => {} })).toEqual({
    unavailable: 'failed',
    detail: expect.stringContaining('ENOENT'),
  });
});

test('rotation keeps so many files of at most the size, each a whole recording', async () => {
  const path = join(folder, 'rotated');
  expect(await write(path, chunks, { maxBytes: 6000, keepFiles: 2 })).toEqual([]);
  const names = readdirSync(folder).filter((name) => name.startsWith('rotated'));
  expect(names.sort()).toEqual(['rotated', 'rotated.1', 'rotated.2']);
  const kept = ['.2', '.1', ''].flatMap((suffix) => framesIn(path + suffix));
  expect(kept.length).toBeGreaterThan(20);
  expect(kept).toEqual(frames.slice(-kept.length));
  for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(6000);
});

test('without files to keep, rotation begins anew', async () => {
  const path = join(folder, 'alone');
  await write(path, chunks, { maxBytes: 6000 });
  const kept = framesIn(path);
  expect(kept).toEqual(frames.slice(-kept.length));
  expect(readdirSync(folder).filter((name) => name.startsWith('alone'))).toEqual(['alone']);
});

test('a rotation that meets a folder in its way stops with a message, and the caller lives on', async () => {
  const path = join(folder, 'blocked');
  const told: string[] = [];
  const options = { maxBytes: 6000, keepFiles: 1, onStopped: (line: string) => told.push(line) };
  const writer = known(await openFileWriter(path, HEADER, options));
  mkdirSync(join(`${path}.1`, 'full'), { recursive: true });
  for (const chunk of chunks) writer.write(chunk);
  await writer.close();
  expect(told).toEqual([expect.stringMatching(/^recording to .*blocked stopped: /)]);
  expect(framesIn(path)).toEqual(frames.slice(0, framesIn(path).length));
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test('a disk that takes no more stops the recording with a message, and what was written can be read', () => {
  const script = join(folder, 'record-to.mjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('./record-to.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const path = join(folder, 'full');
  // The limit on a file's size (8 blocks of 512 bytes) fails a write in its middle like a full disk does.
  const limited = 'ulimit -f 8; exec "$0" "$1" "$2"';
  const printed = execFileSync('sh', ['-c', limited, process.execPath, script, path], { encoding: 'utf8' });
  expect(JSON.parse(printed)).toEqual([
    expect.stringMatching(
      /stopped: it would be larger than a file may be \(EFBIG\); what was written can be replayed$/,
    ),
  ]);
  const recording = known(openRecording(path));
  const read = everything(recording).frames.map(bare);
  recording.close();
  expect(read.length).toBeGreaterThan(10);
  expect(read).toEqual(frames.slice(0, read.length));
});
