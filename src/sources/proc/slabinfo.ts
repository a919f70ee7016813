import { missing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { NO_ISSUES, quoted } from '../text.ts';
import { countsOf, eachLine, issueOf, unreadable, wordsOf } from './text.ts';

/** One slab cache. */
export interface SlabCache {
  /** May hold spaces and parentheses, such as `dentry(12:kubepods)`: the child cache of a memory cgroup on old kernels. */
  readonly name: string;
  /** Objects in use. SLUB counts the objects in the slabs that CPUs hold as in use. */
  readonly activeObjects: number;
  /** Objects in use and free. */
  readonly objects: number;
  /** With the padding between objects. */
  readonly objectBytes: number;
  readonly objectsPerSlab: number;
  readonly pagesPerSlab: number;
  /** SLUB does not know how many of its slabs are in use and shows all of them. */
  readonly activeSlabs: number;
  readonly slabs: number;
  /** What the cache takes: slabs x pages per slab x page size. */
  readonly sizeBytes: number;
}

/** All slab caches of the node, in the kernel's order. Kernels that merge caches show one under one of their names. */
export interface Slabinfo {
  readonly caches: readonly SlabCache[];
}

/**
 * Parses `/proc/slabinfo`, version 2.0 and 2.1; another version is `unsupported`. `pageBytes` is the node's page size,
 * which the file does not tell.
 *
 *     dentry        3083199 3083199    192   21    1 : tunables    0    0    0 : slabdata 146819 146819      0
 *
 * A line that cannot be read is an issue, and its cache is left out.
 * https://man7.org/linux/man-pages/man5/slabinfo.5.html
 */
export function parseSlabinfo(text: string, pageBytes: number): Parsed<Slabinfo> {
  const version = /^slabinfo - version: (\S+)/.exec(text)?.[1];
  if (version === undefined) return unreadable('"slabinfo - version: 2.1"', text);
  if (version !== '2.1' && version !== '2.0') {
    return { value: missing('unsupported', `slabinfo version ${quoted(version)}`), issues: NO_ISSUES };
  }
  const caches: SlabCache[] = [];
  const issues: Issue[] = [];
  eachLine(text, (start, end, line, torn) => {
    if (line === 1 || text.startsWith('# ', start) || start === end) return;
    const cache = torn ? undefined : cacheOf(text.slice(start, end), pageBytes);
    if (cache === undefined) issues.push(issueOf(line, 'a slab cache of 2.0 or 2.1', text.slice(start, end)));
    else caches.push(cache);
  });
  return { value: { caches }, issues };
}

const TUNABLES = ' : tunables ';
const SLABDATA = ' : slabdata ';

/** The columns before the tunables are counted from the right, because the name, at the left, can hold blanks. */
function cacheOf(line: string, pageBytes: number): SlabCache | undefined {
  const tunables = line.lastIndexOf(TUNABLES);
  const slabdata = line.indexOf(SLABDATA, tunables);
  if (tunables === -1 || slabdata === -1) return undefined;
  const words = wordsOf(line.slice(0, tunables));
  const name = words.slice(0, -5).join(' ');
  const counts = countsOf(words.slice(-5), 5);
  const data = countsOf(wordsOf(line.slice(slabdata + SLABDATA.length)), 3);
  if (name === '' || counts === undefined || data === undefined) return undefined;
  const [activeObjects = 0, objects = 0, objectBytes = 0, objectsPerSlab = 0, pagesPerSlab = 0] = counts;
  const [activeSlabs = 0, slabs = 0] = data;
  const sizeBytes = slabs * pagesPerSlab * pageBytes;
  return { name, activeObjects, objects, objectBytes, objectsPerSlab, pagesPerSlab, activeSlabs, slabs, sizeBytes };
}
