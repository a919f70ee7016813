import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { momentOf } from '../../src/model/moments.ts';
import { Observer } from '../../src/model/observer.ts';
import type { SentRun, Tick } from '../../src/samplers/tick.ts';
import { captured } from '../support/captures.ts';
import { observeFixture } from '../support/observe.ts';

const [healthy] = observeFixture(captured('healthy')).ticks;

/** An observer that has seen one walk, and then only what is read with every tick. */
class Node {
  readonly observer = new Observer();
  #tick = 0;
  readonly #start: number;

  constructor() {
    if (healthy === undefined) throw new Error('no tick');
    this.#start = healthy.instant.monotonicSeconds + 1;
    this.observer.take(healthy);
  }

  /** A tick so many seconds after the start, with so many cgroups in /proc/cgroups and no walk. */
  tick(seconds: number, total: number) {
    if (healthy === undefined) throw new Error('no tick');
    this.#tick += 1;
    const instant = { at: healthy.instant.at + seconds * 1000, monotonicSeconds: this.#start + seconds };
    const run: SentRun = {
      topic: 'cgroupCounts',
      args: {},
      started: instant,
      ended: instant,
      cpuSeconds: 0,
      sample: {
        controllers: [{ name: 'memory', hierarchy: 4, cgroups: total }],
        v2Root: missing('absent'),
      },
    };
    const tick: Tick = { ...healthy, tick: this.#tick, instant, runs: [run], notes: [] };
    return this.observer.take(tick);
  }
}

const LIVE = 186;

test('thousands that died since the last walk are there with the next tick', () => {
  const node = new Node();
  const before = node.tick(1, LIVE + 9).memcg;
  expect(before).toMatchObject({ live: LIVE, dying: 9 });
  expect(node.tick(2, LIVE + 7000).memcg).toMatchObject({ live: LIVE, dying: 7000, total: LIVE + 7000 });
});

test('the dying are known however long ago the live ones were counted, and say how long that is', () => {
  const node = new Node();
  expect(momentOf(node.tick(20, LIVE + 9), 'dying')?.isOld).toBe(false);
  const model = node.tick(400, LIVE + 7000);
  expect(model.memcg.dying).toBe(7000);
  const moment = momentOf(model, 'dying');
  expect(moment?.isOld).toBe(true);
  expect(Math.round(moment?.ageSeconds ?? 0)).toBeGreaterThanOrEqual(400);
  expect(momentOf(model, 'counts')?.isOld).toBe(false);
});

test('that no kubelet runs here is said of a recent look only', () => {
  const node = new Node();
  const absent = { unavailable: 'absent', detail: 'no kubelet runs here' } as const;
  const at = (seconds: number) => {
    if (healthy === undefined) throw new Error('no tick');
    const instant = { at: healthy.instant.at, monotonicSeconds: healthy.instant.monotonicSeconds + seconds };
    return node.observer.take({ ...healthy, instant, runs: [], probes: { ...healthy.probes, kubelet: absent } });
  };
  expect(at(5).kubelet).toEqual(absent);
  expect(at(90).kubelet).toMatchObject({
    unavailable: 'stale',
    detail: expect.stringMatching(/last listed \d+ s ago/),
  });
});
