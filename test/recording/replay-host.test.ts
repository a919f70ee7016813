import { expect, test } from 'vitest';
import { QUESTIONS, textOf } from '../../src/core/reading.ts';
import { openLiveHost } from '../../src/host/live-host.ts';
import { RecordingHost } from '../../src/recording/recording-host.ts';
import { ReplayHost } from '../../src/recording/replay-host.ts';
import { captured } from '../support/captures.ts';

const STARTED = { at: 1_790_000_000_000, monotonicSeconds: 12.5 };

test('what a host answered, a replay answers again', () => {
  const host = new RecordingHost(openLiveHost(captured('incident')));
  const paths = ['/proc/meminfo', '/proc', '/sys/fs/cgroup/memory', '/proc/none'];
  const answered = paths.flatMap((path) => QUESTIONS.map((question) => host[question](path)));
  const readings = host.takeReadings();
  expect(readings).toEqual(answered);
  expect(host.takeReadings()).toEqual([]);
  const replay = new ReplayHost({ readings, started: STARTED }, 'incident.rec');
  expect(paths.flatMap((path) => QUESTIONS.map((question) => replay[question](path)))).toEqual(answered);
  expect(replay.origin).toEqual({ kind: 'replay', root: 'incident.rec' });
  expect(host.origin.kind).toBe('live');
});

test('a question asked twice is answered in order, and then with the last', () => {
  const readings = ['1', '2'].map((text) => ({ question: 'read' as const, path: '/proc/cgroups', text }));
  const replay = new ReplayHost({ readings, started: STARTED }, 'f');
  expect([1, 2, 3].map(() => textOf(replay.read('/proc/cgroups')))).toEqual(['1', '2', '2']);
});

test('what was not asked when it was recorded is absent, and says so', () => {
  const replay = new ReplayHost({ readings: [], started: STARTED }, 'f');
  expect(textOf(replay.read('/proc/meminfo'))).toEqual({
    unavailable: 'absent',
    detail: '/proc/meminfo: not in this recording',
  });
});

test('its clock stands where the run began', () => {
  const { clock } = new ReplayHost({ readings: [], started: STARTED }, 'f');
  expect({ at: clock.now(), monotonicSeconds: clock.monotonic() }).toEqual(STARTED);
});
