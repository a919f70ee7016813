import { isMissing, type Maybe } from '../../core/missing.ts';
import type { Printer } from '../printer.ts';
import type { FreedByDrop } from '../slab-caches/cache-facts.ts';
import { plural } from './plural.ts';

/** What a drop does to a cache. */
const BY_DROP: Readonly<Record<FreedByDrop, string>> = {
  frees: 'drop_caches mode 2 frees its unused objects',
  'with-pages': 'it goes with the page cache: drop_caches mode 1 or 3 frees its unused objects',
  keeps: 'no drop_caches frees it: it goes when what uses it ends',
};

interface Share {
  readonly bytes: number;
  readonly pct: number;
}

/** Sentences on slab, dentries and memory. */
export const NODE_SENTENCES = {
  'share.one-cache': ({ name, bytes, pct }: Share & { name: string }, p: Printer) =>
    `one slab cache, ${name}, takes ${p.bytes(bytes)}, ${p.percent(pct)} of memory`,
  'share.unreclaimable': ({ bytes, pct }: Share, p: Printer) =>
    `${p.bytes(bytes)} of slab cannot be reclaimed, ${p.percent(pct)} of memory`,
  'share.percpu': ({ bytes, pct }: Share, p: Printer) =>
    `${p.bytes(bytes)} are per-CPU data, ${p.percent(pct)} of memory: what each cgroup costs for every possible CPU`,
  'share.fine': ({ pct }: { pct: number }, p: Printer) =>
    `${p.percent(pct)} of memory are slab that cannot be reclaimed`,
  'share.cache': ({ name, bytes, pct }: Share & { name: string }, p: Printer) =>
    `${name}: ${p.bytes(bytes)}, ${p.percent(pct)} of memory`,
  'cache.holds': ({ name, holds }: { name: string; holds: string }) => `${name} holds ${holds}`,
  'cache.grows': ({ grows }: { grows: string }) => `it grows with ${grows}`,
  'cache.drop': ({ drop }: { drop: FreedByDrop }) => BY_DROP[drop],
  'cache.not-known': ({ name }: { name: string }) =>
    `${name} is an unknown cache: of a driver or file system, or merged with others of its size`,

  'slab.grows': ({ perDay, pct }: { perDay: number; pct: number }, p: Printer) =>
    `slab grows by ${p.bytes(perDay)} a day, ${ofMemory(pct, p)}`,
  'slab.gone-in': ({ inSeconds }: { inSeconds: number }, p: Printer) =>
    `at this rate memory is full in ${p.duration(inSeconds)}`,
  'slab.steady': ({ perDay }: { perDay: number }, p: Printer) => `slab grows by ${p.bytes(perDay)} a day`,
  'slab.shrinks': ({ perDay }: { perDay: number }, p: Printer) => `slab shrinks by ${p.bytes(perDay)} a day`,
  'slab.watched': ({ forSeconds }: { forSeconds: number }, p: Printer) => `watched for ${p.duration(forSeconds)}`,

  'dentry.dominates': ({ bytes, slabBytes, pct }: Dentries, p: Printer) =>
    `${p.bytes(bytes)} of ${p.bytes(slabBytes)} slab are dentries (${p.percent(pct)})`,
  'dentry.part': ({ bytes, slabBytes, pct }: Dentries, p: Printer) =>
    `dentries are ${p.percent(pct)} of slab, ${p.bytes(bytes)} of ${p.bytes(slabBytes)}`,
  'dentry.unused': ({ unused, pct }: { unused: number; pct: number }, p: Printer) =>
    `${p.count(unused)} of them (${p.percent(pct)}) are unused`,
  'dentry.negative-many': ({ negative, pct }: { negative: number; pct: number }, p: Printer) =>
    `${p.count(negative)} negative dentries, ${p.percent(pct)} of all: lookups of files that do not exist`,
  'dentry.negative-few': ({ negative }: { negative: number }, p: Printer) =>
    `${p.count(negative)} negative ${plural(negative, 'dentry', 'dentries')}`,

  'others.dropped': ({ times, lastSecondsAgo }: { times: number; lastSecondsAgo: number }, p: Printer) =>
    `another process dropped caches ${p.count(times)} ${plural(times, 'time')} since the start, last ${p.duration(lastSecondsAgo)} ago`,
  'others.every': ({ everySeconds }: { everySeconds: number }, p: Printer) =>
    `about every ${p.duration(everySeconds)}: probably a cron job; it hides the leak, and each drop leaves the cache cold`,
  'others.effect': ({ before, after }: { before: Maybe<number>; after: Maybe<number> }, p: Printer) =>
    isMissing(before) || isMissing(after)
      ? 'what it freed was not seen'
      : `slab went from ${p.bytes(before)} to ${p.bytes(after)} within a minute`,
  'others.since-boot': ({ times, everySeconds }: { times: number; everySeconds: Maybe<number> }, p: Printer) =>
    `caches were dropped ${p.count(times)} ${plural(times, 'time')} since boot by other processes${
      isMissing(everySeconds) ? '' : `, every ${p.duration(everySeconds)} on average`
    }`,
  'others.never': (_: object) => 'no other process has dropped caches since boot',

  'neighbours.busy': ({ comm, pid, cpuPct, systemPct, why }: Neighbour, p: Printer) =>
    `${comm} (pid ${pid}) takes ${p.percent(cpuPct)} of a core${isMissing(systemPct) ? '' : `, ${p.percent(systemPct)} in the kernel`}${
      why === undefined ? '; it is a workload, for all that is known here' : `: ${why}`
    }`,
  'neighbours.calm': ({ pct }: { pct: number }, p: Printer) =>
    `no process beside kubelet takes ${p.percent(pct)} of a core`,

  'pressure.high': ({ pct }: { pct: number }, p: Printer) =>
    `tasks waited for memory in ${p.percent(pct)} of the last minute`,
  'pressure.low': ({ pct }: { pct: number }, p: Printer) =>
    `tasks waited for memory in ${p.percent(pct)} of the last minute`,
  'pressure.little-left': ({ bytes, pct }: { bytes: number; pct: number }, p: Printer) =>
    `${p.bytes(bytes)} of memory left (${p.percent(pct)})`,
  'pressure.enough-left': ({ bytes, pct }: { bytes: number; pct: number }, p: Printer) =>
    `${p.bytes(bytes)} of memory left (${p.percent(pct)}); this kernel does not measure pressure`,
} as const;

interface Neighbour {
  readonly comm: string;
  readonly pid: number;
  readonly cpuPct: number;
  readonly systemPct: Maybe<number>;
  readonly why: string | undefined;
}

/** A share of memory up to all of it; more of it in times memory, which is easier to grasp than hundreds of percent. */
function ofMemory(pct: number, p: Printer): string {
  return pct > 100 ? `${(pct / 100).toFixed(1)} x memory` : `${p.percent(pct)} of memory`;
}

interface Dentries {
  readonly bytes: number;
  readonly slabBytes: number;
  readonly pct: number;
}
