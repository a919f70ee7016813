import { expect, test } from 'vitest';
import { walkSampler } from '../../src/samplers/walk.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

const V1 = '/sys/fs/cgroup/memory';
const POD = '/kubepods/burstable/pod8ac829e3-bb83-38d7-4cfb-45ebe834d8e1';
const CONTAINER = `${POD}/${'a'.repeat(64)}`;

/** What the walk says of the pod, and how many files it read for it beyond those of every cgroup. */
function populated(files: Readonly<Record<string, string>>, version: 'v1' | 'v2' = 'v1', path = V1) {
  const host = hostOfFiles(files);
  const asked: string[] = [];
  const read = (file: string) => {
    asked.push(file);
    return host.read(file);
  };
  const { rows } = walkSampler.sample({ ...host, read }, { memory: { version, path } });
  const row = rows.find((each) => each.path === POD);
  const lists = asked.filter((file) => file.includes(POD) && /cgroup\.(?:procs|events)$/.test(file));
  return { populated: row?.populated, others: rows.filter((each) => each !== row && 'populated' in each), lists };
}

test('v1: a pod that runs costs the list of its first container', () => {
  const seen = populated({
    [`${V1}${POD}/cgroup.procs`]: '',
    [`${V1}${CONTAINER}/cgroup.procs`]: '1700\n',
    [`${V1}${POD}/${'b'.repeat(64)}/cgroup.procs`]: '1701\n',
  });
  expect(seen).toMatchObject({ populated: true, others: [] });
  expect(seen.lists).toHaveLength(2);
});

test('v1: without a process in it and below it, also in what a container made itself', () => {
  const empty = { [`${V1}${POD}/cgroup.procs`]: '', [`${V1}${CONTAINER}/cgroup.procs`]: '' };
  expect(populated(empty).populated).toBe(false);
  expect(populated({ [`${V1}${POD}/cgroup.procs`]: '' })).toMatchObject({ populated: false, lists: { length: 1 } });
  expect(populated({ ...empty, [`${V1}${CONTAINER}/init.scope/cgroup.procs`]: '1\n' }).populated).toBe(true);
});

test('v2: one file says it', () => {
  const root = '/sys/fs/cgroup';
  const events = (text: string) => populated({ [`${root}${POD}/cgroup.events`]: text }, 'v2', root).populated;
  expect(events('populated 0\nfrozen 0\n')).toBe(false);
  expect(events('populated 1\nfrozen 0\n')).toBe(true);
  expect(events('frozen 0\n')).toMatchObject({ unavailable: 'absent' });
});

test('a list that cannot be read is no empty one', () => {
  expect(populated({ [`${V1}${CONTAINER}/memory.usage_in_bytes`]: '0\n' }).populated).toMatchObject({
    unavailable: 'gone',
  });
});
