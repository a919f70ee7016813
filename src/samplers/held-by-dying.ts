import { isMissing, knownOr, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { NOISE_BYTES } from '../core/noise.ts';
import { parentOf } from '../sources/cgroup/path.ts';
import type { WalkRow } from './walk.ts';

/** A parent's counters less those of its live children. */
export interface Residue {
  /** Kernel memory that no live child accounts for, its own structures included. A little below zero: rounding. */
  readonly kmemBytes: Maybe<number>;
  /** Pages (usage less kmem) that no live child accounts for. */
  readonly pageBytes: Maybe<number>;
  /** Both together: on cgroup v2 no counter tells them apart. */
  readonly bothBytes: Maybe<number>;
}

/**
 * What the dying below each parent hold. Charges are hierarchical and a dying cgroup stays charged, so at any live
 * parent: its value - its own - the sum over its live children = held by the dying below it. A parent that processes
 * live in has charges of its own that no counter tells apart: there is no residue then. Measured on 4.4.155 and 6.18.
 */
export function residues(rows: readonly WalkRow[]): Map<string, Residue> {
  const apart = lessChildren(rows);
  const structureBytes = structureBytesOf(apart);
  const found = new Map<string, Residue>();
  for (const { row, kmemBytes, usageBytes } of apart) {
    const structures = row.path === '/' ? 0 : structureBytes * row.children;
    const held = minus(kmemBytes, structures);
    // It says where nothing is dying, so that what a parent is charged for itself is not taken for a residue.
    const none = row.dyingBelow === 0 && isMissing(kmemBytes);
    const bothBytes = none ? mapKnown(usageBytes, () => 0) : minus(usageBytes, isMissing(kmemBytes) ? structures : 0);
    const pageBytes = isMissing(kmemBytes)
      ? isMissing(usageBytes)
        ? usageBytes
        : TOGETHER
      : pagesOf(row, usageBytes, kmemBytes);
    found.set(row.path, { kmemBytes: held, pageBytes, bothBytes });
  }
  return found;
}

const TOGETHER = missing('unsupported', 'memory.current counts kernel memory too; memory.stat tells them apart');

/**
 * Counters are read one after the other: under load a child's kernel memory may have grown since its parent's was read.
 * What is missing there is no page, and no more pages are held than the parent is charged for.
 */
function pagesOf(row: WalkRow, usageBytes: Maybe<number>, kmemBytes: number): Maybe<number> {
  const charged = minus(row.usageBytes, row.kmemBytes);
  return mapKnown(minus(usageBytes, Math.max(0, kmemBytes)), (pages) =>
    mapKnown(charged, (all) => Math.min(pages, Math.max(0, all))),
  );
}

/** A parent's counters less those of its live children, as they are. */
interface Apart {
  readonly row: WalkRow;
  readonly kmemBytes: Maybe<number>;
  readonly usageBytes: Maybe<number>;
}

function lessChildren(rows: readonly WalkRow[]): Apart[] {
  const sums = new Map<string, { kmem: Maybe<number>; usage: Maybe<number> }>();
  for (const row of rows) {
    const parent = parentOf(row.path);
    if (isMissing(parent)) continue;
    const sum = sums.get(parent) ?? { kmem: 0, usage: 0 };
    sums.set(parent, { kmem: plus(sum.kmem, row.kmemBytes), usage: plus(sum.usage, row.usageBytes) });
  }
  const found: Apart[] = [];
  for (const row of rows) {
    // A leaf that nothing lives in can have dying children only: a pod whose containers crash and wait.
    const sum = sums.get(row.path) ?? (row.hasProcesses === false ? { kmem: 0, usage: 0 } : undefined);
    // What processes in the root itself use is charged to nobody, so that the root has no charges of its own.
    if (sum === undefined || (row.hasProcesses === true && row.path !== '/')) continue;
    found.push({ row, kmemBytes: minus(row.kmemBytes, sum.kmem), usageBytes: minus(row.usageBytes, sum.usage) });
  }
  return found;
}

/** So many parents are needed to tell what is common to them. */
const FEWEST_PARENTS = 4;

/**
 * What a live child costs its parent in kernel memory. From 5.9 on a memory cgroup's own structures are charged to the
 * parent, most of them once for every possible CPU: measured on 6.1 as 18 kB at 8 possible CPUs and 117 kB at 64, the
 * same for every cgroup, so that 100 live pods look like 12 MB held by dying ones. No file tells the size, but most
 * parents of a node have nothing dying below them: the lower quartile over all is that size, and 0 on older kernels.
 */
function structureBytesOf(apart: readonly Apart[]): number {
  const perChild = apart
    .filter(({ row }) => row.path !== '/' && row.children > 0)
    .map(({ row, kmemBytes, usageBytes }) => {
      if (!isMissing(kmemBytes)) return kmemBytes / row.children;
      return row.dyingBelow === 0 && !isMissing(usageBytes) ? usageBytes / row.children : undefined;
    })
    .filter((bytes) => bytes !== undefined)
    .sort((a, b) => a - b);
  if (perChild.length < FEWEST_PARENTS) return 0;
  return Math.max(0, Math.round(perChild[Math.floor(perChild.length / 4)] ?? 0));
}

/** The figure that counts: both kinds together, without what is noise. */
export function heldBytes(residue: Residue): number {
  const above = (value: Maybe<number>) => {
    const bytes = knownOr(value, 0);
    return bytes >= NOISE_BYTES ? bytes : 0;
  };
  return isMissing(residue.pageBytes) && isMissing(residue.kmemBytes)
    ? above(residue.bothBytes)
    : above(residue.kmemBytes) + above(residue.pageBytes);
}

/** The parents below which the dying hold pages, or what may be pages, most first: those whose kinds are worth a slow read. */
export function parentsHoldingPages(rows: readonly WalkRow[]): string[] {
  return [...residues(rows)]
    .map(([path, residue]) => ({ path, pageBytes: knownOr(residue.pageBytes, knownOr(residue.bothBytes, 0)) }))
    .filter(({ pageBytes }) => pageBytes >= NOISE_BYTES)
    .sort((a, b) => b.pageBytes - a.pageBytes || a.path.localeCompare(b.path))
    .map(({ path }) => path);
}

/** A child that went away meanwhile has no value, and none is missed: its charges are its parent's to explain. */
function plus(sum: Maybe<number>, value: Maybe<number>): Maybe<number> {
  if (isMissing(sum)) return sum;
  if (isMissing(value)) return value.unavailable === 'gone' ? sum : value;
  return sum + value;
}

function minus(value: Maybe<number>, less: Maybe<number>): Maybe<number> {
  if (isMissing(value)) return value;
  if (isMissing(less)) return missing(less.unavailable, less.detail);
  return value - less;
}
