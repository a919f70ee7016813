import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { diagnosed } from '../../../src/app/base/diagnosed.ts';
import { Player } from '../../../src/app/replay/player.ts';
import { LookBack } from '../../../src/app/screen/look-back.ts';
import type { Instant } from '../../../src/core/clock.ts';
import { isMissing, type Maybe } from '../../../src/core/missing.ts';
import { History } from '../../../src/model/history.ts';
import type { Model } from '../../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { openRecording } from '../../../src/recording/stored-recording.ts';

const DEMO = fileURLToPath(new URL('../../../src/app/screen/demo/incident.slabrec', import.meta.url));
const recording = known(openRecording(DEMO));

afterAll(() => recording.close());

function known<T>(value: Maybe<T>): T {
  if (isMissing(value)) throw new Error(value.detail ?? value.unavailable);
  return value;
}

/** What is told while one looks: models, or the reason where there is none. */
function looking() {
  const told: Model[] = [];
  const reasons: string[] = [];
  const lookBack = new LookBack(recording, () => DEFAULT_THRESHOLDS, {
    onMoment: (moment) => {
      told.push(moment.model);
      // What it means is of that moment too.
      expect(moment.diagnosis).toBe(diagnosed(moment.model, new History(), DEFAULT_THRESHOLDS));
    },
    onMissing: ({ detail }) => reasons.push(detail ?? ''),
  });
  return { lookBack, told, reasons };
}

/** The instants of a stretch of frames, in their order. */
function instants(count: number): Instant[] {
  const player = new Player(recording, 'demo');
  known(player.jump(Date.parse('2026-11-23T12:40:00Z')));
  return Array.from({ length: count }, () => known(player.next()).instant);
}

test('steps go frame by frame, and each is shown before anything waits', () => {
  const { lookBack, told } = looking();
  const [first, second, third] = instants(3) as [Instant, Instant, Instant];
  lookBack.look(third, { steps: -1 });
  lookBack.look(second, { steps: -1 });
  lookBack.look(first, { steps: 1 });
  lookBack.look(second, { steps: 1 });
  expect(told.map(({ instant }) => instant)).toEqual([second, first, second, third]);
  lookBack.leave();
});

test('what takes reading all frames before comes later: growth, as playing has it', async () => {
  const { lookBack, told } = looking();
  const [, at, after] = instants(3) as [Instant, Instant, Instant];
  lookBack.look(after, { steps: -1 });
  expect(isMissing(told[0]?.memcg.growthPerSecond ?? 0)).toBe(true);
  await vi.waitFor(() => expect(told).toHaveLength(2), 120_000);
  expect(told[1]?.instant).toEqual(at);
  expect(told[1]?.memcg.growthPerSecond).toEqual(expect.any(Number));
  expect(told[1]?.memcg.total).toBe(told[0]?.memcg.total);
});

test('a step forward while that is read does not wait for it', async () => {
  const { lookBack, told } = looking();
  const [, at, after] = instants(3) as [Instant, Instant, Instant];
  lookBack.look(after, { steps: -1 });
  lookBack.look(at, { steps: 1 });
  expect(told.map(({ instant }) => instant)).toEqual([at, after]);
  await vi.waitFor(() => expect(told).toHaveLength(3), 120_000);
  expect(told[2]?.instant).toEqual(after);
});

test('both ends of what is in memory are told, and after leaving nothing more is', async () => {
  const { lookBack, told, reasons } = looking();
  const player = new Player(recording, 'demo');
  lookBack.look(known(player.last()), { steps: 1 });
  expect(reasons).toEqual(['the end of the recording']);
  lookBack.look(known(player.first()), { steps: -1 });
  expect(reasons).toEqual(['the end of the recording', 'the beginning of the recording']);
  lookBack.look(known(player.last()), { seconds: -60 });
  expect(told).toHaveLength(1);
  lookBack.leave();
  await new Promise((settle) => setTimeout(settle, 200));
  expect(told).toHaveLength(1);
});
