import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing, missing } from '../../../src/core/missing.ts';
import { parseMemoryStatV1 } from '../../../src/sources/cgroup/memory-stat-v1.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

const REAL = textOfLinux618('/sys/fs/cgroup/memory/memory.stat');

test('the root of a 6.18 kernel: own and hierarchical rows', () => {
  const { value, issues } = parseMemoryStatV1(REAL);
  expect(issues).toEqual([]);
  expect(value).toEqual({
    local: {
      cacheBytes: 9240576,
      rssBytes: 11771904,
      shmemBytes: 8998912,
      dirtyBytes: 12288,
      writebackBytes: 0,
      inactiveAnonBytes: 0,
      activeAnonBytes: 1531904,
      inactiveFileBytes: 4096,
      activeFileBytes: 237568,
    },
    total: {
      cacheBytes: 248922112,
      rssBytes: 22257664,
      shmemBytes: 8998912,
      dirtyBytes: 188416,
      writebackBytes: 0,
      inactiveAnonBytes: 10350592,
      activeAnonBytes: 1601536,
      inactiveFileBytes: 72077312,
      activeFileBytes: 167739392,
    },
  });
});

test('the sick 4.4 root has no shmem rows: absent, not zero', () => {
  const { value, issues } = parseMemoryStatV1(
    readFileSync(`${captured('incident')}/sys/fs/cgroup/memory/memory.stat`, 'utf8'),
  );
  expect(issues).toEqual([]);
  expect(value).toMatchObject({
    local: { cacheBytes: 46039040, shmemBytes: missing('absent', 'memory.stat has no row shmem') },
    total: { cacheBytes: 52215808, shmemBytes: { unavailable: 'absent' }, inactiveFileBytes: 39993344 },
  });
});

test('a text cut inside a number loses that row, not the others', () => {
  const { value, issues } = parseMemoryStatV1('cache 4096\nrss 1234');
  expect(value).toMatchObject({ local: { cacheBytes: 4096, rssBytes: { unavailable: 'malformed' } } });
  expect(issues).toEqual([{ line: 2, message: 'rss: the text ends inside the row, at "1234"' }]);
});

test('a row that is no number is an issue with its line, in printable characters', () => {
  const { value, issues } = parseMemoryStatV1('cache 4096\nrss 12\u001b[31m\n');
  expect(value).toMatchObject({ local: { cacheBytes: 4096, rssBytes: { unavailable: 'malformed' } } });
  expect(issues).toEqual([{ line: 2, message: 'rss: expected a whole number, got "12?[31m"' }]);
});

test('a sum of per-CPU parts may be a little below zero', () => {
  expect(parseMemoryStatV1('cache -8192\n').value).toMatchObject({ local: { cacheBytes: -8192 } });
});

test.each(['', '\n', 'anon 1\nfile 2\n', 'x'.repeat(100_000)])('no row of cgroup v1 is malformed (%#)', (text) => {
  const { value, issues } = parseMemoryStatV1(text);
  expect(value).toMatchObject({ unavailable: 'malformed' });
  expect(issues).toHaveLength(1);
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parseMemoryStatV1(text);
      return !isMissing(value) || issues.length > 0;
    }),
  );
});
