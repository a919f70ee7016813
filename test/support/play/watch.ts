import { onTestFinished } from 'vitest';
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
