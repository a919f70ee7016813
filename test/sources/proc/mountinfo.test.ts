import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseMountinfo } from '../../../src/sources/proc/mountinfo.ts';
import { nonsense } from '../../support/nonsense.ts';

test('a container, a namespace below the mount, and propagation fields before the dash', () => {
  const { value, issues } = parseMountinfo(
    '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n' +
      '510 500 0:35 /docker/23e6 /sys/fs/cgroup/a\\040b ro,relatime shared:7 master:12 - cgroup cgroup rw,memory\n' +
      '41 31 0:38 /../.. /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n',
  );
  expect(issues).toEqual([]);
  expect(value).toEqual([
    { path: '/sys/fs/cgroup/memory', fsType: 'cgroup', root: '/' },
    { path: '/sys/fs/cgroup/a b', fsType: 'cgroup', root: '/docker/23e6' },
    { path: '/sys/fs/cgroup/unified', fsType: 'cgroup2', root: '/../..' },
  ]);
});

test('a torn line is an issue, and the others are kept', () => {
  const { value, issues } = parseMountinfo('1 0 0:1 / / rw - ext4 /dev/sda rw\n35 31 0:32 / /sys/fs/cg');
  expect(value).toEqual([{ path: '/', fsType: 'ext4', root: '/' }]);
  expect(issues).toHaveLength(1);
});

test('a file of another form is malformed', () => {
  for (const text of ['', 'rootfs / rootfs rw 0 0\n', 'a b c d e f\n']) {
    expect(parseMountinfo(text).value, text).toMatchObject({ unavailable: 'malformed' });
  }
});

test('any text: no throw', () => {
  fc.assert(
    fc.property(nonsense('35 31 0:32 / /sys rw - cgroup cgroup rw\n'), (text) => {
      const { value } = parseMountinfo(text);
      if (!isMissing(value)) for (const { path } of value) expect(path.startsWith('/')).toBe(true);
    }),
  );
});
