import { isKnown, knownOr } from '../../core/missing.ts';
import { isRootRead } from '../../core/root-cgroup.ts';
import { bytes, count, percent, seconds, signed } from '../../format/quantity.ts';
import { SEVERITY_WORD } from '../../format/severity.ts';
import type { Relation } from './mismatches.ts';
import { numberAt, overallOf, rowsAt, type SnapshotDocument } from './snapshot-document.ts';

/** A count or a time that moved by less than this factor has not moved: reads vary by 2 from one to the next. */
const MUCH = 2;

/** Fewer dying cgroups than this come and go on every node. */
const FEW_DYING = 100;

/** Shorter reads differ by chance. */
const QUICK_SECONDS = 0.02;

interface Pair {
  readonly was: number;
  readonly is: number;
}

/** What the differences between two documents mean together: one sentence each, what matters most first. */
export function conclusionsOf(a: SnapshotDocument, b: SnapshotDocument, relation: Relation): readonly string[] {
  const dying = pairOf(a, b, 'memcg.dying');
  const read = rootReads(a, b);
  const over = relation.sameNode !== false;
  return [
    verdict(a, b),
    ...dyingAndRead(dying, read),
    ...(over ? growth(dying, relation.seconds) : []),
    ...kubelet(pairOf(a, b, 'kubelet.systemPct')),
    ...slab(pairOf(a, b, 'slab.totalBytes'), over),
    ...(over ? drops(pairOf(a, b, 'node.slabDrops'), pairOf(a, b, 'node.pageCacheDrops')) : []),
  ];
}

function verdict(a: SnapshotDocument, b: SnapshotDocument): string {
  const [was, is] = [SEVERITY_WORD[overallOf(a)], SEVERITY_WORD[overallOf(b)]];
  return was === is ? `The verdict is the same: ${is}.` : `The verdict went from ${was} to ${is}.`;
}

function dyingAndRead(dying: Pair | undefined, read: Pair | undefined): readonly string[] {
  if (dying === undefined || read === undefined) {
    return [
      'Dying cgroups or the time of a root read are missing in one of them: whether they belong together is unknown.',
    ];
  }
  const dies = directionOf(dying, FEW_DYING);
  const reads = directionOf(read, QUICK_SECONDS);
  const both = `dying memory cgroups ${count(dying.was)} → ${count(dying.is)}, root read ${seconds(read.was)} → ${seconds(read.is)}`;
  if (dies === 'down' && reads === 'down')
    return [`The dying cgroups went, and the reads are quick again: ${both}. They were what made them slow.`];
  if (dies === 'up' && reads === 'up') return [`More cgroups are dying, and the reads slow down with them: ${both}.`];
  if (dies === 'up')
    return [
      `More cgroups are dying, but the reads are not slower: ${both}. This kernel does not walk them, or not yet for long.`,
    ];
  if (dies === 'down')
    return [
      `The dying cgroups went, but the reads are not quicker: ${both}. Something else makes them slow, or they were quick.`,
    ];
  if (reads === 'up')
    return [
      `The reads are slower with as many dying cgroups: ${both}. A busy node, or something else, makes them slow.`,
    ];
  if (reads === 'down')
    return [
      `The reads are quicker with as many dying cgroups: ${both}. The node was busier, or the kernel is another one.`,
    ];
  return [`Neither the dying cgroups nor the time of a read moved much: ${both}.`];
}

function growth(dying: Pair | undefined, overSeconds: number): readonly string[] {
  const hours = overSeconds / 3600;
  if (dying === undefined || hours < 1 / 60 || dying.is - dying.was < FEW_DYING) return [];
  return [`That is ${count((dying.is - dying.was) / hours)} more dying cgroups an hour.`];
}

function kubelet(system: Pair | undefined): readonly string[] {
  if (system === undefined || Math.abs(system.is - system.was) < 5) return [];
  const word = system.is < system.was ? 'less' : 'more';
  return [`kubelet takes ${word} system time: ${percent(system.was)} → ${percent(system.is)} of one core.`];
}

function slab(total: Pair | undefined, over: boolean): readonly string[] {
  if (total === undefined || directionOf(total, 64 * 1024 * 1024, 1.1) === 'same') return [];
  const by = `${bytes(total.was)} → ${bytes(total.is)} (${signed(total.is - total.was, bytes)})`;
  if (!over) return [`Slab memory differs: ${by}.`];
  return [total.is < total.was ? `Slab memory was freed: ${by}.` : `Slab memory grew: ${by}.`];
}

function drops(slabDrops: Pair | undefined, pageDrops: Pair | undefined): readonly string[] {
  const slabTimes = slabDrops === undefined ? 0 : slabDrops.is - slabDrops.was;
  const pageTimes = pageDrops === undefined ? 0 : pageDrops.is - pageDrops.was;
  const said = [
    ...(slabTimes > 0 ? [`dentries and inodes ${times(slabTimes)}`] : []),
    ...(pageTimes > 0 ? [`page cache ${times(pageTimes)}`] : []),
  ];
  return said.length === 0 ? [] : [`Between them caches were dropped: ${said.join(', ')}.`];
}

function times(amount: number): string {
  return amount === 1 ? 'once' : `${count(amount)} times`;
}

function directionOf({ was, is }: Pair, floor: number, factor = MUCH): 'up' | 'down' | 'same' {
  if (Math.abs(is - was) < floor) return 'same';
  if (is >= was * factor) return 'up';
  return was >= is * factor ? 'down' : 'same';
}

function pairOf(a: SnapshotDocument, b: SnapshotDocument, path: string): Pair | undefined {
  const [was, is] = [numberAt(a, path), numberAt(b, path)];
  return isKnown(was) && isKnown(is) ? { was, is } : undefined;
}

function rootReads(a: SnapshotDocument, b: SnapshotDocument): Pair | undefined {
  const [was, is] = [rootRead(a), rootRead(b)];
  return was === undefined || is === undefined ? undefined : { was, is };
}

function rootRead(document: SnapshotDocument): number | undefined {
  const root = knownOr(rowsAt(document, 'reads'), []).find((read) => isRootRead(read));
  return typeof root?.wallSeconds === 'number' ? root.wallSeconds : undefined;
}
