import { expect, test } from 'vitest';
import { diagnosingObserver } from '../../../src/app/base/diagnosing-observer.ts';
import { captured } from '../../support/captures.ts';
import { observeFixture } from '../../support/observe.ts';

test('what is found is an event once, and over only after it was calm for a while', () => {
  const observer = diagnosingObserver();
  const kinds = () => observer.model?.events.flatMap((event) => ('id' in event ? [`${event.kind} ${event.id}`] : []));
  const [incident] = observeFixture(captured('incident')).ticks;
  const [healthy] = observeFixture(captured('healthy')).ticks;
  if (incident === undefined || healthy === undefined) throw new Error('no ticks');
  const at = (seconds: number, tick: typeof incident) =>
    observer.take({ ...tick, tick: seconds, instant: { at: seconds * 1000, monotonicSeconds: seconds } });
  at(1, incident);
  const begun = kinds();
  expect(begun).toContain('finding dying-cgroups');
  expect(begun).toContain('finding slow-memory-stat');
  at(2, incident);
  expect(kinds()).toEqual(begun);
  for (let second = 3; second < 33; second += 3) at(second, healthy);
  expect(kinds()).toEqual(begun);
  at(33, healthy);
  expect(kinds()).toContain('finding-over dying-cgroups');
  at(34, incident);
  expect(kinds()?.filter((each) => each === 'finding dying-cgroups')).toHaveLength(2);
});
