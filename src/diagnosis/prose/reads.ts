import type { Printer } from '../printer.ts';
import { plural } from './plural.ts';

interface Read {
  readonly path: string;
  readonly file: string;
  readonly seconds: number;
}

/** Sentences on read times, and on kubelet. */
export const READ_SENTENCES = {
  'read.slow': ({ path, file, seconds }: Read, p: Printer) =>
    `one read of ${file} of ${path} takes ${p.seconds(seconds)}`,
  'read.in-flight': ({ path, file, seconds }: Read, p: Printer) =>
    `a read of ${file} of ${path} has taken ${p.seconds(seconds)} and is not back yet`,
  'read.waits': ({ path, file, seconds, cpuSeconds }: Read & { cpuSeconds: number }, p: Printer) =>
    `a read of ${file} of ${path} took ${p.seconds(seconds)} but only ${p.seconds(cpuSeconds)} of CPU: it waited for a CPU or a lock`,
  'read.quick': ({ path, file, seconds }: Read, p: Printer) =>
    `the slowest read of ${file}, of ${path}, takes ${p.seconds(seconds)}`,
  'read.v1-only': ({ file }: { file: string }) => `cgroup v2 has no ${file} that walks dying cgroups`,
  'read.cpu': ({ cpuSeconds, wallSeconds }: { cpuSeconds: number; wallSeconds: number }, p: Printer) =>
    `${p.seconds(cpuSeconds)} of it is CPU time, ${p.percent(wallSeconds > 0 ? Math.min(100, (cpuSeconds / wallSeconds) * 100) : 0)}`,
  'read.cause': ({ live, dying, possible }: { live: number; dying: number; possible: number }, p: Printer) =>
    `its cost grows with memory cgroups (${p.count(dying)} dying, ${p.count(live)} live) and, up to 4.18, possible CPUs (${p.count(possible)})`,
  'kernel.says': ({ statement }: { statement: string }) => statement.replace(/\.$/, ''),

  'attribution.explains': ({ sharePct, observedPct, atLeast }: Shares & { atLeast: boolean }, p: Printer) =>
    `reads of cgroup files explain ${atLeast ? 'at least ' : ''}${p.percent(sharePct)} of kubelet's system CPU of ${p.percent(observedPct)}`,
  'attribution.so-far': ({ sharePct, observedPct }: Shares, p: Printer) =>
    `reads of cgroup files explain at least ${p.percent(sharePct)} of kubelet's system CPU of ${p.percent(observedPct)} so far`,
  'attribution.seen': ({ sharePct, observedPct }: Shares, p: Printer) =>
    `kubelet was seen inside reads of cgroup files: ${p.percent(sharePct)} of its system CPU of ${p.percent(observedPct)}`,
  'attribution.untimed': ({ names, count }: { names: readonly string[]; count: number }, p: Printer) =>
    `it may be more: ${p.count(count)} of the files it reads ${plural(count, 'is', 'are')} not timed yet${
      names.length === 0 ? '' : `, ${names.join(' and ')} among them`
    }`,
  'attribution.looks': ({ pct, looks, files }: Looks, p: Printer) =>
    pct === 0
      ? `its own open files: no read was in the kernel in ${p.count(looks)} samples of the last minute`
      : `its own open files: reads take ${p.percent(pct)} of a core, by ${p.count(looks)} samples (${files.map((each) => `${each.file} ${p.percent(each.pct)}`).join(', ')})`,
  'attribution.disagree': ({ explainedPct, seenPct }: { explainedPct: number; seenPct: number }, p: Printer) =>
    `the two disagree: by read times it is ${p.percent(explainedPct)} of a core, by open files ${p.percent(seenPct)}`,
  'attribution.window': ({ seconds }: { seconds: number }, p: Printer) =>
    `system CPU is the mean of the last ${p.duration(seconds)}, the span of the reads`,
  'attribution.not': ({ sharePct, observedPct }: Shares, p: Printer) =>
    `reads of cgroup files do not explain kubelet's system CPU of ${p.percent(observedPct)}: they account for ${p.percent(sharePct)} of it`,
  'attribution.nothing': ({ observedPct }: { observedPct: number }, p: Printer) =>
    `kubelet's system CPU is ${p.percent(observedPct)} of a core: nothing to explain`,
  'attribution.term': ({ path, seconds, interval, pct }: Term, p: Printer) =>
    `${path}: ${p.seconds(seconds)} / (${p.seconds(seconds)} + ${p.seconds(interval)}) = ${p.percent(pct)} of a core`,
  'attribution.rest': ({ cgroups, pct }: { cgroups: number; pct: number }, p: Printer) =>
    `${p.count(cgroups)} more ${plural(cgroups, 'cgroup')}: ${p.percent(pct)} together`,
  'attribution.sum': ({ sumPct, observedPct, explainedPct }: Sum, p: Printer) =>
    sumPct > observedPct
      ? `together ${p.percent(sumPct)}, above the ${p.percent(observedPct)} observed: counted as ${p.percent(explainedPct)}`
      : `together ${p.percent(sumPct)} of ${p.percent(observedPct)} observed`,
  'attribution.interval': ({ interval, given }: { interval: number; given: boolean }, p: Printer) =>
    given
      ? `kubelet reads every cgroup every ${p.seconds(interval)} (--housekeeping-interval)`
      : `no --housekeeping-interval on kubelet's command line: the default, ${p.seconds(interval)}`,

  'kubelet.in-kernel': ({ systemPct, sharePct }: { systemPct: number; sharePct: number }, p: Printer) =>
    `kubelet spends ${p.percent(systemPct)} of a core in the kernel, ${p.percent(sharePct)} of its CPU time`,
  'kubelet.own-code': ({ cpuPct, systemPct }: { cpuPct: number; systemPct: number }, p: Printer) =>
    `kubelet takes ${p.percent(cpuPct)} of a core, ${p.percent(systemPct)} of it in the kernel`,
  'kubelet.core-full': ({ corePct, nodePct }: { corePct: number; nodePct: number }, p: Printer) =>
    `a core is full (${p.percent(corePct)}) while the node seems idle (${p.percent(nodePct)} busy)`,

  'lookalike.profile': (
    { path, sharePct, causePct }: { path: string; sharePct: number; causePct: number },
    p: Printer,
  ) =>
    `the profile has ${p.percent(sharePct)} in ${path}, against ${p.percent(causePct)} in reads of cgroup files: start there`,
  'lookalike.ruled-out-by-profile': ({ causePct }: { causePct: number }, p: Printer) =>
    `ruled out by the profile: ${p.percent(causePct)} of it reads cgroup files, nothing else stands out`,
  'lookalike.none-in-profile': (_: object) => 'nothing stands out in the profile, not even reads of cgroup files',
  'lookalike.ruled-out-by-reads': ({ sharePct, atLeast }: { sharePct: number; atLeast: boolean }, p: Printer) =>
    `ruled out by the read times, which explain ${atLeast ? 'at least ' : ''}${p.percent(sharePct)} of kubelet's system CPU`,
  'lookalike.nothing-hot': (_: object) => 'kubelet is not hot: nothing to rule out',
  'lookalike.undercounts': (_: object) =>
    'a profile undercounts time in the kernel: its shares compare code paths, not CPU time',
  'lookalike.futex': ({ timeouts }: { timeouts: number }, p: Printer) =>
    `the trace's ${p.count(timeouts)} timeouts in futex are timers of the Go runtime, and no fault`,
  'lookalike.worker': ({ comm, systemPct }: { comm: string; systemPct: number }, p: Printer) =>
    `the kernel worker ${comm} takes ${p.percent(systemPct)} of a core: cache_reap of SLAB looks like this`,
  'lookalike.other-reader': (
    { comm, file, readingPct }: { comm: string; file: string; readingPct: number },
    p: Printer,
  ) => `${comm} reads ${file} too: it was in a read in ${p.percent(readingPct)} of the samples of the last minute`,
  'lookalike.other-holder': ({ comm, file, openPct }: { comm: string; file: string; openPct: number }, p: Printer) =>
    `${comm} had ${file} open in ${p.percent(openPct)} of the samples of the last minute; reading it or not is unknown`,
} as const;

interface Looks {
  readonly pct: number;
  readonly looks: number;
  readonly files: readonly { readonly file: string; readonly pct: number }[];
}

interface Shares {
  readonly sharePct: number;
  readonly observedPct: number;
}

interface Sum {
  readonly sumPct: number;
  readonly observedPct: number;
  readonly explainedPct: number;
}

interface Term {
  readonly path: string;
  readonly seconds: number;
  readonly interval: number;
  readonly pct: number;
}
