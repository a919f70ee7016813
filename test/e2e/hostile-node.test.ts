import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingFile } from '../../src/recording/file-format.ts';
import { MemoryRecording } from '../../src/recording/memory-recording.ts';
import { chunksOf, HEADER, sampleFrames } from '../recording/sample-frames.ts';
import { makeFolder } from '../support/cleanup.ts';
import { generateHost } from '../support/generated-host.ts';
import { inventedPod } from '../support/pod-cgroups.ts';
import { PROGRAM, runProgram } from '../support/program.ts';
import { openPty } from '../support/pty.ts';
import { settle } from '../support/real-kernel.ts';

/** A title for the terminal, a colour in eight bits, widget tags, a shell's words, text that turns round or is not seen. */
const HOSTILE =
  '\u001b]0;owned\u0007\u009b31m{red-fg}$(touch owned)`touch owned`;touch owned|\u202e&\u061c\u180e\u{e0041}';

/** What a terminal or a viewer of text obeys; a report may end its lines. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const { path: folder, remove } = makeFolder(tmpdir(), 'hostile-node');
afterAll(remove);
const node = generateHost({
  live: 40,
  dying: 4000,
  driver: 'cgroupfs',
  kubelet: { pid: 1342, threads: 2 },
  processes: 2,
});
afterAll(() => node.remove());

/** The name of the node, of pods and their containers, of processes and their arguments, of the distribution. */
beforeAll(() => {
  const file = (path: string) => join(node.root, path);
  writeFileSync(file('proc/sys/kernel/hostname'), `${HOSTILE}\n`);
  const declared = JSON.parse(readFileSync(file('host.json'), 'utf8'));
  writeFileSync(file('host.json'), JSON.stringify({ ...declared, hostname: HOSTILE }));
  const { uid, containers } = inventedPod('cgroupfs', 0, 1);
  mkdirSync(file(`var/log/pods/${HOSTILE}_${HOSTILE}_${uid}`), { recursive: true });
  const container = file(join(node.mount, containers[0] ?? ''));
  renameSync(container, `${container}${HOSTILE}`);
  mkdirSync(file('etc'), { recursive: true });
  writeFileSync(file('etc/os-release'), `ID=${HOSTILE}\nPRETTY_NAME="${HOSTILE}"\n`);
  writeFileSync(file('proc/20000/comm'), `${HOSTILE}\n`);
  writeFileSync(file('proc/1342/cmdline'), `/usr/bin/kubelet\0--config=${HOSTILE}\0--cgroup-driver=${HOSTILE}\0`);
  const slabinfo = file('proc/slabinfo');
  writeFileSync(slabinfo, readFileSync(slabinfo, 'utf8').replace(/^dentry /m, `${HOSTILE.replaceAll(' ', '')} `));
});

/** Runs the program in a folder of its own; what it printed, and the files that it left there. */
async function ran(...args: string[]) {
  const cwd = join(folder, String(Math.random()));
  mkdirSync(cwd);
  const result = await runProgram(args, { SLABTOP_K8S_LOCK_FILE: join(folder, 'lock') }, cwd);
  return { ...result, files: readdirSync(cwd), cwd };
}

const onNode = ['--host-root', node.root];

function expectHarmless(text: string): void {
  const found = OBEYED.exec(text);
  const around = found === null ? '' : text.slice(Math.max(0, found.index - 60), found.index + 20);
  expect(JSON.stringify(around)).toBe('""');
}

test.each([
  '--once',
  '--once --json',
  ...['md', 'json', 'text', 'svg'].map((format) => `snapshot -o - --format ${format}`),
  'snapshot -o - --redact --format md',
])('%s prints names as text', async (line) => {
  const { code, stdout, stderr, files } = await ran(...line.split(' '), ...onNode);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expectHarmless(stdout);
  expect(files).toEqual([]);
  // With --redact the name of a slab cache is left: it is the kernel's.
  expect(stdout).toContain('owned');
});

test('files of exports have plain names and mode 0600, also inside a bundle, and can be replayed and compared', async () => {
  const made = join(folder, 'made');
  mkdirSync(made);
  const paths = ['bundle', 'json'].map((format) => join(made, `a.${format === 'bundle' ? 'tar.gz' : format}`));
  for (const [at, format] of ['bundle', 'json'].entries()) {
    const { code, stderr } = await ran('snapshot', '--format', format, '-o', paths[at] ?? '', ...onNode);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(statSync(paths[at] ?? '').mode & 0o777).toBe(0o600);
  }
  expect(readdirSync(made)).toEqual(['a.json', 'a.tar.gz']);
  const names = execFileSync('tar', ['-tzf', paths[0] ?? '', '--quoting-style=literal'], { encoding: 'utf8' });
  for (const name of names.trimEnd().split('\n')) expect(name).toMatch(/^[A-Za-z0-9._:@+=,~%/-]+$/);
  expect(names).toContain('owned');
  for (const args of [
    ['replay', paths[0] ?? '', '--once'],
    ['diff', paths[0] ?? '', paths[1] ?? ''],
    ['diff', '--format', 'md', paths[0] ?? '', paths[1] ?? ''],
  ]) {
    const { code, stdout, stderr, files } = await ran(...args);
    expect({ code, stderr, files }).toEqual({ code: 0, stderr: '', files: [] });
    expectHarmless(stdout);
  }
});

test('on the screen they are text, and the files that e writes bear none of it', async () => {
  const cwd = join(folder, 'live');
  mkdirSync(cwd);
  const env = { SLABTOP_K8S_LOCK_FILE: join(folder, 'live.lock'), SLABTOP_K8S_EXPORT_FORMATS: 'md,svg,bundle' };
  const pty = openPty({ command: process.execPath, args: [PROGRAM, ...onNode, '-d', '0.5'], env, cwd });
  await pty.waitFor((screen) => screen.some((line) => line.includes('owned')));
  const marks = ['Total Caches', 'HELD KMEM', 'pid 1342', '--profile kubelet.pb.gz', 'open', 'WHAT HAPPENED'];
  for (const [at, mark] of marks.entries()) {
    pty.type(String(at + 2));
    await pty.waitFor(mark);
  }
  pty.type('e');
  await settle(() => readdirSync(cwd), { until: (names) => names.length >= 3, timeoutSeconds: 30 });
  pty.type('q');
  expect(await pty.exited).toMatchObject({ code: 0 });
  expect(pty.modes()).toBe(pty.modesBefore);
  const sent = pty.bytes.toString('utf8');
  for (const piece of ['\u001b]0;owned', '\u009b31m', '\u202e']) expect(sent).not.toContain(piece);
  for (const name of readdirSync(cwd)) {
    expect(name).toMatch(/^slabtop-k8s-[A-Za-z0-9._-]+\.(?:md|svg|tar\.gz)$/);
    expect(statSync(join(cwd, name)).mode & 0o777).toBe(0o600);
  }
});

test('what is wrong with a fixture is said without what a terminal obeys', async () => {
  const fixture = join(folder, 'fixture');
  mkdirSync(fixture);
  for (const text of [JSON.stringify({ fixture: HOSTILE, origin: 'x' }), `{"fixture":${HOSTILE}`]) {
    writeFileSync(join(fixture, 'host.json'), text);
    const { code, stderr } = await ran('--once', '--host-root', fixture);
    expect(code).not.toBe(0);
    expectHarmless(stderr);
    expect(stderr).toContain('host.json');
  }
});

test('what is wrong with a recording is said without what a terminal obeys', async () => {
  const path = join(folder, 'forged.slabrec');
  const forged = JSON.parse(JSON.stringify([{ kind: HOSTILE }]));
  const ring = new MemoryRecording(HEADER);
  const frames = sampleFrames(6).map((frame) => ({ ...frame, runs: [], probes: PROBES }));
  for (const chunk of await chunksOf(frames.map((frame, at) => (at === 3 ? { ...frame, notes: forged } : frame)))) {
    ring.append(chunk);
  }
  for (const header of [HEADER, JSON.parse(JSON.stringify({ ...HEADER, startedAt: HOSTILE }))]) {
    rmSync(path, { force: true });
    writeFileSync(path, Buffer.concat([...recordingFile(ring, header)]));
    const { code, stdout, stderr } = await ran('replay', path, '--once');
    expect(code).toBe(0);
    expect(stderr).toContain('cannot be decoded');
    expectHarmless(stdout);
    expectHarmless(stderr);
  }
});

const PROBES = JSON.stringify({
  kubelet: { unavailable: 'absent' },
  next: [],
  budgetPct: 2,
  spentCpuSeconds: 0,
  lock: 'held',
});
