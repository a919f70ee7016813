import { beforeAll, describe, expect, test } from 'vitest';
import type { Severity } from '../../src/core/severity.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { severityOfRule } from '../../src/diagnosis/rules/rules.ts';
import { SEVERITY_STYLE } from '../../src/format/severity.ts';
import { type Ink, plain, type StyledLine } from '../../src/format/styled.ts';
import { History } from '../../src/model/history.ts';
import type { Model } from '../../src/model/model.ts';
import {
  heldOpenSeverity,
  readSeverity,
  secondsSeverity,
  severityFrom,
  slabSeverity,
  systemSeverity,
} from '../../src/model/threshold-severity.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../src/model/thresholds.ts';
import { draw } from '../../src/views/draw.ts';
import { initialState } from '../../src/views/state.ts';
import { update } from '../../src/views/update.ts';
import { aNode, aRead, dying, withKubelet, withReads } from '../diagnosis/a-node.ts';
import { modelMessage, press } from '../support/screen-state.ts';

const T = DEFAULT_THRESHOLDS;

/** Right below a threshold, and on it. */
const sides = (threshold: number): readonly [number, number] => [threshold * 0.999, threshold];

describe('a severity on both sides of each of its thresholds', () => {
  test.each<[string, (value: number) => Severity, number, Severity, Severity]>([
    ['a time, warning', (value) => secondsSeverity(value, T), T.readWarningSeconds, 'ok', 'warning'],
    ['a time, critical', (value) => secondsSeverity(value, T), T.readCriticalSeconds, 'warning', 'critical'],
    ['a read, warning', (value) => readSeverity(9, value, T), T.readWarningSeconds, 'info', 'warning'],
    ['a read, critical', (value) => readSeverity(9, value, T), T.readCriticalSeconds, 'warning', 'critical'],
    ['a wait', (value) => readSeverity(value, 0.01, T), T.readCriticalSeconds, 'ok', 'info'],
    ['system time, warning', (value) => systemSeverity(value, T), T.kubeletSystemPct, 'ok', 'warning'],
    ['system time, critical', (value) => systemSeverity(value, T), T.kubeletSystemCriticalPct, 'warning', 'critical'],
    ['held open, warning', (value) => heldOpenSeverity(value, T), T.heldOpenWarningPct, 'ok', 'warning'],
    ['held open, critical', (value) => heldOpenSeverity(value, T), T.heldOpenCriticalPct, 'warning', 'critical'],
    ['slab', (value) => slabSeverity(value, withMemory(64 * 1024 ** 3), T), T.slabBytes, 'ok', 'warning'],
    ['slab of a small node', (value) => slabSeverity(value, withMemory(1024 ** 3), T), 1024 ** 3 / 10, 'ok', 'warning'],
    ['dying below one', (value) => severityFrom(value, T.dyingWarning), T.dyingWarning, 'ok', 'warning'],
  ])('%s', (_, severity, threshold, below, on) => {
    expect(sides(threshold).map(severity)).toEqual([below, on]);
  });
});

function withMemory(memoryTotalBytes: number): Model {
  return aNode((model) => ({ ...model, node: { ...model.node, memoryTotalBytes } }));
}

/** The inks of the runs that have this text, in a pane drawn with these thresholds. */
function inksOf(model: Model, text: string, thresholds: Thresholds = T, pane = '1'): (Ink | undefined)[] {
  const lines = draw(press(screen(model, thresholds), pane).state).lines;
  const inks = lines.flatMap((line: StyledLine) => line.filter((run) => run.text.trim() === text));
  if (inks.length === 0) throw new Error(`"${text}" is not in:\n${lines.map(plain).join('\n')}`);
  return [...new Set(inks.map(({ style }) => style.ink))];
}

function screen(model: Model, thresholds: Thresholds) {
  const size = { columns: 160, rows: 45 };
  const theme = { unicode: true, colour: true, graph: 'braille' } as const;
  const options = { size, theme, intervalSeconds: 2, dropping: { kind: 'allowed' }, origin: 'fixture' } as const;
  return update(initialState(options), modelMessage(model, new History(), thresholds)).state;
}

describe('the screen paints a number as it is judged', () => {
  let sick: Model;

  beforeAll(() => {
    sick = withReads(aRead(2))(dying(6000)(aNode()));
  });

  test.each([999, 1000, 4999, 5000, 9999, 10_000])('%s dying have the colour of the rule', (count) => {
    for (const seconds of [0.02, 2]) {
      const model = withReads(aRead(seconds))(dying(count)(aNode()));
      const { findings } = diagnose(model, new History(), T);
      const severity = severityOfRule(findings, 'dying-cgroups');
      const ink = severity === 'ok' ? undefined : SEVERITY_STYLE[severity].ink;
      expect(inksOf(model, count.toLocaleString('en-US'), T, '3')).toEqual([SEVERITY_STYLE[severity].ink]);
      expect(inksOf(model, `= 186 live + ${count.toLocaleString('en-US')} dying`)).toEqual([ink]);
    }
  });

  test('5,000 dying and a slow read are critical and red, not yellow', () => {
    expect(inksOf(dying(5000)(sick), '5,000', T, '3')).toEqual(['red']);
  });

  test.each([
    [19.9, undefined],
    [20, 'yellow'],
    [49.9, 'yellow'],
    [50, 'red'],
  ])('kubelet at %s %% in the kernel', (systemPct, ink) => {
    const model = withKubelet({ systemPct, cpuPct: 61.5, userPct: 1 })(aNode());
    expect(inksOf(model, `${systemPct.toFixed(1)} %`)).toEqual([ink]);
    expect(inksOf(model, '61.5 %')).toEqual([ink]);
  });

  test('a read that only waits for a CPU is not painted as a slow one', () => {
    const model = withReads(aRead(0.02, { wallSeconds: 3 }))(aNode());
    expect(inksOf(model, '3.00 s')).toEqual(['cyan']);
    expect(inksOf(withReads(aRead(3.01, { wallSeconds: 3 }))(aNode()), '3.00 s')).toEqual(['red']);
  });

  test('configured thresholds reach every colour', () => {
    const patient = { ...T, readWarningSeconds: 10, readCriticalSeconds: 20, dyingWarning: 7000, dyingCritical: 9000 };
    expect(inksOf(sick, '2.00 s', patient)).toEqual([undefined]);
    expect(inksOf(sick, '6,000', patient, '3')).toEqual(['green']);
    const kubelet = withKubelet({ systemPct: 90, cpuPct: 95 })(aNode());
    expect(inksOf(kubelet, '90.0 %', { ...T, kubeletSystemPct: 92, kubeletSystemCriticalPct: 96 })).toEqual([
      undefined,
    ]);
    const name = 'dentry';
    const cacheOf = (model: Model, limits: Thresholds) => {
      const line = draw(press(screen(model, limits), '2').state).lines.find((each) =>
        plain(each).includes(` ${name} `),
      );
      return line?.some(({ style }) => style.ink === 'yellow');
    };
    expect(cacheOf(sick, T)).toBe(false);
    expect(cacheOf(sick, { ...T, cacheBytes: 1000 })).toBe(true);
  });

  test('a paused screen keeps the diagnosis of its moment', () => {
    const { state } = press(screen(sick, T), 'space');
    const later = update(state, modelMessage(aNode(), new History())).state;
    expect(plain(draw(later).lines[1] ?? [])).toContain('CRITICAL');
    expect(plain(draw(press(later, 'space').state).lines[1] ?? [])).not.toContain('CRITICAL');
  });
});
