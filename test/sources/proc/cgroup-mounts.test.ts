import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { cgroupMountsOf } from '../../../src/sources/proc/cgroup-mounts.ts';
import { parseMounts } from '../../../src/sources/proc/mounts.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';

function cgroupMountsIn(text: string) {
  const { value } = parseMounts(text);
  if (isMissing(value)) throw new Error(value.detail);
  return cgroupMountsOf(value);
}

const TMPFS = 'tmpfs /sys/fs/cgroup tmpfs rw,mode=755 0 0\n';
const SYSTEMD = 'cgroup /sys/fs/cgroup/systemd cgroup rw,xattr,release_agent=/lib/systemd/agent,name=systemd 0 0\n';
const MEMORY = 'cgroup /sys/fs/cgroup/memory cgroup rw,nosuid,relatime,memory 0 0\n';
const CPU = 'cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0\n';
const UNIFIED = 'cgroup2 /sys/fs/cgroup/unified cgroup2 rw,nsdelegate 0 0\n';
const PURE_V2 = 'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nsdelegate,memory_recursiveprot 0 0\n';

test('the captured 4.4.155 node has v1 only', () => {
  const found = cgroupMountsIn(readFileSync(join(captured('incident'), 'proc/mounts'), 'utf8'));
  expect(found).toMatchObject({ memory: { version: 'v1', path: '/sys/fs/cgroup/memory' }, hybrid: false });
  expect(found).not.toHaveProperty('v2Path');
  expect(found).toMatchObject({
    v1: expect.arrayContaining([{ controllers: ['cpu', 'cpuacct'], path: '/sys/fs/cgroup/cpu,cpuacct' }]),
  });
});

test('a hybrid host has its memory on v1', () => {
  expect(cgroupMountsIn(TMPFS + UNIFIED + SYSTEMD + MEMORY + CPU)).toEqual({
    memory: { version: 'v1', path: '/sys/fs/cgroup/memory' },
    v2Path: '/sys/fs/cgroup/unified',
    hybrid: true,
    v1: [
      { controllers: ['name=systemd'], path: '/sys/fs/cgroup/systemd' },
      { controllers: ['memory'], path: '/sys/fs/cgroup/memory' },
      { controllers: ['cpu', 'cpuacct'], path: '/sys/fs/cgroup/cpu,cpuacct' },
    ],
  });
});

test('v2 alone', () => {
  expect(cgroupMountsIn(PURE_V2)).toEqual({
    memory: { version: 'v2', path: '/sys/fs/cgroup' },
    v2Path: '/sys/fs/cgroup',
    hybrid: false,
    v1: [],
  });
});

test('v1 beside v2 without the memory controller leaves memory to v2', () => {
  expect(cgroupMountsIn(SYSTEMD + CPU + UNIFIED)).toMatchObject({
    memory: { version: 'v2', path: '/sys/fs/cgroup/unified' },
    hybrid: true,
  });
});

test('a second mount of the same hierarchy, inside a container, does not count', () => {
  const second = 'cgroup /var/lib/docker/merged/sys/fs/cgroup/memory cgroup ro,memory 0 0\n';
  expect(cgroupMountsIn(MEMORY + second)).toMatchObject({ memory: { path: '/sys/fs/cgroup/memory' } });
});

test.each([TMPFS, SYSTEMD, 'memory /memory tmpfs rw,memory 0 0\n'])('%j has no memory controller', (text) => {
  expect(cgroupMountsIn(text)).toMatchObject({ unavailable: 'absent' });
});

test('any mount table that can be read has a memory hierarchy, or none', () => {
  fc.assert(
    fc.property(nonsense(TMPFS + UNIFIED + SYSTEMD + MEMORY + CPU + PURE_V2), (text) => {
      const { value } = parseMounts(text);
      if (isMissing(value)) return;
      const found = cgroupMountsOf(value);
      if (isMissing(found)) expect(found.unavailable).toBe('absent');
      else expect(value.map(({ path }) => path)).toContain(found.memory.path);
    }),
  );
});
