import { expect, test } from 'vitest';
import { incidentWatch } from '../../../src/app/screen/incident-watch.ts';
import type { Severity } from '../../../src/core/severity.ts';

/** The ticks, two seconds apart, at which a bundle is due. */
function dueAt(
  verdicts: readonly Severity[],
  on: 'critical' | 'warning' = 'critical',
  snapshotCooldownSeconds = 60,
): number[] {
  const watch = incidentWatch({ snapshotOn: on, snapshotCooldownSeconds });
  if (watch === undefined) throw new Error('no watch');
  return verdicts.flatMap((verdict, tick) => (watch.take(verdict, tick * 2) ? [tick] : []));
}

const times = (count: number, verdict: Severity): Severity[] => new Array(count).fill(verdict);

test('nothing is watched unless it is asked for', () => {
  expect(incidentWatch({})).toBeUndefined();
});

test('an incident is kept once, when it has lasted for three samples', () => {
  expect(dueAt([...times(5, 'ok'), ...times(200, 'critical')])).toEqual([7]);
});

test('one bad sample is no incident', () => {
  expect(dueAt([...times(3, 'ok'), ...times(2, 'critical'), ...times(3, 'ok'), 'critical', 'ok'])).toEqual([]);
});

test('one good sample does not end an incident', () => {
  expect(dueAt([...times(40, 'critical'), 'ok', ...times(40, 'critical')])).toEqual([2]);
});

test('the next incident is kept, but not within the cool-down', () => {
  const again = [...times(3, 'critical'), ...times(3, 'ok'), ...times(60, 'critical')];
  expect(dueAt(again)).toEqual([2, 32]);
  expect(dueAt(again, 'critical', 4)).toEqual([2, 8]);
});

test('a warning is an incident only where warnings are asked for', () => {
  expect(dueAt(times(9, 'warning'))).toEqual([]);
  expect(dueAt(times(9, 'warning'), 'warning')).toEqual([2]);
  expect(dueAt(times(9, 'critical'), 'warning')).toEqual([2]);
});

test('an unknown verdict neither begins nor ends anything', () => {
  expect(dueAt(['critical', 'unknown', 'critical', 'unknown', 'critical'])).toEqual([4]);
  expect(dueAt([...times(3, 'critical'), ...times(9, 'unknown'), ...times(40, 'critical')])).toEqual([2]);
});
