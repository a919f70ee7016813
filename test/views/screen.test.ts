import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';
import { openPty, type Pty, type PtyProgram } from '../support/pty.ts';

const ENTRY = fileURLToPath(new URL('./screen-program.ts', import.meta.url));
const BUILD = fileURLToPath(new URL('../../src/packaging/build.mjs', import.meta.url));

const { path: folder, remove } = makeFolder(tmpdir(), 'screen');
afterAll(remove);

const program = join(folder, 'screen.cjs');

beforeAll(() => {
  execFileSync(process.execPath, [BUILD, '--entry', ENTRY, '--outfile', program]);
});

function open(options: Partial<PtyProgram> = {}): Pty {
  return openPty({ command: process.execPath, args: [program], ...options });
}

/** Everything a program can leave behind in a terminal. */
function expectGivenBack(pty: Pty): void {
  expect(pty.inAlternateScreen).toBe(false);
  expect(pty.cursorIsHidden).toBe(false);
  expect(pty.modes()).toBe(pty.modesBefore);
}

/** What the program appended to a file, once there are that many lines. */
async function linesOf(path: string, atLeast: number): Promise<string[]> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
    if (lines.length >= atLeast) return lines;
    if (Date.now() > deadline) throw new Error(`${path} has ${lines.length} lines, wanted ${atLeast}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('draws on the alternate screen, hides the cursor, and gives everything back on q', async () => {
  const pty = open();
  await pty.waitFor('size 160x45');
  expect(pty.inAlternateScreen).toBe(true);
  expect(pty.cursorIsHidden).toBe(true);
  expect(pty.modes()).not.toBe(pty.modesBefore);
  pty.type('q');
  expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  expectGivenBack(pty);
});

test('text from the node cannot move the cursor, and colours are the sixteen', async () => {
  const pty = open();
  await pty.waitFor('tick 1');
  expect(pty.screen()[3]).toBe('{bold}tag{/bold} ?[31mred ? ⣿╭█ e? tab?end');
  expect(pty.look(0, 1)).toEqual({ text: 's', foreground: 'default', bold: true, inverse: true, underline: false });
  expect(pty.look(2, 0)).toMatchObject({ text: 'd', foreground: 8 });
  expect(pty.look(2, 4)).toMatchObject({ text: 'a', foreground: 9, underline: true });
});

test('every key arrives once and by name', async () => {
  const pty = open();
  await pty.waitFor('size');
  pty.type('\x1b[A\x1bOB\x1b[5~\x1bOP\x1b[24~\r\t\x1b[Z \x7f?');
  await pty.waitFor('keys: up down pageup f1 f12 enter tab S-tab space backspace ?');
  pty.type('\x03\x0cé\x1b');
  await pty.waitFor('^c ^l é escape');
  pty.type('abcdefghijkl');
  await pty.waitFor('keys: a b c d e f g h i j k l');
});

test('an escape sequence that arrives in two pieces is one key', async () => {
  const pty = open();
  await pty.waitFor('size');
  pty.type('\x1b[');
  pty.type('1;5');
  pty.type('C');
  await pty.waitFor('keys: ^right');
});

test('the cursor shows where text is typed', async () => {
  const pty = open();
  await pty.waitFor('size');
  pty.type('/');
  await pty.waitFor('keys: /');
  expect(pty.cursorIsHidden).toBe(false);
  pty.type('\x1b');
  await pty.waitFor('keys: / escape');
  expect(pty.cursorIsHidden).toBe(true);
});

test('follows the size of the terminal down to 1x1 and back', async () => {
  const pty = open();
  await pty.waitFor('size 160x45');
  for (const [columns, rows] of [
    [80, 24],
    [20, 5],
  ] as const) {
    pty.resize(columns, rows);
    await pty.waitFor(`size ${columns}x${rows}`);
  }
  pty.resize(1, 1);
  pty.resize(160, 45);
  await pty.waitFor((screen) => /^filler 39 (█⣿)+/.test(screen[44] ?? ''));
  expect(pty.screen()[0]).toBe(' size 160x45');
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const)('gives the terminal back on %s and exits %i', async (signal, code) => {
  const pty = open();
  await pty.waitFor('tick 1');
  pty.kill(signal);
  expect(await pty.exited).toEqual({ code, signal: 0 });
  expectGivenBack(pty);
});

test('prints an uncaught error on the screen it gave back, and exits 1', async () => {
  const pty = open();
  await pty.waitFor('tick 1');
  pty.type('E');
  expect(await pty.exited).toEqual({ code: 1, signal: 0 });
  expectGivenBack(pty);
  await expect.poll(() => pty.screen().join('\n')).toContain('Error: thrown on purpose');
});

test('^Z gives the terminal to the shell, and fg takes it again', async () => {
  const pty = openPty({
    command: 'bash',
    args: [
      '-c',
      'set -m; node "$0"; echo "stopped with $?"; stty -g; read -r answer; fg; echo "ended with $?"',
      program,
    ],
  });
  await pty.waitFor('tick 2');
  pty.type('\x1a');
  await pty.waitFor('stopped with 148');
  await pty.waitFor(pty.modesBefore);
  expect(pty.inAlternateScreen).toBe(false);
  expect(pty.cursorIsHidden).toBe(false);
  pty.type('go on\r');
  await pty.waitFor('keys: ^z');
  expect(pty.inAlternateScreen).toBe(true);
  pty.type('xq');
  await pty.waitFor('ended with 0');
  expectGivenBack(pty);
});

test('a stop from outside gives the terminal back too', async () => {
  const pty = openPty({
    command: 'bash',
    args: ['-c', 'set -m; node "$0"; echo "stopped with $?"; read -r answer; fg; echo "ended with $?"', program],
  });
  await pty.waitFor('tick 2');
  const [child] = readFileSync(`/proc/${pty.pid}/task/${pty.pid}/children`, 'utf8').trim().split(' ').map(Number);
  process.kill(child ?? 0, 'SIGTSTP');
  await pty.waitFor('stopped with 148');
  expect(pty.inAlternateScreen).toBe(false);
  pty.type('go on\r');
  await pty.waitFor('size 160x45');
  expect(pty.inAlternateScreen).toBe(true);
  pty.type('q');
  await pty.waitFor('ended with 0');
  expectGivenBack(pty);
});

test('a terminal that takes nothing stops no timer, and shows the newest frame afterwards', async () => {
  const ticks = join(folder, 'stalled.ticks');
  const pty = open({ env: { TICK_LOG: ticks } });
  await pty.waitFor('tick 1');
  pty.stall();
  const before = (await linesOf(ticks, 1)).length;
  // Every redraw sends the whole screen, so that the terminal's buffer is full soon.
  pty.type('\x0c'.repeat(40));
  await linesOf(ticks, before + 20);
  pty.type('n');
  pty.flow();
  await pty.waitFor((screen) => screen[1]?.endsWith(' n') === true);
  pty.type('q');
  expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  expectGivenBack(pty);
});

test('quits on TERM while the terminal takes nothing', async () => {
  const pty = open();
  await pty.waitFor('tick 1');
  pty.stall();
  for (let redraw = 0; redraw < 40; redraw += 1) pty.type('\x0c');
  pty.kill('SIGTERM');
  expect(await pty.exited).toMatchObject({ code: 143 });
});

test('ends when its terminal goes away', async () => {
  const log = join(folder, 'hung-up.end');
  const pty = open({ env: { END_LOG: log } });
  await pty.waitFor('tick 1');
  pty.hangUp();
  expect((await linesOf(log, 1))[0]).toMatch(/^(signal|lost) 129$/);
});

test('ends when its terminal goes away even where HUP never comes', async () => {
  const log = join(folder, 'lost.end');
  const pty = openPty({
    command: 'setsid',
    args: ['--fork', '--wait', process.execPath, program],
    env: { END_LOG: log },
  });
  await pty.waitFor('tick 1');
  pty.hangUp();
  expect((await linesOf(log, 1))[0]).toBe('lost 129');
});

test.each([
  'tmux-256color',
  'xterm-256color',
  'screen-256color',
  'xterm',
  'screen',
  'linux',
  'vt100',
  'no-such-terminal',
])('draws the same text with TERM=%s', async (TERM) => {
  const pty = open({ env: { TERM }, columns: 80, rows: 24 });
  const screen = await pty.waitFor('tick 2');
  expect(screen[0]).toBe(' size 80x24');
  expect(screen[3]).toBe('{bold}tag{/bold} ?[31mred ? ⣿╭█ e? tab?end');
  expect(screen[23]).toMatch(/^filler 18 (█⣿)+/);
  pty.type('q');
  expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  expectGivenBack(pty);
  // Nothing of the last frame is left where there is no alternate screen either.
  await expect.poll(() => pty.screen().join('').trim()).toBe('');
});

test('without UTF-8 only ASCII is sent, and without colour no colour', async () => {
  const pty = open({ env: { LC_ALL: 'C', NO_COLOR: '1' } });
  await pty.waitFor('tick 1');
  expect(pty.screen()[3]).toBe('{bold}tag{/bold} ?[31mred ? ??? e? tab?end');
  expect(pty.bytes.every((byte) => byte < 0x80)).toBe(true);
  expect(pty.look(2, 4)).toMatchObject({ foreground: 'default', underline: true });
});

test('refuses a terminal that cannot move the cursor', async () => {
  const pty = open({ env: { TERM: 'dumb' } });
  expect(await pty.exited).toEqual({ code: 2, signal: 0 });
  expect(pty.screen()[0]).toBe('TERM=dumb cannot move the cursor');
});

test('lays a chart with a gap and a mark over the painted lines, and takes it away', async () => {
  const pty = open();
  await pty.waitFor('tick 1');
  pty.type('Z');
  const screen = await pty.waitFor(/ 25 +⡇/);
  expect(screen[5]).toMatch(/^filler 0/);
  expect(screen.slice(6, 36).some((line) => line.includes('filler'))).toBe(false);
  expect(screen[36]).toMatch(/^filler 31/);
  const looks = Array.from({ length: 26 }, (_, row) => {
    return Array.from({ length: 150 }, (_, column) => pty.look(6 + row, column));
  });
  // The points 21 to 29 of 60 are missing: no yellow in the columns between them.
  const yellow = looks.flatMap((line) => line.flatMap((cell, column) => (cell.foreground === 3 ? [column] : [])));
  const columnOf = (point: number) => 6 + Math.round(((160 - 12) * point) / 60);
  expect(yellow.filter((column) => column > columnOf(21) && column < columnOf(29))).toEqual([]);
  expect(yellow.filter((column) => column < columnOf(20)).length).toBeGreaterThan(20);
  expect(looks.every((line) => line.some((cell) => cell.foreground === 1))).toBe(true);
  // A chart that no longer fits must not end the program.
  pty.resize(40, 8);
  await pty.waitFor('size 40x8');
  pty.resize(160, 45);
  await pty.waitFor(/ 25 +⡇/);
  pty.type('X');
  await pty.waitFor((lines) => lines.slice(5).every((line) => line.startsWith('filler')));
});

test('what is pasted is no key, and is handed over whole', async () => {
  const pty = open();
  await pty.waitFor('tick 1');
  pty.type('\x1b[200~qQ x\x1b[201~a');
  await pty.waitFor(/keys: paste:qQ x a/);
  pty.type('q');
  expect(await pty.exited).toEqual({ code: 0, signal: 0 });
  expectGivenBack(pty);
});

test('text is copied by OSC 52, and the title of the window is set', async () => {
  const pty = open();
  await pty.waitFor('tick 1');
  pty.type('YT');
  await pty.waitFor(/keys: Y T/);
  const sent = pty.bytes.toString();
  expect(sent).toContain(`\x1b]52;c;${Buffer.from('copied text').toString('base64')}\x07`);
  expect(sent).toContain('\x1b]2;a title\x07');
  pty.type('q');
  await pty.exited;
});
