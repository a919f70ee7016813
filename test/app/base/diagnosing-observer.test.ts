import { expect, test } from 'vitest';
import { diagnosingObserver } from '../../../src/app/base/diagnosing-observer.ts';
import { eventSentence } from '../../../src/format/event-sentence.ts';
import { mergedEvents } from '../../../src/format/merged-events.ts';
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

test('after a drop the endings are one line, with the peak and how long it was', () => {
  const observer = diagnosingObserver();
  const [incident] = observeFixture(captured('incident')).ticks;
  const [healthy] = observeFixture(captured('healthy')).ticks;
  if (incident === undefined || healthy === undefined) throw new Error('no ticks');
  const at = (seconds: number, tick: typeof incident) =>
    observer.take({ ...tick, tick: seconds, instant: { at: seconds * 1000, monotonicSeconds: seconds } });
  for (let second = 1; second <= 3181; second += 60) at(second, incident);
  for (let second = 3241; second < 3400; second += 3) at(second, healthy);
  const events = observer.model?.events ?? [];
  expect(events.filter(({ kind }) => kind === 'finding-over').length).toBeGreaterThan(1);
  const texts = mergedEvents(events).map((event) => eventSentence(event, []).text);
  const overs = texts.filter((text) => text.startsWith('over: '));
  expect(overs).toHaveLength(1);
  expect(overs[0]).toMatch(/^over: dying memory cgroups \(peak 19,896, 54 min\); also .*reading memory\.stat/);
});
