import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { Planner } from '../../src/samplers/planner.ts';
import type { AnyRun, Topic } from '../../src/samplers/registry.ts';
import { runJob } from '../../src/samplers/run-job.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

/** A planner by a clock of the test's own: each topic takes so much wall and CPU time. */
class Watched {
  readonly #planner = new Planner({ budgetPct: 2, ownProcesses: [] });
  readonly #took: (topic: Topic, run: number) => { readonly wall: number; readonly cpu: number };
  readonly #host: Parameters<typeof runJob>[0];
  readonly ranAt = new Map<Topic, number[]>();

  constructor(
    files: Readonly<Record<string, string>>,
    took: (topic: Topic, run: number) => { readonly wall: number; readonly cpu: number },
  ) {
    this.#host = hostOfFiles(files);
    this.#took = took;
  }

  /** Ticks once a second. */
  watch(from: number, to: number): void {
    for (let second = from; second < to; second += 1) {
      const tick = { at: second * 1000, monotonicSeconds: second };
      for (let job = this.#planner.nextFast(tick); job !== undefined; job = this.#planner.nextFast(tick)) {
        const seen = this.ranAt.get(job.topic) ?? [];
        const { wall, cpu } = this.#took(job.topic, seen.length);
        const run = runJob(this.#host, job, () => missing('unsupported'));
        const ended = { at: tick.at + wall * 1000, monotonicSeconds: second + wall };
        this.#planner.learn({ ...run, started: tick, ended, cpuSeconds: cpu } as AnyRun);
        this.ranAt.set(job.topic, [...seen, second]);
      }
    }
  }

  get kubelet() {
    return this.#planner.kubelet;
  }

  longestRest(topic: Topic): number {
    const at = this.ranAt.get(topic) ?? [];
    return Math.max(...at.slice(1).map((second, index) => second - (at[index] ?? 0)));
  }
}

const CHEAP = { wall: 0.001, cpu: 0.001 };

test('a fast run that was preempted for 0.63 s is not charged for it', () => {
  const watched = new Watched({}, (topic, run) =>
    topic === 'descriptors' || run > 0 ? CHEAP : { wall: 0.63, cpu: 0.0002 },
  );
  watched.watch(0, 120);
  for (const topic of ['memory', 'cpu', 'cgroupCounts', 'vfs'] as const) expect(watched.longestRest(topic)).toBe(1);
  expect(watched.longestRest('processes')).toBe(5);
  expect(watched.longestRest('selfMemory')).toBeLessThanOrEqual(31);
});

test('one dear first look does not hide kubelet: without one the search goes on every five seconds', () => {
  const watched = new Watched({ '/proc/1/stat': 'x' }, (topic) =>
    topic === 'processes' ? { wall: 2, cpu: 2 } : CHEAP,
  );
  watched.watch(0, 120);
  expect(watched.longestRest('processes')).toBeLessThanOrEqual(7);
});

test('pods and the cost of the tool itself are looked at twice a minute, however dear', () => {
  const watched = new Watched({}, () => ({ wall: 0.5, cpu: 0.5 }));
  watched.watch(0, 300);
  for (const topic of ['pods', 'selfMemory'] as const) expect(watched.longestRest(topic)).toBeLessThanOrEqual(31);
  expect(watched.longestRest('cgroupCounts')).toBeLessThanOrEqual(3);
});

const stat = (pid: number, started: number) =>
  `${pid} (kubelet) S 1 1 1 0 -1 0 0 0 0 0 500 500 0 0 20 0 3 0 ${started} 0 0${' 0'.repeat(29)}\n`;

test('after kubelet was lost the search goes on every five seconds until one is found', () => {
  const files: Record<string, string> = {
    '/proc/7/stat': stat(7, 100),
    '/proc/7/comm': 'kubelet\n',
    '/proc/7/cmdline': '/usr/bin/kubelet\0',
  };
  const watched = new Watched(files, () => CHEAP);
  watched.watch(0, 30);
  expect(watched.kubelet).toMatchObject({ pid: 7 });
  delete files['/proc/7/stat'];
  watched.watch(30, 90);
  const searched = (watched.ranAt.get('processes') ?? []).filter((second) => second >= 30);
  expect(searched.length).toBeGreaterThanOrEqual(11);
  expect(watched.kubelet).toMatchObject({ unavailable: expect.stringMatching(/gone|absent/) });
});
