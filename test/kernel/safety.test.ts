import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { atExit, makeFolder } from '../support/cleanup.ts';
import { PROGRAM, runProgram } from '../support/program.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { makeTestRoot, removeCgroups, settle, whyNoRealKernel } from '../support/real-kernel.ts';

const noStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0 ? undefined : 'strace does not run here';
if (noStrace !== undefined) console.log(`skipped, what the program opens: ${noStrace}`);
const noKernel = whyNoRealKernel();
if (noKernel !== undefined) console.log(`skipped, hostile names: ${noKernel}`);
const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'];
const noOther =
  spawnSync('setpriv', [...NOBODY, 'true']).status === 0 ? undefined : 'setpriv cannot become nobody here';
if (noOther !== undefined) console.log(`skipped, a run without privileges: ${noOther}`);

/** Calls by which a process writes, makes, changes or takes away something in a file system, or starts a program. */
const CALLS = [
  ...['execve', 'execveat', 'open', 'openat', 'openat2', 'creat', 'truncate', 'mknod', 'mknodat', 'mount', 'umount2'],
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'link', 'linkat', 'symlink', 'symlinkat', 'rmdir'],
  ...['mkdir', 'mkdirat', 'chmod', 'fchmodat', 'chown', 'lchown', 'fchownat', 'setxattr', 'ptrace', 'kexec_load'],
].join(',');

/** What a terminal sends for the keys that are no characters, by the names that README has for them. */
const NAMED_KEYS: Readonly<Record<string, string>> = {
  Space: ' ',
  Tab: '\t',
  'Shift-Tab': '\x1b[Z',
  Enter: '\r',
  Esc: '\x1b',
  backspace: '\x7f',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  PgUp: '\x1b[5~',
  PgDn: '\x1b[6~',
  F1: '\x1bOP',
  F2: '\x1bOQ',
  F3: '\x1bOR',
  F4: '\x1bOS',
  F5: '\x1b[15~',
  F6: '\x1b[17~',
  F7: '\x1b[18~',
  F8: '\x1b[19~',
  '^B': '\x02',
  '^F': '\x06',
  '^L': '\x0c',
};

/** Every character that a keyboard has, and keys beyond them; not those that quit or suspend. */
const KEYS = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, n) => String.fromCharCode(0x20 + n)).filter((key) => key !== 'q'),
  ...Object.values(NAMED_KEYS).filter((key) => key !== ' ' && key !== NAMED_KEYS.Esc),
];

/** Esc is pressed between any two keys; the others end the run that is watched, or stop it. */
const NOT_TRIED = ['Esc', 'q', 'F10', '^C', '^Z'];

test('every key that the reference names is among those that are tried', () => {
  const reference = readFileSync(new URL('../../src/REFERENCE.md', import.meta.url), 'utf8');
  const [, table = ''] = /<!-- keys -->\n([\s\S]*)<!-- \/keys -->/.exec(reference) ?? [];
  const named = table
    .split('\n')
    .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, key = '']) => key));
  expect(named.length).toBeGreaterThan(50);
  const tried = named.filter((key) => KEYS.includes(NAMED_KEYS[key] ?? key));
  expect(new Set(named.filter((key) => !tried.includes(key)))).toEqual(new Set(NOT_TRIED));
});

test.skipIf(noStrace !== undefined)(
  'with every key pressed but the confirmed drop, only our own files are written',
  async () => {
    const folder = temporary('strace');
    // Several screens at once, each with panes of its own: nearly all of the time is pauses between keys.
    const calls = (await Promise.all(['12', '34', '56', '78'].map((panes) => callsWhilePressed(folder, panes)))).flat();
    const foreign = calls
      .filter(({ name, text }) => name !== 'execve' && writes(name, text))
      .filter((call) => !ours(call, folder));
    expect(foreign.map(({ text }) => text)).toEqual([]);
    // There was something to look at.
    expect(calls.some(({ text }) => text.includes(`${folder}/exports-12/`) && text.includes('0600'))).toBe(true);

    const started = calls.filter(({ name }) => name.startsWith('execve'));
    const samplers = started.filter(({ text }) => text.includes('"__sampler"'));
    expect(samplers.length).toBeGreaterThan(0);
    for (const { text } of samplers) {
      expect(text).not.toContain('of-the-user');
      expect(variablesOf(text).filter((name) => !SAMPLER_VARIABLES.includes(name))).toEqual([]);
    }
    // The one library that asks the machine what it is made of does so by commands that are constants of its own.
    const constants = sourceOf('systeminformation');
    const shells = started.filter(({ text }) => /^execve\("[^"]*\/(?:ba|da|z)?sh"/.test(text));
    expect(shells.filter(({ text }) => !constants.includes(commandOf(text))).map(({ text }) => text)).toEqual([]);
  },
  400_000,
);

/** Opens a screen under strace, presses every key on these panes of it, quits; the calls of all its processes. */
async function callsWhilePressed(folder: string, panes: string): Promise<Call[]> {
  const exports = join(folder, `exports-${panes}`);
  mkdirSync(exports);
  const log = join(folder, `calls-${panes}`);
  const traced = ['-f', '-qq', '-v', '-s', '4096', '-e', `trace=${CALLS}`, '-o', log];
  const pty = openPty({
    command: 'strace',
    args: [...traced, process.execPath, PROGRAM, '-d', '0.5'],
    env: {
      SECRET: 'of-the-user',
      SLABTOP_K8S_EXPORT_FOLDER: exports,
      SLABTOP_K8S_LOCK_FILE: join(folder, `lock-${panes}`),
    },
  });
  await pty.waitFor((screen) => screen.some((line) => /memory cgroups .*\d = \d/.test(line)));
  for (const pane of panes) {
    for (const key of KEYS) {
      await leaveWhatIsOpen(pty);
      pty.type(pane);
      await pause(15);
      pty.type(key);
      await pause(15);
    }
  }
  await quit(pty);
  return callsIn(readFileSync(log, 'utf8'));
}

test.skipIf(noStrace !== undefined)('nothing that is started is given the environment of the user', async () => {
  const folder = temporary('environment');
  const log = join(folder, 'calls');
  const traced = ['-f', '-qq', '-v', '-s', '4096', '-e', 'trace=execve,execveat', '-o', log];
  const pty = openPty({
    command: 'strace',
    args: [...traced, process.execPath, PROGRAM, '-d', '0.5'],
    env: { SECRET: 'of-the-user', SLABTOP_K8S_LOCK_FILE: join(folder, 'lock') },
  });
  await pty.waitFor((screen) => screen.some((line) => /memory cgroups .*\d = \d/.test(line)));
  // What the machine is made of is asked for three seconds after the start.
  await pause(8000);
  await quit(pty);
  const [ourselves, ...others] = callsIn(readFileSync(log, 'utf8')).map(({ text }) => text);
  expect(ourselves).toContain('of-the-user');
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter((text) => text.includes('of-the-user')).map((text) => text.slice(0, 120))).toEqual([]);
});

test('an export is 0600, and never goes through a link or over a file', async () => {
  const folder = temporary('links');
  const secret = join(folder, 'secret');
  writeFileSync(secret, 'mine', { mode: 0o644 });
  symlinkSync(secret, join(folder, 'link.json'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.json'));
  for (const name of ['link.json', 'dangling.json', 'secret']) {
    const path = join(folder, name);
    const { code, stderr } = await runProgram(['snapshot', '--format', 'json', '-o', path]);
    expect(code).toBe(1);
    expect(stderr).toContain('exists');
  }
  expect(readFileSync(secret, 'utf8')).toBe('mine');
  const fresh = join(folder, 'fresh.json');
  expect(await runProgram(['snapshot', '--format', 'json', '-o', fresh])).toMatchObject({ code: 0 });
  expect(statSync(fresh).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).toSorted()).toEqual(['dangling.json', 'fresh.json', 'link.json', 'secret']);
});

/** A terminal that obeys this has another title; blessed would take the tag for a colour; a shell would make a file. */
const HOSTILE = '\u001b]0;owned\u0007{red-fg}$(touch owned)`touch owned`;|\u009b31m\u202e&';

test.skipIf(noKernel !== undefined)('names that a cgroup, a process or a file was given change nothing', async () => {
  const folder = temporary('hostile');
  const root = makeTestRoot();
  onTestFinished(() => removeCgroups(root));
  const pod = 'kubepods/burstable/podaaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
  mkdirSync(join(root, HOSTILE));
  mkdirSync(join(root, pod, `${HOSTILE}-container`), { recursive: true });
  const { pid } = await startHostileProcess(folder);
  const args = ['-p', String(pid), '-d', '0.5'];
  const env = { SLABTOP_K8S_EXPORT_FOLDER: folder, SLABTOP_K8S_LOCK_FILE: join(folder, 'lock') };

  for (const more of [
    ['--once'],
    ['snapshot', '-o', '-', '--format', 'md'],
    ['snapshot', '-o', '-', '--format', 'svg'],
  ]) {
    const { code, stdout } = await runProgram([...more, ...args], env);
    expect(code).toBe(0);
    expect(obeyedIn(stdout)).toBe('');
    // The picture has the slowest reads, which need not be those of these cgroups.
    if (!more.includes('svg')) expect(stdout).toMatch(/owned/);
  }
  const json = await runProgram(['snapshot', '-o', '-', '--format', 'json', ...args], env);
  expect(obeyedIn(json.stdout)).toBe('');
  const { memcg, kubelet } = JSON.parse(json.stdout);
  expect(memcg.cgroups.map(({ path }: { path: string }) => path)).toContain(`/${root.split('/').at(-1)}/${HOSTILE}`);
  expect(kubelet.pid).toBe(pid);

  const pty = openPty({ command: process.execPath, args: [PROGRAM, ...args], env, cwd: folder });
  await pty.waitFor((screen) => screen.some((line) => /memory cgroups .*\d = \d/.test(line)));
  pty.type('3');
  await pty.waitFor('owned');
  for (const pane of '45678123') {
    pty.type(pane);
    await pause(400);
  }
  pty.type('/owned\r');
  await pty.waitFor((screen) => screen.some((line) => line.includes('owned') && !line.includes('filter')));
  pty.type('e');
  await settle(() => readdirSync(folder).filter((name) => /\.(?:md|json)$/.test(name)), {
    until: (names) => names.length >= 2,
    timeoutSeconds: 30,
  });
  pty.type('q');
  expect(await pty.exited).toMatchObject({ code: 0 });
  expect(pty.modes()).toBe(pty.modesBefore);
  const sent = pty.bytes.toString('utf8');
  for (const piece of ['\u001b]0;owned', '\u009b31m', '\u202e']) expect(sent).not.toContain(piece);
  const written = readdirSync(folder).filter((name) => !name.startsWith('.') && name !== HELD_FILE);
  for (const name of written) expect(name).toMatch(/^(?:lock(?:\.\d+)?|slabtop-k8s-[A-Za-z0-9._-]+\.(?:md|json))$/);
  for (const name of written.filter((each) => /\.(?:md|json)$/.test(each))) {
    expect(obeyedIn(readFileSync(join(folder, name), 'utf8'))).toBe('');
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
});

test.skipIf(noOther !== undefined)(
  'without privileges everything that can be told is told, the rest says why',
  async () => {
    const folder = temporary('nobody');
    chmodSync(folder, 0o755);
    // What a killed instance of root leaves: nobody else may take it away.
    const lock = join(folder, 'lock');
    const holder = { pid: 4_000_000, startTicks: 1, sinceEpochMs: 0, budgetPct: 2, reads: [] };
    writeFileSync(lock, JSON.stringify(holder), { mode: 0o644 });
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', SLABTOP_K8S_LOCK_FILE: lock };
    const as = (...args: string[]) =>
      spawnSync('setpriv', [...NOBODY, process.execPath, PROGRAM, ...args], { env, encoding: 'utf8', timeout: 60_000 });

    const once = as('--once', '--json');
    expect(once.stderr).toBe('');
    const document = JSON.parse(once.stdout);
    expect(document.slab.caches).toMatchObject({ unavailable: 'denied', detail: expect.stringContaining('slabinfo') });
    for (const value of [document.slab.totalBytes, document.dentry.objects, document.memcg.live]) {
      expect(value).toBeGreaterThan(0);
    }
    expect(as('check').stdout).toMatch(/^(?:OK|WARNING|CRITICAL|UNKNOWN) /);

    const pty = openPty({ command: 'setpriv', args: [...NOBODY, process.execPath, PROGRAM, '-d', '0.5'], env });
    await pty.waitFor((screen) => screen.some((line) => /memory cgroups .*\d = \d/.test(line)));
    pty.type('2');
    await pty.waitFor('denied');
    pty.type('D');
    await pty.waitFor('only root may write to drop_caches');
    pty.type('\x1b');
    await pause(200);
    pty.type('e');
    await pty.waitFor('nothing was written');
    pty.type('q');
    expect(await pty.exited).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual(['lock']);
  },
);

/** What Node puts there for the channel to its parent, and what own-process.ts hands on. */
const SAMPLER_VARIABLES = [
  'PATH',
  'TZ',
  'NODE_OPTIONS',
  'UV_THREADPOOL_SIZE',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'MALLOC_ARENA_MAX',
  'MALLOC_MMAP_THRESHOLD_',
  'MALLOC_TRIM_THRESHOLD_',
];

interface Call {
  readonly name: string;
  readonly text: string;
}

/** The calls that succeeded or are not known to have failed; strace breaks a call in two where another comes between. */
function callsIn(log: string): Call[] {
  return log.split('\n').flatMap((line) => {
    const [, text = '', name] = /^\d+ +((\w+)\(.*)$/.exec(line) ?? [];
    return name === undefined || / = -1 E/.test(text) ? [] : [{ name, text }];
  });
}

function writes(name: string, text: string): boolean {
  return name.startsWith('open') ? /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/.test(text) : true;
}

/** Below our folder, the terminal, or nothing at all. */
function ours({ text }: Call, folder: string): boolean {
  const paths = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path = '']) => path);
  const isOurs = (path: string) => path.startsWith(`${folder}/`) || /^\/dev\/(?:null|tty|pts\/\d+)$/.test(path);
  return paths.length > 0 && paths.every(isOurs);
}

/** The names of the variables in the last array of a call of execve. */
function variablesOf(execve: string): string[] {
  const environment = execve.slice(execve.lastIndexOf('], [') + 3);
  return [...environment.matchAll(/"(\w+)=/g)].map(([, name = '']) => name);
}

/** The text that a shell was given, without strace's escapes and with single spaces. */
function commandOf(execve: string): string {
  const [, text = ''] = /"-c", "((?:[^"\\]|\\.)*)"/.exec(execve) ?? [];
  return inOneLine(text.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1'));
}

function sourceOf(library: string): string {
  const folder = dirname(createRequire(import.meta.url).resolve(library));
  return inOneLine(
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n'),
  );
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Where a text has something that a terminal or a viewer obeys, and what is before it; empty where it has not. */
function obeyedIn(text: string): string {
  const at = text.search(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  return at < 0 ? '' : JSON.stringify(text.slice(Math.max(0, at - 60), at + 20));
}

/** A memory.stat of a hostile name, for the list of who holds one open. */
const HELD_FILE = `${HOSTILE.replaceAll('/', '')}memory.stat`;

/** A process with a hostile name and argument that burns a little CPU and holds a file of a hostile name open. */
async function startHostileProcess(folder: string): Promise<{ pid: number }> {
  const script = `
const fs = require('node:fs');
fs.writeFileSync('/proc/self/comm', process.env.NAME.slice(0, 15));
fs.openSync(process.env.HELD, 'w');
process.stdout.write('.');
setInterval(() => { for (const end = Date.now() + 30; Date.now() < end; ); }, 100);
`;
  const child = spawn(process.execPath, ['-e', script, HOSTILE], {
    argv0: HOSTILE,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NAME: HOSTILE, HELD: join(folder, HELD_FILE) },
  });
  onTestFinished(atExit(() => child.kill('SIGKILL')));
  if (child.pid === undefined) throw new Error('node did not start');
  await once(child.stdout, 'data');
  return { pid: child.pid };
}

/** Leaves a dialog, a filter, help or a zoom. The pause tells Esc from the beginning of another key. */
/** A slow program takes Esc and the next key together for one sequence: so with time between, and again if need be. */
async function quit(pty: Pty): Promise<void> {
  const ended = pty.exited.then(() => true);
  for (let tries = 0; tries < 20; tries += 1) {
    pty.type('\x1b');
    await pause(1000);
    pty.type('q');
    if (await Promise.race([ended, pause(3000).then(() => false)])) return;
  }
  throw new Error('it did not quit');
}

async function leaveWhatIsOpen(pty: Pty): Promise<void> {
  pty.type('\x1b');
  await pause(30);
}

function temporary(kind: string): string {
  const { path, remove } = makeFolder(tmpdir(), kind);
  onTestFinished(remove);
  return path;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((settled) => setTimeout(settled, milliseconds));
}
