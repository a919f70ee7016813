import { expect, test } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { draw } from '../../src/views/draw.ts';
import { hostOfFiles } from '../support/host-of-files.ts';
import { observeHost } from '../support/observe.ts';
import { frameText, screenOf } from '../support/screen-state.ts';

/** A node of two CPUs of which the hypervisor takes so much of each second, in ticks of a hundredth. */
function nodeWithSteal(stealTicks: number): Host {
  let seconds = 0;
  const row = (name: string, cpus: number) =>
    `${name} ${50 * seconds * cpus} 0 0 ${(50 - stealTicks) * seconds * cpus} 0 0 0 ${stealTicks * seconds * cpus} 0 0\n`;
  const at = () => hostOfFiles({ '/proc/stat': `${row('cpu', 2)}${row('cpu0', 1)}${row('cpu1', 1)}` });
  return {
    ...at(),
    clock: { now: () => 1_700_000_000_000 + seconds * 1000, monotonic: () => 1000 + seconds },
    atTick: (tick) => {
      seconds = tick * 10;
    },
    read: (path) => at().read(path),
  };
}

function seen(stealTicks: number) {
  const { model, observer } = observeHost(nodeWithSteal(stealTicks), 3);
  return {
    model,
    screen: frameText(draw(screenOf({ model, history: observer.history }, { size: { columns: 240, rows: 60 } }))),
  };
}

test('time that the hypervisor took is told, and is a part of what was busy', () => {
  const { model, screen } = seen(20);
  expect(model.node.stealPct).toBeCloseTo(20);
  expect(model.node.busyPct).toBeCloseTo(70);
  expect(screen).toMatch(/steal +20\.0 %/);
});

test('where none is taken nothing is said of it on the screen', () => {
  const { model, screen } = seen(0);
  expect(model.node.stealPct).toBe(0);
  expect(screen).not.toContain('steal');
});
