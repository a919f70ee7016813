import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeFolder } from '../cleanup.ts';
import { PROGRAM } from '../program.ts';
import { openPty, type Pty } from '../pty.ts';
import { type PlayedHost, type PlayOptions, playHost } from './play-host.ts';
import type { Script } from './scene.ts';

/** Plays a script until the test is over. */
export function played(script: Script, options: PlayOptions = {}): PlayedHost {
  const host = playHost(script, options);
  onTestFinished(() => host.stop());
  return host;
}

/** The screen of a played node, in a pseudo-terminal of 160x45 that is closed when the test is over. */
export function watch(host: PlayedHost, args: readonly string[] = [], env: Record<string, string> = {}): Pty {
  const all = ['--host-root', host.root, '-d', '0.5', ...args];
  const pty = openPty({ command: process.execPath, args: [PROGRAM, ...all], env });
  onTestFinished(() => pty.close());
  return pty;
}

/** Settles with the screen when a line of it fits and another one does: both at the same moment. */
export function both(one: RegExp, other: RegExp): (screen: string[]) => boolean {
  return (screen) => screen.some((line) => one.test(line)) && screen.some((line) => other.test(line));
}

/** Has the screen export, and gives the JSON document of what it shows. */
export async function exported(pty: Pty, folder: string): Promise<ReturnType<typeof JSON.parse>> {
  const before = readdirSync(folder).length;
  pty.type('e');
  await pty.waitFor(() => readdirSync(folder).filter((name) => !name.startsWith('.')).length >= before + 2);
  const newest =
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .at(-1) ?? '';
  return JSON.parse(readFileSync(join(folder, newest), 'utf8'));
}

/** A folder for exports, and the environment that has them written there. */
export function exportFolder(): { folder: string; env: Record<string, string> } {
  const { path: folder, remove } = makeFolder(tmpdir(), 'exports');
  onTestFinished(remove);
  return { folder, env: { SLABTOP_K8S_EXPORT_FOLDER: folder } };
}
