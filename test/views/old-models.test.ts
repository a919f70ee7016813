import { expect, test } from 'vitest';
import { diagnosed } from '../../src/app/base/diagnosed.ts';
import { openHost } from '../../src/host/open-host.ts';
import type { Model } from '../../src/model/model.ts';
import { Observer } from '../../src/model/observer.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import type { Tick } from '../../src/samplers/tick.ts';
import { draw } from '../../src/views/draw.ts';
import { update } from '../../src/views/update.ts';
import { copyOfCaptured } from '../support/captures.ts';
import { collectGarbage } from '../support/garbage.ts';
import { observeHost } from '../support/observe.ts';
import { press, screenOf } from '../support/screen-state.ts';

const PANES = ['1', '2', '3', '4', '7'];
const TICKS = 120;

/** Of five ticks, in which a topic runs; the others run in every tick. */
const RUNS_IN: Readonly<Record<string, number>> = { slabinfo: 1, walk: 2, statReads: 3, processes: 4 };

/** The ticks of two minutes, one a second; an event stands in each, so that they scroll out of sight. */
function ticksOf(): Tick[] {
  let seconds = 0;
  const captured = openHost(copyOfCaptured('incident'));
  const host = {
    ...captured,
    clock: { now: () => Date.parse('2026-11-23T14:00:00Z') + seconds * 1000, monotonic: () => 1000 + seconds },
    atTick: (tick: number) => {
      seconds = tick;
    },
  };
  return observeHost(host, TICKS).ticks.map((tick, number) => ({
    ...tick,
    notes: [{ kind: 'gap', ...tick.instant, seconds: 1 }],
    runs: tick.runs.filter(({ topic }) => number === 0 || number % 5 === (RUNS_IN[topic] ?? number % 5)),
  }));
}

// What is kept so that nothing is drawn twice must go with what it was drawn of. Rows outlive a model: not every tick
// reads them anew, and events stay for good. What is kept for such a row must not hold a model.
test('whatever pane is shown, models of the past are let go', async () => {
  const observer = new Observer();
  const models: WeakRef<Model>[] = [];
  const [first, ...ticks] = ticksOf() as [Tick, ...Tick[]];
  let state = screenOf({ model: observer.take(first), history: observer.history });
  for (const tick of ticks) {
    const model = observer.take(tick);
    models.push(new WeakRef(model));
    const { history } = observer;
    const diagnosis = diagnosed(model, history, DEFAULT_THRESHOLDS);
    state = update(state, { kind: 'model', model, history, diagnosis }).state;
    state = press(state, PANES[tick.tick % PANES.length] ?? '', 'j').state;
    expect(draw(state).lines.length).toBeGreaterThan(0);
  }
  await collectGarbage();
  const alive = models.flatMap((model, number) => (model.deref() === undefined ? [] : [number]));
  // Rows of the last round may still hold the models that they were drawn with.
  expect(alive.filter((number) => number < models.length - 12)).toEqual([]);
  expect(state.model).toBe(observer.model);
});
