import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { atExit } from '../support/cleanup.ts';
import {
  makeLiveCgroups,
  makePodTree,
  makeTestRoot,
  removeCgroups,
  startFakeKubelet,
  whyNoRealKernel,
} from '../support/real-kernel.ts';

/** What a machine is doing while programs are measured on it. */
export interface Situation {
  readonly name: string;
  /** Why it cannot be brought about here; undefined where it can. */
  whyNot?(): string | undefined;
  /** Brings it about; the answer ends it. */
  begin(): Promise<() => Promise<void>>;
}

/** Nobody needs a busy loop for longer, should this process be killed before it ends them. */
const BUSY_SECONDS_AT_MOST = 3600;

/** Pods of the realistic node, the most that kubelet starts by default, and containers of each, the sandbox included. */
const PODS = 110;
const CONTAINERS = 4;
/** With 110 pods, their 440 containers and three parents, some 600: those of the system beside the pods. */
const SERVICES = 45;
const SLEEPING = 1000;
/** Threads of kubelet's pool; Node has some ten more. */
const KUBELET_THREADS = 50;

/** The situation for which this program is made; {@link ABOUT_REALISTIC} says what it is. */
export const REALISTIC = 'realistic node';

/** What is on the realistic node. */
export const ABOUT_REALISTIC =
  'The realistic node: 110 pods, 600 cgroups, 1,000 sleeping processes, a process like kubelet with 60 threads, all of them real.';

/** The situations of the bench, by name. */
export const SITUATIONS: readonly Situation[] = [
  { name: REALISTIC, whyNot: whyNoRealKernel, begin: realisticNode },
  { name: 'quiet', begin: async () => async () => {} },
  { name: '1,000 sleeping processes', begin: () => withChildren(SLEEPING, 'sleep', ['3600']) },
  { name: 'loaded', begin: () => withChildren(availableParallelism(), process.execPath, ['-e', busyLoop()]) },
];

/** Real cgroups, real sleeping processes, and a process that is kubelet by its name, its flags and its threads. */
async function realisticNode(): Promise<() => Promise<void>> {
  const root = makeTestRoot();
  makePodTree(root, 'cgroupfs', PODS, CONTAINERS);
  makeLiveCgroups(root, SERVICES);
  const kubelet = await startFakeKubelet({
    reads: Array.from({ length: KUBELET_THREADS }, () => '/proc/self/stat'),
    everyMilliseconds: 1000,
    threads: KUBELET_THREADS,
  });
  const endChildren = await withChildren(SLEEPING, 'sleep', ['3600']);
  return async () => {
    await endChildren();
    await kubelet.stop();
    removeCgroups(root);
  };
}

async function withChildren(count: number, command: string, args: readonly string[]): Promise<() => Promise<void>> {
  const children: ChildProcess[] = [];
  const killAll = atExit(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  for (let n = 0; n < count; n += 1) {
    const child = spawn(command, args, { stdio: 'ignore' });
    children.push(child);
    await once(child, 'spawn');
  }
  const ended = Promise.all(children.map((child) => once(child, 'exit')));
  return async () => {
    killAll();
    await ended;
  };
}

function busyLoop(): string {
  return `const end = Date.now() + ${BUSY_SECONDS_AT_MOST * 1000}; while (Date.now() < end);`;
}
