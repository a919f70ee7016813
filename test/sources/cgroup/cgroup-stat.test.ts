import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseCgroupStat } from '../../../src/sources/cgroup/cgroup-stat.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

test('a hybrid host: 0 dying there says nothing about memory, and the memory row is absent', () => {
  expect(parseCgroupStat(textOfLinux618('/sys/fs/cgroup/unified/cgroup.stat'))).toEqual({
    value: {
      descendants: 0,
      dyingDescendants: 0,
      dyingMemory: { unavailable: 'absent', detail: 'cgroup.stat has no row nr_dying_subsys_memory' },
    },
    issues: [],
  });
});

/** Written by hand from Documentation/admin-guide/cgroup-v2.rst: 6.12 and later, and 6.1. */
const BY_HAND_6_12 = 'nr_descendants 55\nnr_subsys_memory 56\nnr_dying_descendants 35\nnr_dying_subsys_memory 34\n';
const BY_HAND_6_1 = 'nr_descendants 55\nnr_dying_descendants 35\n';

test('pure cgroup v2, with and without the row of the memory controller', () => {
  expect(parseCgroupStat(BY_HAND_6_12).value).toEqual({ descendants: 55, dyingDescendants: 35, dyingMemory: 34 });
  expect(parseCgroupStat(BY_HAND_6_1).value).toMatchObject({
    descendants: 55,
    dyingDescendants: 35,
    dyingMemory: { unavailable: 'absent' },
  });
});

test('a torn count is not a smaller count', () => {
  const { value, issues } = parseCgroupStat('nr_descendants 55\nnr_dying_descendants 3');
  expect(value).toMatchObject({ descendants: 55, dyingDescendants: { unavailable: 'malformed' } });
  expect(issues).toMatchObject([{ line: 2 }]);
});

test('nothing of the file is malformed', () => {
  expect(parseCgroupStat('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(BY_HAND_6_12), (text) => {
      const { value, issues } = parseCgroupStat(text);
      return !isMissing(value) || issues.length > 0;
    }),
  );
});
