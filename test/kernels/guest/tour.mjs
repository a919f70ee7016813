// Runs inside the emulated machine, where there is nothing but busybox, unshare and the packaged program. Does what
// /plan.json says and prints, a JSON line each, what the kernel said and what the program said; what is right is
// decided outside.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { cgroupsNow, countersOfDrops, settled, timedReads } from './kernel.mjs';

const plan = JSON.parse(readFileSync('/plan.json', 'utf8'));
/** What the packaged launcher executes. */
const [COMMAND, ...PROGRAM] = plan.program;
const PINS = '/dev/shm/pins';

const NOBODY = 65_534;

const steps = {
  /** Mounts more: a v2 hierarchy beside the v1 ones makes the host a hybrid. */
  mount({ mounts }) {
    for (const mount of mounts) mountAt(mount);
  },

  /** Makes cgroups that stay, and the folders that kubelet keeps the logs of their pods in. */
  live({ cgroups, logFolders }) {
    for (const path of cgroups) makeCgroup(path);
    for (const folder of logFolders) mkdirSync(`/var/log/pods/${folder}/container`, { recursive: true });
  },

  /** A cgroup that the memory controller is not handed on to: its memory is its parent's. v2 only. */
  withoutController({ path }) {
    mkdirSync(plan.hierarchy + path);
  },

  /** Has each of `paths` charged for a file in tmpfs. */
  charge({ paths, bytes }) {
    mkdirSync(PINS, { recursive: true });
    execFileSync('/enter-and-write.sh', [plan.hierarchy, PINS, String(bytes)], { input: `${paths.join('\n')}\n` });
  },

  /** Makes cgroups, has the innermost charged for a file in tmpfs, removes them all, innermost first. */
  async dead({ paths, parentsToo, bytes }) {
    for (const path of paths) makeCgroup(path);
    steps.charge({ paths, bytes });
    for (const path of paths) rmdirSync(plan.hierarchy + path);
    if (parentsToo) for (const parent of new Set(paths.map(parentOf))) rmdirSync(plan.hierarchy + parent);
  },

  /** Removes the files, and with them what pinned the dead. */
  release() {
    rmSync(PINS, { recursive: true });
  },

  /** What the kernel says, what the program says, and what the kernel says then. */
  async observe({ args, unprivileged = false }) {
    await settled(plan);
    const before = cgroupsNow(plan);
    const ran = run(args, unprivileged);
    return { before, ...ran, after: cgroupsNow(plan), reads: timedReads(plan, before) };
  },

  /** The program in a cgroup and namespaces of its own, and what the kernel says outside. */
  async inside({ cgroup, withHost, args }) {
    await settled(plan);
    const { type, path, options = 'rw' } = plan.mounts.find((mount) => mount.path === plan.hierarchy);
    const before = cgroupsNow(plan);
    const container = ['/in-container.sh', plan.hierarchy + cgroup, path, type, options, withHost ? '/host' : ''];
    return { before, ...exec([...container, ...plan.program, ...args], {}) };
  },

  /** The program alone. */
  run: ({ args, unprivileged = false }) => run(args, unprivileged),

  /** Drops caches by the program's own child, once for each of `modes`, while the program runs and until it saw it. */
  async drop({ modes }) {
    const before = countersOfDrops();
    // The program's own budget decides when it reads /proc/vmstat again: a cheap read is dear in an emulator.
    const following = spawn(COMMAND, [...PROGRAM, '--batch', '--json', '-n', '60', '-d', '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const documents = [];
    const answers = [];
    let rest = '';
    for await (const text of following.stdout.setEncoding('utf8')) {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const { at, events, memcg, drops } = JSON.parse(line);
        documents.push({ at, events, dying: memcg.dying, drops });
        const mode = modes.shift();
        if (mode !== undefined) answers.push(await dropBy(mode));
        else if (sumOfDrops(events) >= answers.length) following.kill();
      }
    }
    return { before, answers, after: countersOfDrops(), documents };
  },
};

/** As many as the program has seen: what mode 3 drops is counted in both, and this is another instance's. */
function sumOfDrops(events) {
  return events.reduce((sum, { kind, slabDrops }) => sum + (kind === 'drop-by-instance' ? slabDrops : 0), 0);
}

function run(args, unprivileged) {
  return exec([...plan.program, ...args], unprivileged ? { uid: NOBODY, gid: NOBODY } : {});
}

function exec([file, ...args], as) {
  const began = process.hrtime.bigint();
  let code = 0;
  let stdout;
  let stderr = '';
  try {
    stdout = execFileSync(file, args, { encoding: 'utf8', timeout: 240_000, ...as });
  } catch (error) {
    if (typeof error.status !== 'number') throw error;
    ({ status: code, stdout, stderr } = error);
  }
  return { code, stdout, stderr, seconds: Number(process.hrtime.bigint() - began) / 1e9 };
}

/** The child that writes to drop_caches, as the live screen starts it. */
function dropBy(mode) {
  const child = spawn(COMMAND, [...PROGRAM, '__drop'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const said = [];
  child.on('message', (message) => said.push(message));
  child.send({ origin: { kind: 'live', root: '/' }, request: { mode, sync: false } });
  return new Promise((settle) => child.on('exit', (code) => settle({ mode, code, said })));
}

function mountAt({ type, options, path }) {
  mkdirSync(path, { recursive: true });
  const flags = options === undefined ? [] : ['-o', options];
  execFileSync('/bin/busybox', ['mount', '-t', type, ...flags, type, path]);
}

/** Makes a cgroup and what is above it; on v2 each that has children hands the memory controller on to them. */
function makeCgroup(path) {
  const parent = parentOf(path);
  if (parent !== '') makeCgroup(parent);
  if (plan.version === 'v2') writeFileSync(`${plan.hierarchy}${parent}/cgroup.subtree_control`, '+memory');
  mkdirSync(plan.hierarchy + path, { recursive: true });
}

function parentOf(path) {
  return path.slice(0, path.lastIndexOf('/'));
}

for (const mount of plan.mounts) mountAt(mount);
for (const { step, name, ...rest } of plan.steps) {
  const began = process.hrtime.bigint();
  let said;
  try {
    said = { ...(await steps[step](rest)) };
  } catch (error) {
    said = { error: error.stack };
  }
  const tookSeconds = Number(process.hrtime.bigint() - began) / 1e9;
  process.stdout.write(`${JSON.stringify({ step, name, tookSeconds, ...said })}\n`);
  if (said.error !== undefined) break;
}
