import { expect, test } from 'vitest';
import { missingOfErrno } from '../../src/core/reading.ts';
import type { Host } from '../../src/host/host.ts';
import { descriptorsSampler } from '../../src/samplers/descriptors.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

const ROOT = '/sys/fs/cgroup/memory/memory.stat';
const LEAKED = '/sys/fs/cgroup/memory/memory.numa_stat';

function host(info: Readonly<Record<string, string>>): Host {
  const links = `0 /dev/null\n7 ${ROOT}\n9 ${LEAKED}\n11 socket:[3]`;
  return { ...hostOfFiles(info), links: (path) => ({ question: 'links', path, text: links }) };
}

test('a memory file with its position: 0 is a first read that is not back, past it the file was read', () => {
  const info = { '/proc/42/fdinfo/7': 'pos:\t0\nflags:\t0100000\n', '/proc/42/fdinfo/9': 'pos:\t4096\n' };
  expect(descriptorsSampler.sample(host(info), { pids: [42] }).holders).toEqual([
    {
      pid: 42,
      files: [
        { file: ROOT, positionBytes: 0 },
        { file: LEAKED, positionBytes: 4096 },
      ],
    },
  ]);
});

test('a position that cannot be had is unknown, and takes nothing else with it', () => {
  const [holder] = descriptorsSampler.sample(host({ '/proc/42/fdinfo/9': 'pos:\t1\n' }), { pids: [42] }).holders;
  expect(holder?.files).toMatchObject([
    { file: ROOT, positionBytes: { unavailable: 'gone' } },
    { file: LEAKED, positionBytes: 1 },
  ]);
});

test('without root nothing is seen', () => {
  const denied: Host = { ...host({}), links: (path) => ({ question: 'links', path, errno: 'EACCES' }) };
  const [holder] = descriptorsSampler.sample(denied, { pids: [42] }).holders;
  expect(holder?.files).toEqual(missingOfErrno('EACCES', '/proc/42/fd'));
});
