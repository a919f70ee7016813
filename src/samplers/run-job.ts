import type { Instant } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { Host } from '../host/host.ts';
import { type AnyRun, type Job, samplers, type Topic } from './registry.ts';

/** Runs a job's sampler on a host. `cpuSeconds` is asked before and after: the CPU time of this thread so far. */
export function runJob<T extends Topic>(host: Host, job: Job<T>, cpuSeconds: () => Maybe<number>): AnyRun<T> {
  const started = instantOf(host);
  const cpuBefore = cpuSeconds();
  const sample = samplers[job.topic].sample(host, job.args);
  const cpuAfter = cpuSeconds();
  const cpu =
    typeof cpuBefore === 'number' && typeof cpuAfter === 'number' ? Math.max(0, cpuAfter - cpuBefore) : cpuAfter;
  return { topic: job.topic, args: job.args, started, ended: instantOf(host), cpuSeconds: cpu, sample };
}

/** The host's present instant. */
export function instantOf(host: Host): Instant {
  return { at: host.clock.now(), monotonicSeconds: host.clock.monotonic() };
}
