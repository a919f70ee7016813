import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { incident } from '../support/play/incident.ts';
import { type PlayedHost, playHost } from '../support/play/play-host.ts';
import type { Script } from '../support/play/scene.ts';
import { PROGRAM } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function watched(script: Script, ...args: string[]): { host: PlayedHost; pty: Pty } {
  const host = playHost(script);
  const pty = openPty({ command: process.execPath, args: [PROGRAM, '--host-root', host.root, '-d', '0.5', ...args] });
  ends.push(
    () => pty.close(),
    () => host.stop(),
  );
  return { host, pty };
}

test('a played read is in flight for as long as it is declared to take, and the screen goes on meanwhile', async () => {
  const { pty } = watched(incident({ rootSeconds: 4 }));
  const [before] = await pty.waitFor(/s so far/);
  await pty.waitFor((screen) => screen[0] !== before && /s so far/.test(screen.join('\n')));
  await pty.waitFor(/root 4\.\d+ s/);
});

test('a drop on it is written beside host.json after the typed word, and nowhere else', async () => {
  const { host, pty } = watched(incident({ rootSeconds: 0.5, plateauSeconds: 1, collapseSeconds: 2, dyingAfter: 12 }));
  const played = join(host.root, 'played-drops');
  const before = readFileSync('/proc/vmstat', 'utf8').match(/^drop_.*$/gm);
  await pty.waitFor(/live \+ 7,0\d\d dying/);
  pty.type('D');
  await pty.waitFor('Drop caches');
  // Enter on the button without the word drops nothing.
  pty.type('\x1b[Z\r');
  await pty.waitFor('Type drop to confirm');
  pty.type('dro\t\t\r');
  await pty.waitFor('Type drop to confirm');
  expect(existsSync(played)).toBe(false);
  pty.type('\x7f\x7f\x7f\x7fdrop\r\r');
  await pty.waitFor(/live \+ [1-9]?\d dying/);
  expect(readFileSync(played, 'utf8')).toBe('2\n');
  expect(readFileSync('/proc/vmstat', 'utf8').match(/^drop_.*$/gm)).toEqual(before);
});
