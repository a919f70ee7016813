import { inventedPod, type PodCgroups } from '../support/pod-cgroups.ts';

/** A file system that the guest mounts. */
interface Mount {
  readonly type: 'tmpfs' | 'cgroup' | 'cgroup2';
  readonly path: string;
  readonly options?: string;
}

/** One step of `guest/tour.mjs`; `name` tells its result from others of the same kind. */
type Step =
  | { readonly step: 'mount'; readonly mounts: readonly Mount[] }
  | { readonly step: 'live'; readonly cgroups: readonly string[]; readonly logFolders: readonly string[] }
  | { readonly step: 'withoutController'; readonly path: string }
  | { readonly step: 'charge'; readonly paths: readonly string[]; readonly bytes: number }
  | { readonly step: 'dead'; readonly paths: readonly string[]; readonly parentsToo: boolean; readonly bytes: number }
  | { readonly step: 'release' }
  | {
      readonly step: 'observe' | 'run';
      readonly name: string;
      readonly args: readonly string[];
      readonly unprivileged?: boolean;
    }
  | {
      /** The program in a live cgroup, with namespaces of its own; `withHost`: the node's root is at /host. */
      readonly step: 'inside';
      readonly name: string;
      readonly cgroup: string;
      readonly withHost: boolean;
      readonly args: readonly string[];
    }
  | { readonly step: 'drop'; readonly name: string; readonly modes: readonly (1 | 2 | 3)[] };

/** What a guest is told: where the memory controller is mounted, and what to do then. */
export interface Plan {
  readonly version: 'v1' | 'v2';
  readonly hierarchy: string;
  readonly mounts: readonly Mount[];
  readonly steps: readonly Step[];
}

/** Paths of cgroups begin with a slash, as the program prints them. */
const rooted = ({ path, containers, ...rest }: PodCgroups): PodCgroups => ({
  ...rest,
  path: `/${path}`,
  containers: containers.map((container) => `/${container}`),
});

const pods = (driver: 'cgroupfs' | 'systemd', first: number, count: number, containers: number) =>
  Array.from({ length: count }, (_, n) => rooted(inventedPod(driver, first + n, containers)));

/** Ten pods by each driver's grammar: six burstable, two best effort, two guaranteed; two containers each. */
export const LIVE_PODS = [...pods('cgroupfs', 0, 10, 2), ...pods('systemd', 10, 10, 2)];

/** The log folder of a pod, by which its name is known. */
export const podNameOf = (uid: string) => ({ namespace: 'shop', pod: `pod-${uid.slice(0, 4)}` });

/** A live container that has pages of its own: they must not be counted as the dying's. */
export const BUSY = { path: LIVE_PODS[0]?.containers[0] ?? '', bytes: 3 * 1024 * 1024 };

/** Dead containers of a pod that lives: a crash loop. */
export const CRASH_LOOP = { below: LIVE_PODS[2]?.path ?? '', count: 20, bytes: 64 * 1024 };

const [CRASHED] = pods('cgroupfs', 20, 1, 0);

/** The same in a pod that has no live container at all: they crashed and wait. */
export const ALL_CRASHED = { below: CRASHED?.path ?? '', count: 10, bytes: 64 * 1024 };

/** Dead pods of one container each, a page each, below a class: jobs that are done. */
export const JOBS = { below: '/kubepods/burstable', count: 550, bytes: 4096 };

/** The same by systemd's names. */
export const SLICES = { below: '/kubepods.slice/kubepods-besteffort.slice', count: 25, bytes: 64 * 1024 };

/** Each dead pod is two dying cgroups: itself and its container. */
export const DYING = CRASH_LOOP.count + ALL_CRASHED.count + 2 * JOBS.count + 2 * SLICES.count;

/** A live cgroup whose child has no memory controller of its own: what the child uses is charged to it. v2 only. */
export const DELEGATING = { path: '/system.slice/agent.service', bytes: 3 * 1024 * 1024 };

function deadContainers({ below, count }: { readonly below: string; readonly count: number }): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${below}/${(count * 1000 + n).toString(16).padStart(64, 'd')}`);
}

/** Every fifth invented pod is of the same class: enough are made to have as many as are wanted below one parent. */
function deadPods(driver: 'cgroupfs' | 'systemd', below: string, count: number): readonly string[] {
  return pods(driver, 1000, count * 5, 1)
    .filter(({ path }) => path.startsWith(`${below}/`))
    .slice(0, count)
    .flatMap(({ containers }) => containers);
}

const SNAPSHOT = ['snapshot', '-o', '-', '--format', 'json'];

/** Where the program runs as a container of a pod would. */
const CONTAINER = LIVE_PODS[1]?.containers[0] ?? '';

const HOST = ['--host-root', '/host'];

/** An emulated processor needs seconds to start Node twice. */
const CHECK = ['check', '--timeout', '60'];

const makeLiveAndDead: readonly Step[] = [
  {
    step: 'live',
    cgroups: LIVE_PODS.flatMap(({ containers }) => containers),
    logFolders: LIVE_PODS.map(({ uid }) => `${podNameOf(uid).namespace}_${podNameOf(uid).pod}_${uid}`),
  },
  { step: 'charge', paths: [BUSY.path], bytes: BUSY.bytes },
  { step: 'dead', paths: deadContainers(CRASH_LOOP), parentsToo: false, bytes: CRASH_LOOP.bytes },
  { step: 'dead', paths: deadContainers(ALL_CRASHED), parentsToo: false, bytes: ALL_CRASHED.bytes },
  { step: 'dead', paths: deadPods('cgroupfs', JOBS.below, JOBS.count), parentsToo: true, bytes: JOBS.bytes },
  { step: 'dead', paths: deadPods('systemd', SLICES.below, SLICES.count), parentsToo: true, bytes: SLICES.bytes },
];

/** What both versions go through. */
const examine: readonly Step[] = [
  { step: 'observe', name: 'dying', args: SNAPSHOT },
  { step: 'run', name: 'check dying', args: [...CHECK, '--fail-on', 'warning'] },
  { step: 'run', name: 'unprivileged', args: ['--once'], unprivileged: true },
  { step: 'drop', name: 'drop', modes: [2, 3] },
  { step: 'release' },
  { step: 'observe', name: 'released', args: SNAPSHOT },
  // Last, because what runs in a container is charged to it.
  { step: 'dead', paths: deadContainers(CRASH_LOOP), parentsToo: false, bytes: CRASH_LOOP.bytes },
  { step: 'inside', name: 'inside', cgroup: CONTAINER, withHost: false, args: SNAPSHOT },
  { step: 'inside', name: 'check inside', cgroup: CONTAINER, withHost: false, args: CHECK },
  { step: 'inside', name: 'inside with /host', cgroup: CONTAINER, withHost: true, args: [...SNAPSHOT, ...HOST] },
];

/** The memory controller on cgroup v2, as every current distribution has it. */
export const V2: Plan = {
  version: 'v2',
  hierarchy: '/sys/fs/cgroup',
  mounts: [{ type: 'cgroup2', path: '/sys/fs/cgroup' }],
  steps: [
    { step: 'observe', name: 'quiet', args: SNAPSHOT },
    { step: 'run', name: 'check quiet', args: CHECK },
    ...makeLiveAndDead,
    { step: 'live', cgroups: [DELEGATING.path], logFolders: [] },
    { step: 'withoutController', path: `${DELEGATING.path}/inner` },
    { step: 'charge', paths: [`${DELEGATING.path}/inner`], bytes: DELEGATING.bytes },
    ...examine,
  ],
};

const V1_MOUNTS: readonly Mount[] = [
  { type: 'tmpfs', path: '/sys/fs/cgroup' },
  { type: 'cgroup', path: '/sys/fs/cgroup/memory', options: 'memory' },
  { type: 'cgroup', path: '/sys/fs/cgroup/cpu', options: 'cpu' },
];

/** The memory controller on v1, first alone, then with an empty v2 hierarchy beside it: systemd's hybrid. */
export const V1: Plan = {
  version: 'v1',
  hierarchy: '/sys/fs/cgroup/memory',
  mounts: V1_MOUNTS,
  steps: [
    { step: 'observe', name: 'quiet', args: SNAPSHOT },
    { step: 'run', name: 'check quiet', args: CHECK },
    { step: 'mount', mounts: [{ type: 'cgroup2', path: '/sys/fs/cgroup/unified' }] },
    ...makeLiveAndDead,
    ...examine,
  ],
};

/** A kernel started with `cgroup_disable=memory`: there is a v2 hierarchy, and no memory controller anywhere. */
export const NO_MEMORY: Plan = {
  version: 'v2',
  hierarchy: '/sys/fs/cgroup',
  mounts: [{ type: 'cgroup2', path: '/sys/fs/cgroup' }],
  steps: [
    { step: 'observe', name: 'quiet', args: SNAPSHOT },
    { step: 'run', name: 'check quiet', args: CHECK },
  ],
};
