import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { malformed, quoted, wholeNumber } from '../text.ts';

/** `memory.numa_stat` of a cgroup v1 memory cgroup: `local` is its own, `hierarchical` adds every cgroup below it. */
export interface MemoryNumaStat {
  readonly local: MemoryNumaRows;
  /** Every row `absent` on old kernels, which know the local half only. */
  readonly hierarchical: MemoryNumaRows;
}

/** The rows of one half of the file; `total` is the sum of the other three. */
interface MemoryNumaRows {
  readonly total: Maybe<NumaPages>;
  readonly file: Maybe<NumaPages>;
  readonly anon: Maybe<NumaPages>;
  readonly unevictable: Maybe<NumaPages>;
}

/** Pages (not bytes) on LRU lists, in all and by the number of the memory node. */
interface NumaPages {
  readonly pages: number;
  readonly pagesOfNode: ReadonlyMap<number, number>;
}

/**
 * Parses `/sys/fs/cgroup/memory/<cgroup>/memory.numa_stat`, for example `hierarchical_file=108979 N0=108979`.
 * https://docs.kernel.org/admin-guide/cgroup-v1/memory.html (5.6 numa_stat)
 */
export function parseMemoryNumaStat(text: string): Parsed<MemoryNumaStat> {
  const lines = text.split('\n');
  const rows = new Map<string, Maybe<NumaPages>>();
  const issues: Issue[] = [];
  lines.forEach((line, index) => {
    const name = line.slice(0, Math.max(0, line.indexOf('=')));
    if (!ROWS.has(name) || rows.has(name)) return;
    // Only the last piece has no line end after it: a text cut there has a cut number too.
    const torn = index === lines.length - 1;
    const row = torn ? missing('malformed', 'the text ends inside this row') : parseRow(line.slice(name.length + 1));
    rows.set(name, row);
    if (isMissing(row)) issues.push({ line: index + 1, message: `${name}: ${row.detail}` });
  });
  if (rows.size === 0) return malformed(0, 'memory.numa_stat has none of its rows');
  const take = (name: string) => rows.get(name) ?? missing('absent', `memory.numa_stat has no row ${name}`);
  const half = (prefix: '' | 'hierarchical_'): MemoryNumaRows => ({
    total: take(`${prefix}total`),
    file: take(`${prefix}file`),
    anon: take(`${prefix}anon`),
    unevictable: take(`${prefix}unevictable`),
  });
  return { value: { local: half(''), hierarchical: half('hierarchical_') }, issues };
}

const ROWS: ReadonlySet<string> = new Set(
  ['total', 'file', 'anon', 'unevictable'].flatMap((name) => [name, `hierarchical_${name}`]),
);

function parseRow(row: string): Maybe<NumaPages> {
  const [all, ...nodes] = row.split(' ');
  const pages = wholeNumber(all ?? '');
  if (isMissing(pages)) return pages;
  const pagesOfNode = new Map<number, number>();
  for (const node of nodes) {
    const [, number, value] = /^N([0-9]{1,5})=([0-9]+)$/.exec(node) ?? [];
    const onNode = wholeNumber(value ?? '');
    if (number === undefined || isMissing(onNode))
      return missing('malformed', `expected N0=pages, got ${quoted(node)}`);
    pagesOfNode.set(Number(number), onNode);
  }
  return { pages, pagesOfNode };
}
