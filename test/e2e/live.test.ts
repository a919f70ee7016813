import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { makeBlocking } from '../support/blocking-file.ts';
import { captured, copyOfCaptured } from '../support/captures.ts';
import { PROGRAM } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { freezeProcess, whyNoFreezer } from '../support/real-kernel.ts';

const noFreezer = whyNoFreezer();
if (noFreezer !== undefined) console.log(`skipped, a frozen sampler process: ${noFreezer}`);

const opened: Pty[] = [];
afterEach(() => {
  for (const pty of opened.splice(0)) pty.close();
});

function live(args: readonly string[], env: Record<string, string> = {}, size = { columns: 160, rows: 45 }): Pty {
  const pty = openPty({ command: process.execPath, args: [PROGRAM, ...args], env, ...size });
  opened.push(pty);
  return pty;
}

const incident = (...more: string[]) => live(['--host-root', captured('incident'), ...more]);

/** The terminal was given back as it was found. */
async function givenBack(pty: Pty, code: number): Promise<void> {
  const exit = await pty.exited;
  expect(exit.code).toBe(code);
  expect(pty.inAlternateScreen).toBe(false);
  expect(pty.cursorIsHidden).toBe(false);
  expect(pty.modes()).toBe(pty.modesBefore);
}

describe('the captured incident on the screen', () => {
  test('its numbers stand in the overview', async () => {
    const pty = incident();
    const screen = (await pty.waitFor('root 3.66 s')).join('\n');
    expect(screen).toContain('CRITICAL');
    expect(screen).toMatch(/20,082 = 186 live \+ 19,896 dying/);
    expect(screen).toMatch(/3,083,199 objects/);
    expect(screen).toContain('no kubelet');
    expect(screen).toContain('fixture');
    expect(screen).not.toMatch(/undefined|NaN|\[object/);
    pty.type('q');
    await givenBack(pty, 0);
  });

  test('every pane has its own', async () => {
    const pty = incident();
    await pty.waitFor('root 3.66 s');
    pty.type('2');
    await pty.waitFor(
      (screen) => screen.some((line) => /kmalloc-192/.test(line)) && screen.some((line) => /OBJ/.test(line)),
    );
    pty.type('3');
    await pty.waitFor((screen) => screen.some((line) => /burstable/.test(line) && /624 MiB/.test(line)));
    pty.type('4');
    await pty.waitFor('no kubelet runs here');
    pty.type('1');
    await pty.waitFor('SLOWEST READ');
    pty.type('\t');
    await pty.waitFor((screen) => screen.some((line) => /kmalloc-192/.test(line)));
    pty.type('q');
    await givenBack(pty, 0);
  });

  test('filter, sort, help, zoom, pause and interval answer', async () => {
    const pty = incident();
    await pty.waitFor('root 3.66 s');
    pty.type('2');
    await pty.waitFor('kmalloc-192');
    pty.type('/');
    await pty.waitFor('filter:');
    pty.type('inode');
    await pty.waitFor(
      (screen) =>
        !screen.some((line) => line.includes('kmalloc-192')) && screen.some((line) => /inode_cache/.test(line)),
    );
    pty.type('\r');
    pty.type('\x1b');
    await pty.waitFor('kmalloc-192');
    pty.type('n');
    await pty.waitFor((screen) => screen.some((line) => /Acpi|anon_vma|bdev_cache|bio-/.test(line)));
    pty.type('?');
    await pty.waitFor('while paused: a minute back');
    pty.type('\x1b');
    await pty.waitFor((screen) => !screen.join().includes('while paused: a minute back'));
    pty.type('1');
    await pty.waitFor('SLOWEST READ');
    pty.type('z');
    await pty.waitFor((screen) => !screen.join().includes('SLOWEST READ'));
    pty.type('z');
    await pty.waitFor('SLOWEST READ');
    pty.type(' ');
    await pty.waitFor('PAUSED');
    pty.type(' ');
    await pty.waitFor((screen) => !screen.join().includes('PAUSED'));
    pty.type('-');
    await pty.waitFor('every 1.0 s');
    pty.type('+');
    await pty.waitFor('every 2.0 s');
    pty.type('q');
    await givenBack(pty, 0);
  });

  test('nothing can be dropped in it, and it says why', async () => {
    const pty = incident();
    await pty.waitFor('root 3.66 s');
    pty.type('D');
    await pty.waitFor('this is a fixture');
    pty.type('\x1b');
    await pty.waitFor((screen) => !screen.join().includes('this is a fixture'));
    pty.type('q');
    await givenBack(pty, 0);
  });

  test('resizing to 80x24, 20x5, 1x1 and back loses nothing', async () => {
    const pty = incident();
    await pty.waitFor('root 3.66 s');
    pty.resize(80, 24);
    await pty.waitFor((screen) => screen.length === 24 && screen.some((line) => line.includes('SLOWEST READ')));
    pty.resize(20, 5);
    await pty.waitFor((screen) => screen.length === 5 && screen.join('').length > 0);
    pty.resize(1, 1);
    pty.resize(160, 45);
    await pty.waitFor('20,082 = 186 live + 19,896 dying');
    pty.type('q');
    await givenBack(pty, 0);
  });

  test('paused, one steps back through what was read', async () => {
    const pty = incident('-d', '1');
    await pty.waitFor('root 3.66 s');
    await new Promise((settle) => setTimeout(settle, 7000));
    pty.type(' ');
    const [paused = ''] = await pty.waitFor('PAUSED');
    pty.type('[');
    // The moment before is a second ago, however long ago the recording had its last piece.
    const [before = ''] = await pty.waitFor(([header = '']) => timeIn(header) !== timeIn(paused));
    expect(secondsBack(paused, before)).toBeLessThanOrEqual(2);
    pty.type('[[[[');
    await pty.waitFor(([header = '']) => [1, 2, 3, 4, 5].includes(secondsBack(before, header)));
    pty.type('3');
    await pty.waitFor((screen) => screen.some((line) => /burstable/.test(line) && /624 MiB/.test(line)));
    pty.type('q');
    await givenBack(pty, 0);
  });
});

describe('ending', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const)('%s gives the terminal back', async (signal, code) => {
    const pty = incident();
    await pty.waitFor('root 3.66 s');
    pty.kill(signal);
    await givenBack(pty, code);
  });

  test('^C quits', async () => {
    const pty = incident();
    await pty.waitFor('root 3.66 s');
    pty.type('\x03');
    await givenBack(pty, 0);
  });

  test('no process is left behind', async () => {
    const pty = incident();
    await pty.waitFor('root 3.66 s');
    const samplers = samplersOf(pty.pid);
    expect(samplers).toHaveLength(1);
    pty.type('q');
    await givenBack(pty, 0);
    await gone(samplers[0] ?? 0);
  });
});

describe('exports', () => {
  test('e writes a page and the numbers, and their paths are printed again after quitting', async () => {
    const folder = copyOfCaptured('healthy');
    const pty = live(['--host-root', captured('incident')], { SLABTOP_K8S_EXPORT_FOLDER: folder });
    await pty.waitFor('root 3.66 s');
    pty.type('e');
    await pty.waitFor('written: ');
    pty.type('q');
    await givenBack(pty, 0);
    const printed = pty.bytes.toString().split('\x1b[?1049l').at(-1) ?? '';
    const paths = printed.match(/\/\S+\.(?:md|json)/g) ?? [];
    expect(paths).toHaveLength(2);
    const [page = '', numbers = ''] = paths;
    expect(readFileSync(page, 'utf8')).toContain('19,896');
    expect(JSON.parse(readFileSync(numbers, 'utf8')).memcg.dying).toBe(19_896);
  });
});

describe('a read that does not come back', () => {
  function blocked(): Pty {
    const root = copyOfCaptured('incident');
    // Of a fixture only regular files are read; of a node, whatever its kernel has.
    rmSync(join(root, 'host.json'));
    mkdirSync(join(root, 'proc/1'), { recursive: true });
    copyFileSync(join(root, 'proc/mounts'), join(root, 'proc/1/mounts'));
    makeBlocking(join(root, 'sys/fs/cgroup/memory/memory.stat'));
    return live(['--host-root', root, '-d', '0.5']);
  }

  test('keys answer and panes move while it blocks, its time so far is shown, and q quits', async () => {
    const pty = blocked();
    await pty.waitFor('19,896 dying');
    await pty.waitFor((screen) =>
      screen.some((line) => /\b[2-9](?:\.\d+)? s/.test(line) && /reading|so far/.test(line)),
    );
    pty.type('2');
    await pty.waitFor('kmalloc-192');
    pty.type('1');
    const first = await pty.waitFor('SLOWEST READ');
    await pty.waitFor((screen) => screen[0] !== first[0]);
    pty.type('q');
    await givenBack(pty, 0);
  });

  test.skipIf(noFreezer !== undefined)(
    'a sampler process that cannot even be killed does not hold the screen',
    async () => {
      const pty = incident('-d', '0.5');
      await pty.waitFor('root 3.66 s');
      const [sampler = 0] = samplersOf(pty.pid);
      const frozen = freezeProcess(sampler);
      try {
        await pty.waitFor('SILENT');
        process.kill(sampler, 'SIGKILL');
        pty.type('2');
        await pty.waitFor('kmalloc-192');
        pty.type('q');
        await givenBack(pty, 0);
        expect(isThere(sampler)).toBe(true);
      } finally {
        frozen.thaw();
      }
      await gone(sampler);
    },
  );
});

describe('a sampler process that dies', () => {
  test('is started again', async () => {
    const pty = incident('-d', '0.5');
    await pty.waitFor('root 3.66 s');
    const [sampler = 0] = samplersOf(pty.pid);
    process.kill(sampler, 'SIGKILL');
    await pty.waitFor('started again');
    await pty.waitFor(() => samplersOf(pty.pid).some((pid) => pid !== sampler));
    pty.type('q');
    await givenBack(pty, 0);
  });

  test('and one that then cannot open what the first one could ends nothing either', async () => {
    const root = copyOfCaptured('incident');
    const pty = live(['--host-root', root, '-d', '0.5']);
    await pty.waitFor('root 3.66 s');
    renameSync(join(root, 'host.json'), join(root, 'moved'));
    writeFileSync(join(root, 'host.json'), '{');
    const [sampler = 0] = samplersOf(pty.pid);
    process.kill(sampler, 'SIGKILL');
    await pty.waitFor(/host\.json: .*started again/);
    renameSync(join(root, 'moved'), join(root, 'host.json'));
    await pty.waitFor(() => samplersOf(pty.pid).length === 1);
    pty.type('q');
    await givenBack(pty, 0);
  });
});

/** The sampler processes that a screen started. */
function samplersOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return children.filter((child) => readFileSync(`/proc/${child}/comm`, 'utf8') === 'slabtop-k8s\n');
}

function isThere(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100 && isThere(pid); tries += 1) await new Promise((settle) => setTimeout(settle, 100));
  expect(isThere(pid)).toBe(false);
}

/** The time of day in a header, in seconds. */
function timeIn(header: string): number {
  const [, hours, minutes, seconds] = /(\d\d):(\d\d):(\d\d)/.exec(header) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
}

/** How much earlier than one header another is; a day begins in between once in a while. */
function secondsBack(from: string, to: string): number {
  return (timeIn(from) - timeIn(to) + 86_400) % 86_400;
}
