import { isMissing, type Maybe, mapKnown, missing, NOT_YET } from '../core/missing.ts';
import type { PressureShare } from '../sources/proc/pressure.ts';
import type { CpuTicks } from '../sources/proc/stat.ts';
import type { Pair } from './latest.ts';
import type { ControllerModel, NodeModel } from './model.ts';

/** The node as a whole. */
export function deriveNode(
  cpu: Pair<'cpu'>,
  memory: Pair<'memory'>,
  vfs: Pair<'vfs'>,
  counts: Pair<'cgroupCounts'>,
  ownDrops: NodeModel['ownDrops'],
): NodeModel {
  const sample = memory.now?.sample;
  const meminfo = sample?.meminfo ?? NOT_YET;
  const vmstat = sample?.vmstat ?? NOT_YET;
  const shares = cpuShares(cpu);
  return {
    busyPct: mapKnown(shares, (known) => known.busyPct),
    systemPct: mapKnown(shares, (known) => known.systemPct),
    iowaitPct: mapKnown(shares, (known) => known.iowaitPct),
    stealPct: mapKnown(shares, (known) => known.stealPct),
    busiestCorePct: busiestCore(cpu),
    loadAverage: mapKnown(cpu.now?.sample.loadAverage ?? NOT_YET, (known) => known.oneMinute),
    memoryTotalBytes: mapKnown(meminfo, (known) => known.memTotalBytes),
    memoryAvailableBytes: mapKnown(meminfo, (known) => known.memAvailableBytes),
    pageCacheBytes: mapKnown(meminfo, (known) => known.cachedBytes),
    dirtyBytes: mapKnown(meminfo, (known) => known.dirtyBytes),
    shmemBytes: mapKnown(meminfo, (known) => known.shmemBytes),
    percpuBytes: mapKnown(meminfo, (known) => known.percpuBytes),
    memoryPressurePct: pressure(sample?.memoryPressure),
    cpuPressurePct: pressure(sample?.cpuPressure),
    ioPressurePct: pressure(sample?.ioPressure),
    slabDrops: mapKnown(vmstat, (known) => known.dropSlab),
    pageCacheDrops: mapKnown(vmstat, (known) => known.dropPagecache),
    ownDrops,
    inodes: mapKnown(vfs.now?.sample.inodeState ?? NOT_YET, (known) => known.objects),
    controllers: mapKnown(
      counts.now?.sample.controllers ?? NOT_YET,
      (rows): Maybe<readonly ControllerModel[]> =>
        rows.filter((row) => row.hierarchy !== 0).map(({ name, hierarchy, cgroups }) => ({ name, hierarchy, cgroups })),
    ),
  };
}

function pressure(value: Maybe<{ readonly some: Maybe<PressureShare> }> | undefined): Maybe<number> {
  return mapKnown(value ?? NOT_YET, (known) => mapKnown(known.some, (some) => some.avg60Pct));
}

interface Shares {
  readonly busyPct: number;
  readonly systemPct: number;
  readonly iowaitPct: number;
  readonly stealPct: number;
}

/** Shares of the time between two looks. Guest time is part of user time already (proc(5)). */
function sharesOf(before: CpuTicks, now: CpuTicks): Maybe<Shares> {
  const total = allTicks(now) - allTicks(before);
  if (total <= 0) return missing(total < 0 ? 'counter-reset' : 'warming-up', 'no CPU time has passed');
  const pct = (ticks: number) => Math.min(100, Math.max(0, (ticks / total) * 100));
  const idle = now.idleTicks - before.idleTicks;
  const iowait = now.iowaitTicks - before.iowaitTicks;
  const system =
    now.systemTicks - before.systemTicks + now.irqTicks - before.irqTicks + now.softirqTicks - before.softirqTicks;
  const stealPct = pct(now.stealTicks - before.stealTicks);
  return { busyPct: pct(total - idle - iowait), systemPct: pct(system), iowaitPct: pct(iowait), stealPct };
}

function allTicks(ticks: CpuTicks): number {
  const { userTicks, niceTicks, systemTicks, idleTicks, iowaitTicks, irqTicks, softirqTicks, stealTicks } = ticks;
  return userTicks + niceTicks + systemTicks + idleTicks + iowaitTicks + irqTicks + softirqTicks + stealTicks;
}

function cpuShares({ before, now }: Pair<'cpu'>): Maybe<Shares> {
  const stat = now?.sample.stat ?? NOT_YET;
  if (isMissing(stat)) return stat;
  if (isMissing(stat.total)) return stat.total;
  const earlier = before?.sample.stat ?? missing('warming-up', 'a rate takes two samples');
  if (isMissing(earlier)) return earlier;
  return isMissing(earlier.total) ? earlier.total : sharesOf(earlier.total, stat.total);
}

function busiestCore({ before, now }: Pair<'cpu'>): Maybe<number> {
  const stat = now?.sample.stat ?? NOT_YET;
  if (isMissing(stat)) return stat;
  const earlier = before?.sample.stat ?? missing('warming-up', 'a rate takes two samples');
  if (isMissing(earlier)) return earlier;
  const ticksBefore = new Map(earlier.cpus.map((core) => [core.cpu, core]));
  let busiest: Maybe<number> = missing('absent', '/proc/stat has no row per core');
  for (const core of stat.cpus) {
    const old = ticksBefore.get(core.cpu);
    const shares = old === undefined ? NOT_YET : sharesOf(old, core);
    if (isMissing(shares)) {
      if (isMissing(busiest)) busiest = shares;
    } else busiest = isMissing(busiest) ? shares.busyPct : Math.max(busiest, shares.busyPct);
  }
  return busiest;
}
