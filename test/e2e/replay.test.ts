import { copyFileSync, cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { captured, copyOfCaptured, type Moment } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { PROGRAM, runProgram } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'replay');
afterAll(remove);

const opened: Pty[] = [];
afterEach(() => {
  for (const pty of opened.splice(0)) pty.close();
});

function onScreen(args: readonly string[]): Pty {
  const pty = openPty({ command: process.execPath, args: [PROGRAM, ...args], columns: 160, rows: 45 });
  opened.push(pty);
  return pty;
}

const DEMO = fileURLToPath(new URL('../../src/app/screen/demo/incident.slabrec', import.meta.url));

const lines = (text: string) => text.trimEnd().split('\n');

/** Records `--batch --json` of a root folder; what was printed live. */
async function recorded(root: string, file: string, reports: number, ...more: string[]): Promise<string[]> {
  const args = ['--batch', '--json', '-n', String(reports), '-d', '0.3', '--host-root', root, '--record', file];
  const { code, stdout, stderr } = await runProgram([...args, ...more]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return lines(stdout);
}

async function replayed(file: string, ...more: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runProgram(['replay', file, '--json', ...more]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return lines(stdout);
}

/** The three captured moments as the steps of one fixture, a minute apart. */
function steps(): string {
  const root = copyOfCaptured('healthy');
  for (const [index, moment] of (['healthy', 'incident', 'after-drop'] satisfies Moment[]).entries()) {
    const step = join(root, `step-${index + 1}`);
    const from = captured(moment);
    const declared: object = JSON.parse(readFileSync(join(from, 'host.json'), 'utf8'));
    cpSync(from, step, { recursive: true });
    writeFileSync(join(step, 'host.json'), JSON.stringify({ ...declared, at: `2026-11-23T14:0${index}:00Z` }));
  }
  return root;
}

describe('live, recorded, replayed: byte-equal JSON of every frame', () => {
  test('of this machine and its kernel', async () => {
    const file = join(folder, 'machine.slabrec');
    const live = await recorded('/', file, 6);
    expect(await replayed(file, '--batch')).toEqual(live);
    expect(await replayed(file, '--once')).toEqual(live.slice(-1));
  });

  test.each<Moment>(['healthy', 'incident', 'after-drop'])('of the captured node, %s', async (moment) => {
    const file = join(folder, `${moment}.slabrec`);
    const live = await recorded(captured(moment), file, 3);
    expect(await replayed(file, '--batch')).toEqual(live);
  });

  test('of a fixture whose files change, kubelet among them', async () => {
    const file = join(folder, 'steps.slabrec');
    const live = await recorded(steps(), file, 3, '--process', 'cadvisor-loop');
    expect(await replayed(file, '--batch')).toEqual(live);
    expect(live.map((line) => JSON.parse(line).memcg.dying)).toEqual([19_896, 2, 2]);
  });
});

test('a sampler process that died is a gap in the recording too', async () => {
  const file = join(folder, 'gap.slabrec');
  const live = onScreen(['--host-root', captured('incident'), '-d', '0.5', '--record', file]);
  await live.waitFor('root 3.66 s');
  const children = readFileSync(`/proc/${live.pid}/task/${live.pid}/children`, 'utf8').trim().split(' ').map(Number);
  const sampler = children.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'slabtop-k8s\n');
  if (sampler === undefined) throw new Error('no sampler process');
  process.kill(sampler, 'SIGKILL');
  await live.waitFor('nothing was sampled for');
  // The next one has walked too, however busy the machine is.
  const dying = async () => JSON.parse((await replayed(file, '--once')).at(-1) ?? '').memcg.dying;
  await expect.poll(dying, { timeout: 100_000, interval: 1000 }).toBe(19_896);
  live.type('q');
  await live.exited;
  const [document = ''] = await replayed(file, '--once');
  const { events, memcg }: { events: { kind: string }[]; memcg: { dying: number } } = JSON.parse(document);
  expect(events.filter(({ kind }) => kind === 'gap')).toHaveLength(1);
  expect(memcg.dying).toBe(19_896);
});

describe('what cannot be replayed', () => {
  const message = async (file: string, ...more: string[]) => {
    const { code, stdout, stderr } = await runProgram(['replay', file, '--once', ...more]);
    expect(stdout).toBe('');
    expect(lines(stderr)).toHaveLength(1);
    return { code, stderr };
  };

  test('a file that is not there, or none of ours', async () => {
    expect(await message(join(folder, 'nothing'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ENOENT'),
    });
    expect(await message(PROGRAM)).toMatchObject({ code: 1, stderr: expect.stringContaining('not a recording') });
  });

  test('a recording of a later version', async () => {
    const file = join(folder, 'later.slabrec');
    writeFileSync(file, 'slabtop-k8s recording 99\n');
    const { code, stderr } = await message(file);
    expect(code).toBe(1);
    expect(stderr).toContain('version 99');
  });

  test('a time that is none', async () => {
    const file = join(folder, 'time.slabrec');
    await recorded(captured('healthy'), file, 1);
    const { code, stderr } = await message(file, '--at', 'noon');
    expect(code).toBe(2);
    expect(stderr).toContain('"noon" is no time');
  });
});

test('a torn recording is replayed up to where it is sound', async () => {
  const whole = join(folder, 'whole.slabrec');
  const torn = join(folder, 'torn.slabrec');
  const live = await recorded(captured('incident'), whole, 3);
  copyFileSync(whole, torn);
  // Index and trailer, and not one frame.
  truncateSync(torn, readFileSync(whole).length - 60);
  expect(await replayed(torn, '--batch')).toEqual(live);
});

test('a recording is never written over', async () => {
  const file = join(folder, 'twice.slabrec');
  await recorded(captured('healthy'), file, 1);
  const { code, stderr } = await runProgram(['--once', '--host-root', captured('healthy'), '--record', file]);
  expect(code).toBe(1);
  expect(stderr).toContain('never overwrites');
});

describe('on the screen', () => {
  test('steps, jumps and the end, and nothing can be dropped', async () => {
    const file = join(folder, 'screen.slabrec');
    await recorded(captured('incident'), file, 4);
    const pty = onScreen(['replay', file]);
    await pty.waitFor('replay PAUSED');
    await pty.waitFor('19,896');
    pty.type(']');
    await pty.waitFor('root 3.66 s');
    pty.type('J');
    await pty.waitFor('Go to a time');
    pty.type('noon\r');
    await pty.waitFor('"noon" is no time');
    pty.type('J-0s\r');
    await pty.waitFor('100 % of');
    pty.type('D');
    await pty.waitFor('nothing here reaches the node');
    pty.type('\x1b');
    pty.type('?');
    const help = (await pty.waitFor('play faster')).join('\n');
    expect(help).not.toContain('sample less often');
    pty.type('q');
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });

  test('N and P go from event to event, braces a minute, and pictures of the past are whole', async () => {
    const pty = openPty({
      command: process.execPath,
      args: [PROGRAM, 'replay', DEMO, '--at', '12:09'],
      env: { TZ: 'UTC' },
      columns: 160,
      rows: 45,
    });
    opened.push(pty);
    const isAt = (time: string) => (screen: string[]) => (screen[0] ?? '').includes(time);
    await pty.waitFor(isAt('12:09:00'));
    pty.type('N');
    const found = await pty.waitFor('slab grows by');
    const time = /\d\d:\d\d:\d\d/.exec(found[0] ?? '')?.[0] ?? '';
    expect(found.some((line) => line.includes(time) && line.includes('slab grows by'))).toBe(true);
    pty.type('P');
    const earliest = await pty.waitFor(
      (screen) => !isAt(time)(screen) && screen.some((line) => line.includes('found')),
    );
    const foundAt = /\d\d:\d\d:\d\d/.exec(earliest[0] ?? '')?.[0] ?? '';
    expect(earliest.some((line) => line.includes(foundAt) && line.includes('kubelet found'))).toBe(true);
    pty.type('}');
    await pty.waitFor(isAt(foundAt.replace('12:00', '12:01')));
    pty.type('{');
    await pty.waitFor(isAt(foundAt));
    pty.type('J13:12\r');
    await pty.waitFor('explains');
    await pty.waitFor((screen) => screen.some((line) => line.includes('-1 h, top')));
    pty.type('q');
    expect((await pty.exited).code).toBe(0);
  });

  test('a recording that is still written is followed', async () => {
    const file = join(folder, 'growing.slabrec');
    const writer = onScreen(['--host-root', captured('incident'), '-d', '1', '--record', file]);
    await writer.waitFor('root 3.66 s');
    // The first frame is flushed at once.
    const pty = onScreen(['replay', file, '--follow']);
    const timeOf = (screen: string[]) => /\d\d:\d\d:\d\d/.exec(screen[0] ?? '')?.[0];
    const first = timeOf(await pty.waitFor('following'));
    await pty.waitFor((screen) => timeOf(screen) !== undefined && timeOf(screen) !== first);
    writer.type('q');
    await writer.exited;
  });
});
