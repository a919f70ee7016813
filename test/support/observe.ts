import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open-host.ts';
import type { Model } from '../../src/model/model.ts';
import { Observer } from '../../src/model/observer.ts';
import { Planner, type PlannerOptions } from '../../src/samplers/planner.ts';
import { instantOf, runJob } from '../../src/samplers/run-job.ts';
import type { SentRun, Tick } from '../../src/samplers/tick.ts';
import { WalkReceiver, WalkSender } from '../../src/samplers/walk-changes.ts';

/** What was observed, and the observer that can take more. */
export interface Observed {
  readonly model: Model;
  readonly observer: Observer;
  readonly ticks: readonly Tick[];
}

/**
 * Samples a root folder the way the sampler process does, in one thread: every tick runs all fast topics that are due
 * and then all slow ones. A fixture with `step-N` folders gives a step per tick.
 */
export function observeFixture(root: string, tickCount = 1, options: Partial<PlannerOptions> = {}): Observed {
  return observeHost(openHost(root), tickCount, options);
}

/** The same with a host of the test's own. */
export function observeHost(host: Host, tickCount = 1, options: Partial<PlannerOptions> = {}): Observed {
  const planner = new Planner({ budgetPct: 2, ownProcesses: [], reportCpuSeconds: 10, ...options });
  const observer = new Observer();
  const sender = new WalkSender();
  const receiver = new WalkReceiver();
  const cpuSeconds = countedCpuSeconds();
  const ticks: Tick[] = [];
  let model: Model | undefined;
  for (let tick = 0; tick < tickCount; tick += 1) {
    host.atTick(tick);
    const instant = instantOf(host);
    const runs: SentRun[] = [];
    for (let job = planner.nextFast(instant); job !== undefined; job = planner.nextFast(instant)) {
      const run = runJob(host, job, cpuSeconds);
      if (run.topic === 'walk') continue;
      planner.learn(run);
      runs.push(run);
    }
    planner.hurry();
    const now = () => host.clock.monotonic();
    for (let job = planner.nextSlow(now()); job !== undefined; job = planner.nextSlow(now())) {
      const run = runJob(host, job, cpuSeconds);
      if (run.topic === 'walk') {
        const sent = { ...run, sample: sender.changes(run.sample) };
        planner.learn({ ...run, sample: receiver.sample(sent.sample) });
        runs.push(sent);
        continue;
      }
      planner.learn(run);
      runs.push(run);
    }
    const next: Tick = {
      tick,
      instant,
      runs,
      probes: {
        kubelet: planner.kubelet,
        next: planner.next(instant),
        budgetPct: 2,
        spentCpuSeconds: 0,
        lock: 'not-needed',
      },
      notes: [],
    };
    ticks.push(next);
    model = observer.take(next);
  }
  if (model === undefined) throw new Error('at least one tick is needed');
  return { model, observer, ticks };
}

/** A CPU clock by which every run costs the same: what the planner does next must not depend on how busy we are. */
function countedCpuSeconds(): () => number {
  let seconds = 0;
  return () => {
    seconds += 0.0001;
    return seconds;
  };
}
