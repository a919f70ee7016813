import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseVmstat } from '../../../src/sources/proc/vmstat.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const REAL = textOfLinux618('/proc/vmstat');

test('a 6.18 kernel', () => {
  const { value, issues } = parseVmstat(REAL);
  expect(issues).toEqual([]);
  expect(value).toMatchObject({
    dropPagecache: 1,
    dropSlab: 2,
    slabsScanned: 291,
    nrSlabReclaimablePages: 59583,
    nrSlabUnreclaimablePages: 7661,
    nrFreePages: 1174178,
    nrFilePages: 102883,
    nrDirtyPages: 102,
    allocstall: 0,
    oomKill: 0,
  });
  expect(isMissing(value) ? value : Object.values(value).filter(isMissing)).toEqual([]);
});

test('the sick 4.4.155 node, whose kernel counts reclaim by zone and no OOM kills', () => {
  const { value, issues } = parseVmstat(incident('proc/vmstat'));
  expect(value).toMatchObject({
    nrSlabReclaimablePages: 169950,
    dropSlab: 0,
    pgscanKswapd: 0,
    allocstall: 0,
    oomKill: { unavailable: 'absent' },
  });
  expect(issues).toEqual([]);
});

test('sums over zones, old and new; throttle counts no pages, anon and file count the same pages again', () => {
  const old = 'pgscan_kswapd_dma32 10\npgscan_kswapd_normal 5\npgscan_direct_normal 3\npgscan_direct_throttle 99\n';
  expect(parseVmstat(old).value).toMatchObject({
    pgscanKswapd: 15,
    pgscanDirect: 3,
    pgstealDirect: { unavailable: 'absent' },
  });
  const now =
    'pgscan_kswapd 4\npgscan_direct 2\npgscan_anon 3\npgscan_file 3\nallocstall_normal 1\nallocstall_movable 6\n';
  expect(parseVmstat(now).value).toMatchObject({ pgscanKswapd: 4, pgscanDirect: 2, allocstall: 7 });
});

test('a row that is torn or holds no count is malformed, and so is a sum with it', () => {
  const { value, issues } = parseVmstat('nr_dirty -1\nallocstall_dma 1\nallocstall_normal x\ndrop_slab 1');
  expect(value).toMatchObject({
    nrDirtyPages: { unavailable: 'malformed' },
    allocstall: { unavailable: 'malformed' },
    dropSlab: { unavailable: 'malformed' },
  });
  expect(issues.map(({ line }) => line).toSorted()).toEqual([1, 3, 4]);
});

test('nothing of the file is malformed', () => {
  expect(parseVmstat('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(REAL), (text) => {
      const { value, issues } = parseVmstat(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
