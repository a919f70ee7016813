import { expect, test } from 'vitest';
import { type Job, type SlowTopic, samplers, slowSamplers } from '../../src/samplers/registry.ts';
import { TURN } from '../../src/samplers/steps.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

const MEMORY = { version: 'v1', path: '/m' } as const;

const folders = ['', '/a', '/a/b', '/a/c', ...Array.from({ length: 300 }, (_, n) => `/d${n}`)];
const host = hostOfFiles({
  '/proc/slabinfo': 'slabinfo - version: 2.1\n',
  ...Object.fromEntries(
    folders.flatMap((path) => [
      [`/m${path}/memory.stat`, `cache ${path.length}\ntotal_cache ${path.length}\n`],
      [`/m${path}/memory.kmem.usage_in_bytes`, '4096\n'],
    ]),
  ),
});

const jobs: readonly Job<SlowTopic>[] = [
  { topic: 'slabinfo', args: { pageBytes: 4096 } },
  { topic: 'walk', args: { memory: MEMORY } },
  {
    topic: 'statReads',
    args: {
      memory: MEMORY,
      asked: false,
      targets: [
        { path: '/a', file: 'memory.stat' },
        { path: '/gone', file: 'memory.stat' },
      ],
    },
  },
  { topic: 'kinds', args: { memory: MEMORY, parents: ['/a', '/'] } },
];

test.each(jobs)('$topic brings the same sample whether its reads are waited for or handed out', (job) => {
  expect(handedOut(job)).toEqual(samplers[job.topic].sample(host, job.args as never));
});

test('a walk of many cgroups leaves others their turn', () => {
  const steps = slowSamplers.walk.steps(host, { memory: MEMORY });
  let turns = 0;
  for (let next = steps.next(); next.done !== true; next = steps.next()) turns += next.value === TURN ? 1 : 0;
  expect(turns).toBe(Math.floor(folders.length / 100));
});

function handedOut<T extends SlowTopic>(job: Job<T>) {
  const steps = slowSamplers[job.topic].steps(host, job.args);
  let next = steps.next();
  while (next.done !== true) next = steps.next(next.value === TURN ? undefined : host.timed(next.value.timed));
  return next.value;
}
