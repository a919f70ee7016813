import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isKnown } from '../../src/core/missing.ts';
import type { Frame } from '../../src/recording/frame.ts';
import { Playback } from '../../src/recording/playback.ts';
import { openRecordingBytes } from '../../src/recording/stored-recording.ts';
import { makeFolder } from './cleanup.ts';

/** An archive as the system's own tar unpacks it. */
export interface Unpacked {
  /** The one folder in it. */
  readonly folder: string;
  /** Every file by its path below that folder. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Every path in it, folders included. */
  readonly paths: readonly string[];
}

/** Unpacks a `.tar.gz` into a folder that goes with the test's process. */
export function unpack(archive: string): Unpacked {
  const { path: top } = makeFolder(tmpdir(), 'unpacked');
  execFileSync('tar', ['xzf', archive, '-C', top]);
  const [name = '', ...more] = readdirSync(top);
  if (more.length > 0) throw new Error(`${archive} has more than one folder`);
  const folder = join(top, name);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: (typeof entries)[number]) => relative(folder, join(entry.parentPath, entry.name));
  const files = entries.filter((entry) => entry.isFile()).map(pathOf);
  return {
    folder,
    files: new Map(files.map((path) => [path, readFileSync(join(folder, path))])),
    paths: [name, ...entries.map(pathOf)],
  };
}

/** All frames in the bytes of a recording. */
export function framesIn(bytes: Uint8Array): readonly Frame[] {
  const recording = openRecordingBytes('the recording', bytes);
  if (!isKnown(recording)) throw new Error(recording.detail);
  const playback = new Playback(recording);
  const frames: Frame[] = [];
  for (let frame = playback.next(); isKnown(frame); frame = playback.next()) frames.push(frame);
  return frames;
}
