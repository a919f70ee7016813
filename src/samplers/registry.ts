import { cgroupCountsSampler } from './cgroup-counts.ts';
import { commandSampler } from './command.ts';
import { cpuSampler } from './cpu.ts';
import { descriptorsSampler } from './descriptors.ts';
import { identitySampler } from './identity.ts';
import { kubeletSampler } from './kubelet.ts';
import { memorySampler } from './memory.ts';
import { ownDropsSampler } from './own-drops.ts';
import { kindsSampler } from './page-kinds.ts';
import { parentsSampler } from './parents.ts';
import { neighbourSampler } from './peer-lock.ts';
import { podsSampler } from './pods.ts';
import { processesSampler } from './processes.ts';
import type { Sampler, TopicRun } from './sampler.ts';
import { selfMemorySampler, selfSampler } from './self.ts';
import { slabinfoSampler } from './slabinfo.ts';
import { statReadsSampler } from './stat-reads.ts';
import type { SlowSampler } from './steps.ts';
import { syscallsSampler } from './syscalls.ts';
import { vfsSampler } from './vfs.ts';
import { walkSampler } from './walk.ts';

const all = {
  identity: identitySampler,
  memory: memorySampler,
  vfs: vfsSampler,
  cpu: cpuSampler,
  cgroupCounts: cgroupCountsSampler,
  parents: parentsSampler,
  kubelet: kubeletSampler,
  syscalls: syscallsSampler,
  command: commandSampler,
  descriptors: descriptorsSampler,
  processes: processesSampler,
  pods: podsSampler,
  self: selfSampler,
  selfMemory: selfMemorySampler,
  neighbour: neighbourSampler,
  ownDrops: ownDropsSampler,
  slabinfo: slabinfoSampler,
  walk: walkSampler,
  statReads: statReadsSampler,
  kinds: kindsSampler,
};

/** The name of a sampler. */
export type Topic = keyof typeof all;

/** What a topic's sampler is told. */
export type ArgsOf<T extends Topic> = ReturnType<(typeof all)[T]['parseArgs']>;

/** What a topic's sampler brings. */
export type SampleOf<T extends Topic> = ReturnType<(typeof all)[T]['sample']>;

/** Every sampler by its topic. */
export const samplers: { readonly [T in Topic]: Sampler<ArgsOf<T>, SampleOf<T>> } = all;

/** Those of the slow lane, in steps. */
export const slowSamplers: { readonly [T in SlowTopic]: SlowSampler<ArgsOf<T>, SampleOf<T>> } = {
  slabinfo: slabinfoSampler,
  walk: walkSampler,
  statReads: statReadsSampler,
  kinds: kindsSampler,
};

/** One run of any sampler. */
export type AnyRun<Of extends Topic = Topic> = { [T in Of]: TopicRun<T, ArgsOf<T>, SampleOf<T>> }[Of];

/** A run to be made: the topic and what its sampler is told. */
export type Job<Of extends Topic = Topic> = { [T in Of]: { readonly topic: T; readonly args: ArgsOf<T> } }[Of];

/**
 * The topics whose reads may take seconds on a sick node: they run one at a time and in steps, so that everything else
 * goes on meanwhile.
 */
export const SLOW_TOPICS = ['slabinfo', 'walk', 'statReads', 'kinds'] as const satisfies readonly Topic[];

/** One of {@link SLOW_TOPICS}. */
export type SlowTopic = (typeof SLOW_TOPICS)[number];

/** Tells the slow lane's topics from the fast lane's. */
export function isSlow(topic: Topic): topic is SlowTopic {
  return SLOW_TOPICS.some((slow) => slow === topic);
}
