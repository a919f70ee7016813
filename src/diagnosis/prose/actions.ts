import { isMissing, type Maybe, type Missing } from '../../core/missing.ts';
import type { Printer } from '../printer.ts';
import type { UnlikeHealth } from '../unlike-health.ts';
import { plural } from './plural.ts';

const STAYS = '; those that tmpfs or anonymous memory pins stay';

/** How much of kubelet's system CPU the reads explain. */
interface Explains {
  readonly pct: number;
  readonly atLeast: boolean;
}

interface Sick {
  readonly live: number;
  readonly dying: number;
  readonly mostly: 'live' | 'dying';
  /** From so many dying on they are named beside the live ones. */
  readonly many: number;
  readonly file: string;
  readonly path: string;
  readonly seconds: number;
  readonly explains: Maybe<Explains>;
}

/** Sentences on what to do, and the verdict of the whole. */
export const ACTION_SENTENCES = {
  'drop.slab': ({ stays }: { stays: boolean }) =>
    `mode 2 frees unused dentries and inodes, which pin the dying cgroups here${stays ? STAYS : ''}`,
  'drop.pages': ({ sync, stays }: { sync: boolean; stays: boolean }) =>
    `${sync ? 'sync writes the dirty pages, then mode 1' : 'mode 1'} frees the pages that pin the dying cgroups here; mode 2 would free none${stays ? STAYS : ''}`,
  'drop.both': ({ slab, stays }: { slab: boolean; stays: boolean }) =>
    `${
      slab
        ? 'slab objects and pages of files pin the dying cgroups here: sync and mode 3 free them'
        : 'pages of files pin the dying cgroups here; on this kernel it takes sync and mode 3, and some stay even then'
    }${stays ? STAYS : ''}`,
  'drop.none-frees-tmpfs': (_: object) =>
    'no drop helps: pages of tmpfs pin the dying cgroups until the files are removed',
  'drop.none-frees-anon': (_: object) =>
    'no drop helps: anonymous memory pins the dying cgroups until its processes end',
  'drop.not-needed': ({ dying }: { dying: number }, p: Printer) =>
    `no drop needed: ${p.count(dying)} memory ${plural(dying, 'cgroup is', 'cgroups are')} dying`,
  'drop.taught': ({ mode, dyingAfter }: { mode: number; dyingAfter: number }, p: Printer) =>
    `no drop: drop_caches=${mode} was tried, ${p.count(dyingAfter)} dying cgroups stayed`,
  'drop.unknown': ({ reason }: { reason: Missing }) =>
    `no drop recommended: unknown what it would free (${reason.detail ?? reason.unavailable})`,

  'verdict.sick': ({ file, path, seconds, explains, ...walked }: Sick, p: Printer) =>
    `${walkedText(walked, p)} ${file} slow: ${path === '/' ? 'root' : path} read ${p.seconds(seconds)}${isMissing(explains) ? '' : `; explains ${explains.atLeast ? 'at least ' : ''}${p.percent(explains.pct)} of kubelet's system CPU`}`,
  'verdict.sick.short': ({ seconds, explains, live, dying, mostly }: Sick, p: Printer) =>
    `${p.count(mostly === 'dying' ? dying : live)} ${mostly}, read ${p.seconds(seconds)}${isMissing(explains) ? '' : `, ${explains.atLeast ? '>= ' : ''}${p.percent(explains.pct)} of kubelet's system CPU`}`,
  'verdict.ok': ({ dying, ...read }: Fine, p: Printer) =>
    `healthy: ${p.count(dying)} dying memory ${plural(dying, 'cgroup')}, the slowest read of memory.stat takes ${tookText(read, p)}`,
  'verdict.ok.short': ({ dying, ...read }: Fine, p: Printer) =>
    `healthy: ${p.count(dying)} dying, slowest read ${tookText(read, p)}`,
  'verdict.but': ({ dying, but, ...read }: Fine & { but: UnlikeHealth }, p: Printer) =>
    `${butText(but, p)}; ${p.count(dying)} dying memory ${plural(dying, 'cgroup')}, the slowest read of memory.stat takes ${tookText(read, p)}`,
} as const;

/** What a verdict without a sickness rests on; with the CPU time of a read that waited for a CPU. */
interface Fine {
  readonly dying: number;
  readonly seconds: number;
  readonly cpuSeconds?: number;
}

function tookText({ seconds, cpuSeconds }: Omit<Fine, 'dying'>, p: Printer): string {
  return cpuSeconds === undefined ? p.seconds(seconds) : `${p.seconds(cpuSeconds)} of CPU in ${p.seconds(seconds)}`;
}

function butText(but: UnlikeHealth, p: Printer): string {
  if (but.kind === 'kubelet-unknown') return "kubelet's CPU is not known yet";
  return `${but.comm} takes ${p.percent(but.cpuPct)} of a core, and reads of memory cgroups are not why`;
}

/** "8,784 live memory cgroups make": the larger part, and the dying besides where they are many. */
function walkedText({ live, dying, mostly, many }: Omit<Sick, 'file' | 'path' | 'seconds' | 'explains'>, p: Printer) {
  const most = mostly === 'dying' ? dying : live;
  const also = mostly === 'live' && dying >= many ? ` and ${p.count(dying)} dying` : '';
  return `${p.count(most)} ${mostly}${also} memory ${plural(most, 'cgroup')} ${plural(most, 'makes', 'make')}`;
}
