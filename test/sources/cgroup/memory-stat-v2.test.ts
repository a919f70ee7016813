import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseMemoryStatV2 } from '../../../src/sources/cgroup/memory-stat-v2.ts';
import { nonsense } from '../../support/nonsense.ts';

/** Written by hand: names and order of a 6.12 kernel from Documentation/admin-guide/cgroup-v2.rst, numbers invented. */
const BY_HAND_6_12 = `anon 6426624
file 44593152
kernel 5869568
kernel_stack 81920
pagetables 258048
sec_pagetables 0
percpu 7104
sock 0
vmalloc 0
shmem 4096
zswap 0
file_mapped 9224192
file_dirty 12288
file_writeback 0
swapcached 0
anon_thp 0
inactive_anon 6418432
active_anon 4096
inactive_file 20480000
active_file 24109056
unevictable 0
slab_reclaimable 5240000
slab_unreclaimable 230000
slab 5470000
workingset_refault_anon 0
pgfault 17003
`;

/** Written by hand: the rows that 4.19 prints, numbers invented. */
const BY_HAND_4_19 = `anon 6426624
file 44593152
kernel_stack 81920
slab 5470000
sock 0
shmem 4096
file_mapped 9224192
file_dirty 12288
file_writeback 0
inactive_anon 6418432
active_anon 4096
inactive_file 20480000
active_file 24109056
unevictable 0
slab_reclaimable 5240000
slab_unreclaimable 230000
pgfault 17003
`;

test('every row by its name', () => {
  expect(parseMemoryStatV2(BY_HAND_6_12)).toEqual({
    value: {
      anonBytes: 6426624,
      fileBytes: 44593152,
      kernelBytes: 5869568,
      percpuBytes: 7104,
      shmemBytes: 4096,
      fileDirtyBytes: 12288,
      fileWritebackBytes: 0,
      inactiveAnonBytes: 6418432,
      activeAnonBytes: 4096,
      inactiveFileBytes: 20480000,
      activeFileBytes: 24109056,
      slabBytes: 5470000,
    },
    issues: [],
  });
});

test('rows that an older kernel lacks are absent', () => {
  const { value, issues } = parseMemoryStatV2(BY_HAND_4_19);
  expect(issues).toEqual([]);
  expect(value).toMatchObject({
    slabBytes: 5470000,
    kernelBytes: { unavailable: 'absent', detail: 'memory.stat has no row kernel' },
    percpuBytes: { unavailable: 'absent' },
  });
});

test('the text of cgroup v1 is not taken for v2 rows that it does not have', () => {
  const { value } = parseMemoryStatV2('cache 4096\nrss 0\nshmem 0\n');
  expect(value).toMatchObject({ shmemBytes: 0, anonBytes: { unavailable: 'absent' } });
});

test('nothing of the file is malformed', () => {
  expect(parseMemoryStatV2('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(BY_HAND_6_12), (text) => {
      const { value, issues } = parseMemoryStatV2(text);
      return !isMissing(value) || issues.length > 0;
    }),
  );
});
