import { isMissing, type Maybe, type Missing } from '../../core/missing.ts';
import type { PinKind } from '../pin-kind.ts';
import type { Printer } from '../printer.ts';
import { plural } from './plural.ts';

const cgroups = (count: number, p: Printer) => `${p.count(count)} dying memory ${plural(count, 'cgroup')}`;

/** What pins, as it stands after "by". */
const KIND: Readonly<Record<PinKind, string>> = {
  slab: 'slab objects (dentries and inodes)',
  clean: 'clean pages of files',
  dirty: 'dirty pages of files',
  pages: 'pages of a kind not known',
  tmpfs: 'pages of tmpfs',
  anon: 'anonymous memory',
};

interface Lesson {
  readonly mode: number;
  readonly keptBytes: number;
  readonly dyingAfter: number;
}

interface Below {
  readonly kinds: readonly { readonly kind: PinKind; readonly bytes: number }[];
  readonly path: string;
  readonly pod: Maybe<string>;
}

/** Sentences on dying and live cgroups, and what pins them. */
export const DYING_SENTENCES = {
  unknown: ({ about, reason }: { about: string; reason: Missing }) =>
    `${about}: not known (${reason.detail ?? reason.unavailable})`,

  'dying.many': ({ dying, sharePct }: { dying: number; sharePct: Maybe<number> }, p: Printer) =>
    isMissing(sharePct) ? cgroups(dying, p) : `${cgroups(dying, p)}, ${p.percent(sharePct)} of all`,
  'dying.few': ({ dying }: { dying: number }, p: Printer) => cgroups(dying, p),
  'dying.turnover': ({ dying, sharePct }: { dying: number; sharePct: number }, p: Printer) =>
    `${cgroups(dying, p)}, only ${p.percent(sharePct)} of all: the turnover of a busy node`,
  'dying.reads-stay-fast': (_: object) => 'reads of memory.stat stay fast: here the dying cost memory, not CPU',
  'dying.others-are-slow': ({ files }: { files: readonly string[] }) =>
    `reads of memory.stat stay fast, reads of ${files.join(' and ')} do not`,
  'dying.growing': ({ perHour, next, inSeconds }: { perHour: number; next: number; inSeconds: number }, p: Printer) =>
    `they grow by ${p.count(perHour)} an hour: ${p.count(next)} in ${p.duration(inSeconds)}`,
  'dying.shrinking': ({ perHour }: { perHour: number }, p: Printer) => `they shrink by ${p.count(perHour)} an hour`,

  'pins.told': ({ kinds, path, pod }: Below, p: Printer) =>
    `pinned by ${kindsText(kinds, p, ', and by ')}, most of it below ${path}${podText(pod)}`,
  'pins.below': ({ kinds, path, pod }: Below, p: Printer) =>
    `below ${path}${podText(pod)}: ${kindsText(kinds, p, ', ')}`,
  'pins.answers-to': ({ kind }: { kind: PinKind }) => ANSWERS_TO[kind],
  'pins.few': ({ dying }: { dying: number }, p: Printer) => `${cgroups(dying, p)}: too few to tell what pins them`,
  'pins.taught': ({ mode, keptBytes, dyingAfter }: Lesson, p: Printer) =>
    `drop_caches=${mode} left ${p.count(dyingAfter)} dying and the kernel memory they hold (${p.bytes(keptBytes)}): it is no pin on this kernel`,
  'pins.reparented': ({ bytes }: { bytes: number }, p: Printer) =>
    `${p.bytes(bytes)} of kernel memory is no pin: this kernel hands the objects of a dead cgroup to the parent`,

  'ids.near': ({ total, pct }: { total: number; pct: number }, p: Printer) =>
    `${p.count(total)} of 65,535 memory cgroup ids taken (${p.percent(pct)}); with none left no pod starts`,
  'ids.far': ({ total, atMost }: { total: number; atMost: boolean }, p: Printer) =>
    `${atMost ? 'at most ' : ''}${p.count(total)} of 65,535 memory cgroup ids taken`,
  'ids.live-near': ({ live, pct }: { live: number; pct: number }, p: Printer) =>
    `live cgroups take ${p.count(live)} of 65,535 memory cgroup ids (${p.percent(pct)}); with none left no pod starts`,
  'ids.live-far': ({ live }: { live: number }, p: Printer) =>
    `live cgroups take ${p.count(live)} of 65,535 memory cgroup ids; on this kernel the dying hold none`,
  'ids.gone': ({ total }: { total: number }, p: Printer) =>
    `${p.count(total)} memory cgroups and only 65,535 ids: none is left, no pod starts`,

  'live.many': ({ live }: { live: number }, p: Printer) =>
    `${p.count(live)} live memory cgroups, far more than the pods explain: left over`,
  'live.most-below': ({ path, children }: { path: string; children: number }, p: Printer) =>
    `most of them are below ${path}: ${p.count(children)} ${plural(children, 'child', 'children')}`,
  'live.slow-reads': ({ path, file, seconds }: { path: string; file: string; seconds: number }, p: Printer) =>
    `reads walk them like the dying: ${file} of ${path} takes ${p.seconds(seconds)}`,
  'live.growing': ({ perHour }: { perHour: number }, p: Printer) => `they grow by ${p.count(perHour)} an hour`,
  'live.few': ({ live }: { live: number }, p: Printer) => `${p.count(live)} live memory ${plural(live, 'cgroup')}`,

  'empty.many': ({ empty, all }: { empty: number; all: number }, p: Printer) =>
    `${p.count(empty)} of ${p.count(all)} pod cgroups have no process: their pods are gone, and kubelet fails to remove them`,
  'empty.now': ({ empty, all }: { empty: number; all: number }, p: Printer) =>
    `${p.count(empty)} of ${p.count(all)} pod cgroups have no process now`,
  'empty.wait': (_: object) => 'pods that start or end have none for a moment: whether these stay takes five minutes',
  'empty.few': ({ empty, all }: { empty: number; all: number }, p: Printer) =>
    `${p.count(all - empty)} of ${p.count(all)} pod ${plural(all, 'cgroup')} have a process`,
  'empty.pod': ({ pod, emptySeconds }: { pod: string; emptySeconds: number }, p: Printer) =>
    `${pod}: no process ${emptySeconds < 1 ? 'since it was first seen' : `for at least ${p.duration(emptySeconds)}`}`,
  'empty.hot-kubelet': ({ cpuPct }: { cpuPct: number }, p: Printer) =>
    `kubelet takes ${p.percent(cpuPct)} of a core: trying to remove them, every 2 s, is part of its work`,

  'other.leaks': ({ name, cgroups: count, live }: { name: string; cgroups: number; live: number }, p: Printer) =>
    `the ${name} hierarchy holds ${p.count(count)} cgroups for ${p.count(live)} live memory cgroups: it leaks`,
  'other.fine': ({ hierarchies }: { hierarchies: number }, p: Printer) =>
    `no other of ${p.count(hierarchies)} cgroup v1 ${plural(hierarchies, 'hierarchy', 'hierarchies')} holds many more cgroups than are live`,
  'other.none': (_: object) => 'no other cgroup v1 hierarchy is in use',

  'churn.much': ({ path, owner, perMinute }: Churner, p: Printer) =>
    `${p.count(perMinute)} cgroups a minute come and go below ${path}${podText(owner)}`,
  'churn.also': ({ path, owner, perMinute }: Churner, p: Printer) =>
    `${path}${podText(owner)}: ${p.count(perMinute)} a minute`,
  'churn.little': ({ created, removed }: { created: number; removed: number }, p: Printer) =>
    `at least ${p.count(created)} cgroups created and ${p.count(removed)} removed a minute`,
  'churn.by-dying': ({ perMinute }: { perMinute: number }, p: Printer) =>
    `at least ${p.count(perMinute)} cgroups a minute come and go between two walks: the dying grow that fast`,
  'churn.by-pods': ({ restarts, created }: { restarts: number; created: number }, p: Printer) =>
    `at least ${p.count(restarts)} container restarts and ${p.count(created)} new pods a minute (from the pod logs)`,
  'churn.restarting': ({ pod, restarts }: { pod: string; restarts: number }, p: Printer) =>
    `most restarts: ${pod}, ${p.count(restarts)} in the last five minutes`,
  'churn.creating': ({ namespace, pods }: { namespace: string; pods: number }, p: Printer) =>
    `most new pods: namespace ${namespace}, ${p.count(pods)} in the last five minutes`,
  'churn.unseen': (_: object) => 'cgroups that live shorter than the time between two walks are not counted',

  'hybrid.v1': ({ dying }: { dying: Maybe<number> }, p: Printer) =>
    `cgroup v1 and v2 are both mounted, memory is on v1: cgroup.stat on v2 does not count ${
      isMissing(dying) ? 'its dying cgroups' : `the ${p.count(dying)} that are dying`
    }`,
  'hybrid.v2': (_: object) => 'cgroup v1 and v2 are both mounted; memory is on v2',
  'hybrid.not': ({ version }: { version: 'v1' | 'v2' }) => `cgroup ${version} alone`,
} as const;

interface Churner {
  readonly path: string;
  /** Pod or unit. */
  readonly owner: Maybe<string>;
  readonly perMinute: number;
}

/** What helped against each kind: tried on 4.4.155, 4.18.0-147 and 6.18. */
const ANSWERS_TO: Readonly<Record<PinKind, string>> = {
  slab: 'drop_caches mode 2 frees slab objects',
  clean: 'drop_caches mode 1 or 3 frees clean pages; mode 2 does not',
  dirty: 'dirty pages stay until they are written: sync first, then drop_caches',
  pages: 'sync and drop_caches free pages of files; pages of tmpfs go only with their files',
  tmpfs: 'no drop_caches frees pages of tmpfs: remove the files',
  anon: 'anonymous memory stays until its process ends',
};

/** Each kind with its own amount: what is held besides is no pin, and does not add up with it. */
function kindsText(kinds: Below['kinds'], p: Printer, between: string): string {
  return kinds.map(({ kind, bytes }) => `${KIND[kind]}: ${p.bytes(bytes)}`).join(between);
}

function podText(pod: Maybe<string>): string {
  return isMissing(pod) ? '' : ` (${pod})`;
}
