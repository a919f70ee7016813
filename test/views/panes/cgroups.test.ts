import { beforeAll, describe, expect, test } from 'vitest';
import { draw } from '../../../src/views/draw.ts';
import { frameText, observedMoment, press, screenOf } from '../../support/screen-state.ts';

let incident: ReturnType<typeof observedMoment>;
let healthy: ReturnType<typeof observedMoment>;

beforeAll(() => {
  incident = observedMoment('incident');
  healthy = observedMoment('healthy');
});

const rowsAt = (moment: typeof incident, columns: number, rows: number, ...keys: string[]) =>
  frameText(draw(press(screenOf(moment, { size: { columns, rows } }), '3', ...keys).state)).split('\n');

describe('Cgroups opens with the sickness on top', () => {
  test.each([
    [160, 45],
    [80, 24],
    [60, 15],
  ])('the parent below which the dying hold most is the first row at %ix%i', (columns, rows) => {
    const lines = rowsAt(incident, columns, rows);
    const head = lines.findIndex((line) => line.startsWith(' CGROUP'));
    expect(lines[head + 1]).toMatch(/\/kubepods\/burst\w* .* 624 MiB/);
  });

  test('at 80 columns pod and held stay, usage goes', () => {
    const head = rowsAt(incident, 80, 24).find((line) => line.startsWith(' CGROUP'));
    expect(head).toMatch(/POD.*HELD KMEM/);
    expect(head).not.toContain('USAGE');
  });

  test('T is the tree, and a healthy node opens with it', () => {
    expect(rowsAt(incident, 80, 24, 'T').some((line) => line.startsWith('>- /  '))).toBe(true);
    expect(rowsAt(healthy, 80, 24).some((line) => line.startsWith('>- /  '))).toBe(true);
  });
});

describe('Enter leads to what a row is about', () => {
  test('a slow read to its cgroup', () => {
    const { state } = press(screenOf(incident), 'down', 'down', 'enter');
    expect(state.pane).toBe('cgroups');
    const lines = frameText(draw(state)).split('\n');
    const head = lines.findIndex((line) => line.startsWith(' CGROUP'));
    expect(lines[head + 1 + (state.tables.cgroups.cursor ?? 0)]).toMatch(/^>\/kubepods /);
  });
});

describe('keys', () => {
  test('a key that means nothing says so, and where the keys are', () => {
    const { state } = press(screenOf(incident), 'x');
    expect(state.notice?.text).toBe('x does nothing here; ? shows the keys');
  });

  test('Esc leaves the page of strace, then the pane', () => {
    const trace = press(screenOf(incident), '4', 'v').state;
    expect(trace.pane).toBe('trace');
    expect(press(trace, 'escape').state.pane).toBe('kubelet');
    expect(press(trace, 'escape', 'escape').state.pane).toBe('overview');
  });
});

test('pods without a process are counted where a rule speaks of them', () => {
  const { model, history } = healthy;
  const pods = { ...model.pods, cgroups: 1200, withoutProcess: 1160, leftover: 0 };
  const frame = (some: typeof pods) =>
    frameText(draw(press(screenOf({ model: { ...model, pods: some }, history }), '3').state));
  expect(frame(pods)).toContain('1,160 of 1,200 pods have no process');
  expect(frame({ ...pods, withoutProcess: 3 })).not.toContain('have no process');
});

test('without colour the cursor and the sorted column have marks', () => {
  const theme = { unicode: true, colour: false, graph: 'braille' } as const;
  const text = frameText(draw(press(screenOf(incident, { theme }), '3').state));
  expect(text).toMatch(/HELD KMEM\*/);
  expect(text).toMatch(/^>\/kubepods\/burstable/m);
});
