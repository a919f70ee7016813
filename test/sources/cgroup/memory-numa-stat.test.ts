import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseMemoryNumaStat } from '../../../src/sources/cgroup/memory-numa-stat.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

const REAL = textOfLinux618('/sys/fs/cgroup/memory/memory.numa_stat');

test('the root of a 6.18 kernel', () => {
  const { value, issues } = parseMemoryNumaStat(REAL);
  expect(issues).toEqual([]);
  expect(value).toMatchObject({
    local: { total: { pages: 5130, pagesOfNode: new Map([[0, 5130]]) }, unevictable: { pages: 4697 } },
    hierarchical: { total: { pages: 66164 }, file: { pages: 58549, pagesOfNode: new Map([[0, 58549]]) } },
  });
});

test('two nodes, and an old kernel without the hierarchical half', () => {
  const { value } = parseMemoryNumaStat(
    'total=30 N0=10 N1=20\nfile=7 N0=3 N1=4\nanon=0 N0=0 N1=0\nunevictable=0 N0=0 N1=0\n',
  );
  expect(value).toMatchObject({
    local: {
      total: {
        pages: 30,
        pagesOfNode: new Map([
          [0, 10],
          [1, 20],
        ]),
      },
      anon: { pages: 0 },
    },
    hierarchical: { total: { unavailable: 'absent', detail: 'memory.numa_stat has no row hierarchical_total' } },
  });
});

test('a torn last row and a row with a bad node are issues, the others stay', () => {
  const { value, issues } = parseMemoryNumaStat('total=30 N0=30\nfile=7 Nx=7\nanon=1 N0=');
  expect(value).toMatchObject({
    local: { total: { pages: 30 }, file: { unavailable: 'malformed' }, anon: { unavailable: 'malformed' } },
  });
  expect(issues.map(({ line }) => line)).toEqual([2, 3]);
});

test('nothing of the file is malformed', () => {
  expect(parseMemoryNumaStat('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parseMemoryNumaStat(text);
      return !isMissing(value) || issues.length > 0;
    }),
  );
});
