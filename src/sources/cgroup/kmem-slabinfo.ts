import { isMissing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { malformed, NO_ISSUES, quoted, wholeNumber } from '../text.ts';

/** One slab cache of one memory cgroup. */
export interface KmemSlabCache {
  readonly name: string;
  readonly activeObjects: number;
  readonly objects: number;
  readonly objectBytes: number;
  readonly objectsPerSlab: number;
  readonly pagesPerSlab: number;
  readonly slabs: number;
}

/**
 * Parses v1 `memory.kmem.slabinfo`: the caches of one memory cgroup, in the form of `/proc/slabinfo` 2.1, for example
 * `dentry 21 21 192 21 1 : tunables 0 0 0 : slabdata 1 1 0`. A header without rows (4.4, a cgroup that holds no slab) is an
 * empty list, and so is an empty file: from 5.9 on slab pages are shared between cgroups and the file is always empty.
 * https://docs.kernel.org/admin-guide/cgroup-v1/memory.html (memory.kmem.slabinfo)
 */
export function parseKmemSlabinfo(text: string): Parsed<readonly KmemSlabCache[]> {
  if (text === '') return { value: [], issues: NO_ISSUES };
  const lines = text.split('\n');
  if (!text.startsWith('slabinfo - version: 2.')) {
    return malformed(1, `expected "slabinfo - version: 2.1", got ${quoted(lines[0] ?? '')}`);
  }
  const caches: KmemSlabCache[] = [];
  const issues: Issue[] = [];
  lines.forEach((line, index) => {
    if (index === 0 || line === '' || line.startsWith('#')) return;
    const cache = index < lines.length - 1 ? parseRow(line) : 'torn';
    if (cache === 'torn') issues.push({ line: index + 1, message: `expected a row of slabinfo, got ${quoted(line)}` });
    else caches.push(cache);
  });
  return { value: caches, issues };
}

function parseRow(line: string): KmemSlabCache | 'torn' {
  const [name, activeWord, objectsWord, sizeWord, perSlabWord, pagesWord, ...tail] = line.trim().split(/ +/);
  const slabsWord = tail[tail.indexOf('slabdata') + 2];
  const activeObjects = wholeNumber(activeWord ?? '');
  const objects = wholeNumber(objectsWord ?? '');
  const objectBytes = wholeNumber(sizeWord ?? '');
  const objectsPerSlab = wholeNumber(perSlabWord ?? '');
  const pagesPerSlab = wholeNumber(pagesWord ?? '');
  const slabs = wholeNumber(tail.includes('slabdata') ? (slabsWord ?? '') : '');
  if (name === undefined || isMissing(activeObjects) || isMissing(objects) || isMissing(objectBytes)) return 'torn';
  if (isMissing(objectsPerSlab) || isMissing(pagesPerSlab) || isMissing(slabs)) return 'torn';
  return { name, activeObjects, objects, objectBytes, objectsPerSlab, pagesPerSlab, slabs };
}
