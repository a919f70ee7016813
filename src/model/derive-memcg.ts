import type { Instant } from '../core/clock.ts';
import { bothKnown, isMissing, knownOr, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { heldBytes, type Residue, residues } from '../samplers/held-by-dying.ts';
import type { WalkRow } from '../samplers/walk.ts';
import type { ReceivedWalk } from '../samplers/walk-changes.ts';
import { depthOf } from '../sources/cgroup/path.ts';
import type { Churn } from './churn.ts';
import type { Pair } from './latest.ts';
import type { CgroupModel, HeldBelow, HeldByDying, MemcgModel, ReadModel } from './model.ts';
import type { PodNames } from './pod-names.ts';
import { ONLY_A_PART } from './root-read.ts';

const NOT_WALKED = missing('warming-up', 'the cgroups have not been walked yet');

const NOT_WALKED_WHOLE = missing('partial', 'the first walk of the cgroups goes on');

/** The parents that are named; the sum is over all of them. */
const MOST_WHERE = 20;

const RESIDUE_OF_PARENTS = missing('unsupported', 'a leaf has nothing below it');

const OWN_CHARGES = missing(
  'unsupported',
  'processes live in this parent itself: its own charges cannot be told apart',
);

const COUNTERS_TO_COME = missing(
  'warming-up',
  'it has children since the counters were read; they are read once a minute',
);

/** A walk, when its latest slice ended, and how old the oldest part of its count is. */
export interface Walked {
  readonly walk: ReceivedWalk;
  readonly ended: Instant;
  readonly counted: Instant;
  /** How old the oldest of its counters are: a walk may count the cgroups and read none of them. */
  readonly countersRead: Instant | undefined;
}

/** What is derived once per walk rather than with every tick: there can be thousands of rows. */
export interface WalkDerived {
  readonly walked: Walked;
  /** What the latest walk with counters alone says. */
  readonly residues: ReadonlyMap<string, Residue>;
  /** The same as far as the walk before it had it too: what is told. */
  readonly told: ReadonlyMap<string, Residue>;
  readonly held: Maybe<HeldByDying>;
  readonly cgroups: readonly CgroupModel[];
}

/** Memory cgroups without what is added to them later. */
type MemcgDerived = Omit<MemcgModel, 'growthPerSecond' | 'pins'>;

/** The counts of memory cgroups. */
interface Counts {
  readonly total: Maybe<number>;
  readonly live: Maybe<number>;
  readonly dying: Maybe<number>;
}

/** Derives what a walk says. `reads` are by path, for the times that stand beside each cgroup. */
export function deriveWalk(
  walked: Walked,
  churn: Churn,
  pods: PodNames,
  reads: ReadonlyMap<string, ReadModel>,
  before?: WalkDerived,
): WalkDerived {
  const { rows, complete } = walked.walk;
  const { residues: now, told } = residuesOf(walked.walk, before);
  const residueOf = (row: WalkRow) => told.get(row.path) ?? noResidue(row, walked.walk);
  return {
    walked,
    residues: now,
    told,
    held: complete ? heldByDying(told, pods) : NOT_WALKED_WHOLE,
    cgroups: rows.map((row) => cgroupModel(row, residueOf(row), churn, pods, reads)),
  };
}

/**
 * Parents and children of one walk are compared, never counters of two: a child that was removed since would look as if
 * the dying held what it used. A walk that reads no counters leaves what the last one that did has said.
 */
function residuesOf(walk: ReceivedWalk, before: WalkDerived | undefined): Pick<WalkDerived, 'residues' | 'told'> {
  if (walk.namesOnly && before !== undefined) {
    const alive = new Set(walk.removed.length === 0 ? [] : walk.rows.map(({ path }) => path));
    const stays = (of: ReadonlyMap<string, Residue>) => new Map([...of].filter(([path]) => alive.has(path)));
    const { residues, told } = before;
    return walk.removed.length === 0 ? { residues, told } : { residues: stays(residues), told: stays(told) };
  }
  // What was not visited yet is charged to its parent, and would look as if the dying held it.
  const now = walk.complete && !walk.namesOnly ? residues(walk.rows) : new Map<string, Residue>();
  return { residues: now, told: before === undefined ? now : standing(before.residues, now) };
}

/** Memory cgroups: counts, growth, churn, and what the dying hold. */
export function deriveMemcg(
  counts: Pair<'cgroupCounts'>,
  derived: WalkDerived | undefined,
  version: Maybe<'v1' | 'v2'>,
  churn: Churn,
): MemcgDerived {
  const { total, live, dying } = countsOf(counts, derived?.walked, version);
  // Where there is nothing to walk, nobody will.
  const notWalked = isMissing(version) ? version : NOT_WALKED;
  return {
    total,
    live,
    dying,
    createdPerMinute: derived === undefined ? notWalked : churn.perMinute('created'),
    removedPerMinute: derived === undefined ? notWalked : churn.perMinute('removed'),
    countedAt: derived?.walked.counted.at ?? notWalked,
    heldByDying: derived?.held ?? notWalked,
    cgroups: derived?.cgroups ?? notWalked,
  };
}

/**
 * Where only a container's part of the hierarchy is mounted: which cgroups are in it is known, and nothing of the node.
 * `/proc/cgroups` counts the whole machine, and a part's root is charged for what it holds itself.
 */
export function countsOfPart(memcg: MemcgDerived): Omit<MemcgModel, 'growthPerSecond'> {
  return {
    ...memcg,
    total: ONLY_A_PART,
    live: ONLY_A_PART,
    dying: ONLY_A_PART,
    createdPerMinute: ONLY_A_PART,
    removedPerMinute: ONLY_A_PART,
    heldByDying: ONLY_A_PART,
    pins: ONLY_A_PART,
    cgroups: mapKnown(memcg.cgroups, (rows) =>
      rows.map((row) => ({ ...row, heldKmemBytes: ONLY_A_PART, heldPageBytes: ONLY_A_PART, heldBytes: ONLY_A_PART })),
    ),
  };
}

function countsOf(counts: Pair<'cgroupCounts'>, walked: Walked | undefined, version: Maybe<'v1' | 'v2'>): Counts {
  if (isMissing(version)) return { total: version, live: version, dying: version };
  return version === 'v2' ? countsOfV2(counts) : countsOfV1(counts, walked);
}

/** v2 counts both itself, for the whole hierarchy; 6.12 and later tell memory's part of the dying. */
function countsOfV2({ now }: Pair<'cgroupCounts'>): Counts {
  const root = now?.sample.v2Root ?? NOT_WALKED;
  if (isMissing(root)) return { total: root, live: root, dying: root };
  const live = bothKnown(root.descendants, 1, (below, itself) => below + itself);
  const dying = isMissing(root.dyingMemory) ? root.dyingDescendants : root.dyingMemory;
  return { total: bothKnown(live, dying, (a, b) => a + b), live, dying };
}

/**
 * v1 counts both together in `/proc/cgroups`, which is read with every tick; the live ones are the folders, which a walk
 * counts. The dying are this total less the last live count: it waits for no walk, and its moment is that of the count.
 * What came and went since is its error. Where the walk is the newer of the two, its own counts are the total: a removed
 * cgroup counts some 40 ms longer, a used one up to a second.
 */
function countsOfV1({ now }: Pair<'cgroupCounts'>, walked: Walked | undefined): Counts {
  const total = totalNow(now?.sample.controllers ?? NOT_WALKED);
  if (walked === undefined) return { total, live: NOT_WALKED, dying: NOT_WALKED };
  const live = liveOf(walked.walk);
  const isNewer = now !== undefined && now.ended.monotonicSeconds > walked.ended.monotonicSeconds;
  const dying = bothKnown(isNewer ? total : countOf(walked.walk), live, (all, alive) => Math.max(0, all - alive));
  return { total: bothKnown(live, dying, (a, b) => a + b), live, dying };
}

function countOf({ countBefore, countAfter }: ReceivedWalk): Maybe<number> {
  return bothKnown(countBefore, countAfter, (before, after) => Math.min(before, after));
}

function liveOf({ unlisted, live }: ReceivedWalk): Maybe<number> {
  if (isMissing(unlisted)) return unlisted;
  return live.isAll ? live.atLeast : missing('partial', `at least ${live.atLeast} are live; the walk goes on`);
}

function totalNow(controllers: Maybe<readonly { name: string; cgroups: number }[]>): Maybe<number> {
  if (isMissing(controllers)) return controllers;
  const memory = controllers.find((controller) => controller.name === 'memory');
  return memory?.cgroups ?? missing('absent', '/proc/cgroups has no memory row');
}

function heldByDying(found: ReadonlyMap<string, Residue>, pods: PodNames): HeldByDying {
  const where: HeldBelow[] = [...found]
    .map(([path, residue]) => {
      const { kmemBytes, pageBytes } = residue;
      return { path, pod: pods.ownerOf(path).pod, bytes: heldBytes(residue), kmemBytes, pageBytes };
    })
    .filter((below) => below.bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.path.localeCompare(b.path));
  const bytes = where.reduce((total, below) => total + below.bytes, 0);
  return { bytes, ...sumsOf(where), where: where.slice(0, MOST_WHERE) };
}

/**
 * What stands in two walks: counters are read at different moments, and under load pages that are on their way look held
 * (5.45 GiB by 93 dying cgroups). What the dying hold stays, so that the lesser of both is it.
 */
function standing(before: ReadonlyMap<string, Residue>, now: ReadonlyMap<string, Residue>): Map<string, Residue> {
  const lesser = (was: Maybe<number> | undefined, is: Maybe<number>): Maybe<number> =>
    was === undefined || isMissing(was) || isMissing(is) ? is : Math.min(was, is);
  const found = [...now].map(([path, { kmemBytes, pageBytes, bothBytes }]): [string, Residue] => {
    const was = before.get(path);
    return [
      path,
      {
        kmemBytes: lesser(was?.kmemBytes, kmemBytes),
        pageBytes: lesser(was?.pageBytes, pageBytes),
        bothBytes: lesser(was?.bothBytes, bothBytes),
      },
    ];
  });
  return new Map(found);
}

/** What is held of either kind, as far as it is told of any parent. */
export function sumsOf(where: readonly HeldBelow[]): Pick<HeldByDying, 'kmemBytes' | 'pageBytes'> {
  return { kmemBytes: sum(where, 'kmemBytes'), pageBytes: sum(where, 'pageBytes') };
}

function sum(where: readonly HeldBelow[], kind: 'kmemBytes' | 'pageBytes'): Maybe<number> {
  const known = where.map((below) => below[kind]).filter((value) => !isMissing(value));
  const first = where.map((below) => below[kind]).find(isMissing);
  if (known.length === 0 && first !== undefined) return first;
  return known.reduce<number>((total, bytes) => total + Math.max(0, knownOr(bytes, 0)), 0);
}

/** Why a cgroup has none. */
function noResidue({ children, hasProcesses }: WalkRow, { complete, namesOnly }: ReceivedWalk): Residue {
  const own = namesOnly && hasProcesses !== true ? COUNTERS_TO_COME : OWN_CHARGES;
  const reason = !complete ? NOT_WALKED_WHOLE : children === 0 ? RESIDUE_OF_PARENTS : own;
  return { kmemBytes: reason, pageBytes: reason, bothBytes: reason };
}

/** They cost as much as all the rest of a walk. */
const LIMITS_OF_PODS = missing('unsupported', 'read of pods and their containers only');

function cgroupModel(
  row: WalkRow,
  residue: Residue,
  churn: Churn,
  pods: PodNames,
  reads: ReadonlyMap<string, ReadModel>,
): CgroupModel {
  const { path, children, usageBytes, kmemBytes, dyingBelow } = row;
  const { limitBytes = LIMITS_OF_PODS, limitFailures = LIMITS_OF_PODS, kmemFailures = LIMITS_OF_PODS } = row;
  const { oomKills = LIMITS_OF_PODS, pressurePct = LIMITS_OF_PODS } = row;
  return {
    path,
    depth: depthOf(path),
    children,
    ...pods.ownerOf(path),
    usageBytes,
    limitBytes,
    limitFailures,
    kmemBytes,
    kmemFailures,
    oomKills,
    pressurePct,
    heldKmemBytes: residue.kmemBytes,
    heldPageBytes: residue.pageBytes,
    heldBytes: mapKnown(residue.bothBytes, (bytes) => Math.max(0, bytes)),
    dyingBelow,
    readSeconds: reads.get(path)?.wallSeconds ?? missing('warming-up', 'not read yet'),
    churnPerMinute: churn.below(path),
  };
}
