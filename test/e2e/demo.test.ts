import { afterEach, expect, test } from 'vitest';
import { PROGRAM, runProgram } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';

const opened: Pty[] = [];
afterEach(() => {
  for (const pty of opened.splice(0)) pty.close();
});

function demo(...args: string[]): Pty {
  const pty = openPty({ command: process.execPath, args: [PROGRAM, 'demo', ...args], columns: 160, rows: 45 });
  opened.push(pty);
  return pty;
}

const verdict = (screen: string[]) => screen[1] ?? '';

test('the demo shows a healthy node, critical, the drop and ok again, and says where it comes from', async () => {
  const pty = demo('--speed', '20');
  await pty.waitFor((screen) => verdict(screen).includes('OK'));
  expect((await pty.waitFor('captures of Linux 4.4.155')).join('\n')).toContain('interpolated');
  await pty.waitFor((screen) => verdict(screen).includes('CRITICAL'));
  await pty.waitFor('drop_caches=2 by slabtop-k8s');
  await pty.waitFor((screen) => verdict(screen).includes('OK'));
  // It loops: after the relief the dying grow again, and it begins anew.
  await pty.waitFor((screen) => verdict(screen).includes('CRITICAL'));
  await pty.waitFor((screen) => /\b0 % of/.test(screen[0] ?? ''));
  pty.type('q');
  expect((await pty.exited).code).toBe(0);
});

test('D in the demo is a rehearsal: it plays the recorded drop and says so', async () => {
  const pty = demo('--speed', '0.1');
  await pty.waitFor('demo');
  pty.type('D');
  await pty.waitFor('This is a rehearsal');
  pty.type('\x1b[Zdrop\r\r');
  await pty.waitFor('dropping caches');
  pty.type('....');
  const done = (await pty.waitFor('A MINUTE LATER', 60_000)).join('\n');
  expect(done).toContain('rehearsal');
  expect(done).toContain('12.1 s');
});

test('without a terminal the demo says that it needs one', async () => {
  const { code, stderr } = await runProgram(['demo']);
  expect(code).toBe(1);
  expect(stderr).toContain('needs a terminal');
});
