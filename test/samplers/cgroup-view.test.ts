import { expect, test } from 'vitest';
import { NOT_RECORDED } from '../../src/core/reading.ts';
import { cgroupView } from '../../src/samplers/cgroup-view.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

const V1 = { version: 'v1', path: '/sys/fs/cgroup/memory' } as const;
const V2 = { version: 'v2', path: '/sys/fs/cgroup' } as const;
const mountinfo = (root: string, { version, path }: typeof V1 | typeof V2) =>
  `35 31 0:32 ${root} ${path} rw,relatime - ${version === 'v1' ? 'cgroup' : 'cgroup2'} cgroup rw\n`;

test('the root of a v1 hierarchy alone has release_agent', () => {
  const everywhere = { '/sys/fs/cgroup/memory/notify_on_release': '0\n' };
  const root = { ...everywhere, '/sys/fs/cgroup/memory/release_agent': '\n' };
  expect(cgroupView(hostOfFiles(root), V1)).toBe('whole');
  expect(cgroupView(hostOfFiles(everywhere), V1)).toBe('part');
});

test('every v2 cgroup but the root has cgroup.events', () => {
  expect(cgroupView(hostOfFiles({ '/sys/fs/cgroup/cgroup.procs': '1\n' }), V2)).toBe('whole');
  expect(cgroupView(hostOfFiles({ '/sys/fs/cgroup/cgroup.events': 'populated 1\n' }), V2)).toBe('part');
});

test('mountinfo names the part, whatever files there are; in a namespace it says nothing', () => {
  const nested = { '/proc/1/mountinfo': mountinfo('/docker/23e606', V1) };
  expect(cgroupView(hostOfFiles(nested), V1)).toBe('part');
  const ownNamespace = { '/proc/1/mountinfo': mountinfo('/', V2), '/sys/fs/cgroup/cgroup.events': 'populated 1\n' };
  expect(cgroupView(hostOfFiles(ownNamespace), V2)).toBe('part');
  const nodeSeenFromContainer = {
    '/proc/1/mountinfo': mountinfo('/../../..', V1),
    '/sys/fs/cgroup/memory/release_agent': '\n',
  };
  expect(cgroupView(hostOfFiles(nodeSeenFromContainer), V1)).toBe('whole');
});

test('a capture without these files, a recording of before, a refused file: not told', () => {
  expect(cgroupView(hostOfFiles({}), V1)).toMatchObject({ unavailable: 'absent' });
  for (const memory of [V1, V2]) {
    expect(cgroupView(hostOfFiles({}, NOT_RECORDED), memory)).toMatchObject({ unavailable: 'absent' });
    expect(cgroupView(hostOfFiles({}, 'EACCES'), memory)).toMatchObject({ unavailable: 'denied' });
  }
});
