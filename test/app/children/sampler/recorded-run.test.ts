import { expect, test } from 'vitest';
import { encodeAnyRun } from '../../../../src/app/children/sampler/recorded-run.ts';
import { RecordingHost } from '../../../../src/recording/recording-host.ts';
import { ReplayHost } from '../../../../src/recording/replay-host.ts';
import { decodeRun } from '../../../../src/recording/run-codec.ts';
import { kubeletSampler } from '../../../../src/samplers/kubelet.ts';
import { hostOfFiles } from '../../../support/host-of-files.ts';

const STAT =
  '7 (kubelet) S 1 7 7 0 -1 4194560 1 0 0 0 5 6 0 0 20 0 2 0 100 1 1 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n';

const FILES = {
  '/proc/7/stat': STAT,
  '/proc/7/io': 'rchar: 1\n',
  '/proc/7/task/7/stat': STAT,
  '/proc/7/task/7/schedstat': '21265053765 12927565 16\n',
  '/proc/7/task/8/stat': STAT.replace('7 (', '8 ('),
  '/proc/7/task/8/schedstat': 'torn 1',
};

test('of what a thread was scheduled only the number is recorded that is asked for, and the sample is the same', () => {
  const answering = hostOfFiles(FILES);
  const host = new RecordingHost({ ...answering, timedLater: async (path) => answering.timed(path) });
  const sample = kubeletSampler.sample(host, { pid: 7 });
  const instant = { at: 0, monotonicSeconds: 0 };
  const run = { topic: 'kubelet', args: { pid: 7 }, started: instant, ended: instant, cpuSeconds: 0, sample } as const;
  const recorded = decodeRun(encodeAnyRun(run, host.takeReadings()));
  const texts = recorded.readings.map((reading) => ('text' in reading ? reading.text : ''));
  expect(texts).toContain('0 0 16\n');
  expect(texts).toContain('torn 1');
  expect(texts.join('')).not.toContain('21265053765');
  expect(kubeletSampler.sample(new ReplayHost(recorded, '/'), { pid: 7 })).toEqual(sample);
});
