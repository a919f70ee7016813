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
    nrSlabReclaimablePages: 59583,
  });
  expect(isMissing(value) ? value : Object.values(value).filter(isMissing)).toEqual([]);
});

test('the sick 4.4.155 node', () => {
  const { value, issues } = parseVmstat(incident('proc/vmstat'));
  expect(value).toMatchObject({
    nrSlabReclaimablePages: 169950,
    dropSlab: 0,
  });
  expect(issues).toEqual([]);
});

test('a row that is torn or holds no count is malformed; one that is not there is absent', () => {
  const { value, issues } = parseVmstat('nr_slab_reclaimable -1\ndrop_slab 1');
  expect(value).toMatchObject({
    nrSlabReclaimablePages: { unavailable: 'malformed' },
    dropSlab: { unavailable: 'malformed' },
    dropPagecache: { unavailable: 'absent' },
  });
  expect(issues.map(({ line }) => line).toSorted()).toEqual([1, 2]);
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
