import { isKnown, isMissing, type Maybe } from '../core/missing.ts';
import type { KubeletModel } from '../model/model.ts';
import type { Answer, AnswerWarning, PathShare } from '../profile/answer.ts';
import type { CodePathId } from '../profile/code-paths.ts';
import { count, percent, seconds, wholePercent } from './quantity.ts';

/** What a code path is, as the object of "samples are in". */
const PATH_WORDS: Readonly<Record<CodePathId, string>> = {
  housekeeping: 'cAdvisor housekeeping',
  'container-stats': 'statistics of containers',
  'cgroup-stats': 'statistics of cgroups',
  'memory-stats': 'memory cgroup statistics',
  'kernel-memory-stat': 'memory.stat inside the kernel',
  'numa-stat': 'memory.numa_stat',
  'memory-counters': 'the page counters',
  'blkio-stats': 'block I/O statistics of cgroups',
  'process-stats': 'statistics of processes in containers',
  'disk-usage': 'disk usage walks',
  'pod-specs': 'specifications of containers',
  'pod-relist': 'the list of pods of the container runtime',
  'pod-cleanup': 'cleaning up after pods',
  'metrics-scrape': 'answering a scrape of metrics',
  'garbage-collection': "Go's garbage collector",
  scheduler: "Go's scheduler",
};

/**
 * What a profile says, in one sentence: the share of housekeeping and, in it, of the memory cgroup statistics. Those
 * are read from several files; `memory.stat` has no function of its own in runc, so that it is named as part of the
 * rest only.
 */
export function profileHeadline(answer: Answer): string {
  if (answer.program === 'no-symbols') return 'the profile names no functions, so that it tells nothing';
  const of = (id: CodePathId) => answer.paths.find((path) => path.id === id)?.share ?? 0;
  const [housekeeping, memory] = [of('housekeeping'), of('memory-stats')];
  if (housekeeping === 0 && memory === 0) return 'no sample is in cAdvisor housekeeping or memory cgroup statistics';
  const parts = [`${share(housekeeping)} of samples are in cAdvisor housekeeping`];
  if (memory === 0) return `${parts[0]}, none in memory cgroup statistics`;
  const [counters, numa] = [of('memory-counters'), of('numa-stat')];
  const rest = Math.max(0, memory - counters - numa);
  const inside = [
    ...(counters > 0 ? [`${share(counters)} page counters`] : []),
    ...(numa > 0 ? [`${share(numa)} memory.numa_stat`] : []),
    ...(rest >= 0.005 ? [`${share(rest)} the rest, memory.stat in it`] : []),
  ];
  return `${parts[0]}, ${share(memory)} in memory cgroup statistics (${inside.join(', ')})`;
}

/** What else kubelet is busy with, largest first; undefined where nothing else was seen. */
export function lookalikeSentence({ lookalikes }: Answer): string | undefined {
  const large = lookalikes.filter((path) => path.share >= LEAST_SHARE).slice(0, 4);
  return large.length === 0 ? undefined : `other work: ${large.map(named).join(', ')}`;
}

/** A twentieth is one sample in a short profile. */
const LEAST_SHARE = 0.02;

function named({ id, share: part }: PathShare): string {
  return `${share(part)} ${PATH_WORDS[id]}`;
}

/** What has to be known before a share is believed, the most important first. */
export function profileWarnings(answer: Answer, kubelet: Maybe<KubeletModel> | undefined): readonly string[] {
  return answer.warnings.map((warning) => warningSentence(warning, answer, kubelet));
}

function warningSentence(warning: AnswerWarning, answer: Answer, kubelet: Maybe<KubeletModel> | undefined): string {
  switch (warning) {
    case 'undercounts-system-time':
      return `a profile undercounts long system calls: a read of seconds leaves few samples. Shares compare code paths; for CPU time see /proc${procSays(kubelet)}`;
    case 'no-unit':
      return 'folded stacks have no unit: a sample counts as 10 ms; shares hold, times may not';
    case 'few-samples':
      return `few samples${fewSamples(answer.samples)}: take a profile over more seconds`;
    case 'another-program':
      return 'this is a profile of another program than kubelet: it says nothing about kubelet';
    case 'no-symbols':
      return 'the program was built without names, or the profile was stripped of them';
  }
}

function procSays(kubelet: Maybe<KubeletModel> | undefined): string {
  if (kubelet === undefined || isMissing(kubelet)) return '';
  const { cpuPct, systemPct } = kubelet;
  return isKnown(cpuPct) && isKnown(systemPct)
    ? `: kubelet takes ${percent(cpuPct)} of a core now, ${percent(systemPct)} in the kernel`
    : '';
}

/** The standard error of a share is at most half of 1 / sqrt(samples). */
function fewSamples(samples: Maybe<number>): string {
  if (isMissing(samples) || samples <= 0) return '';
  return ` (${count(samples)}), so that a share may be off by ${wholePercent(50 / Math.sqrt(samples))}`;
}

/** What was sampled: `kubelet: 470 ms of CPU in 20.0 s (2.4 % of a core), 47 samples`. */
export function profileFacts(
  answer: Answer,
  about: { readonly executable: string; readonly durationSeconds: Maybe<number> },
): string {
  const { durationSeconds } = about;
  const cpu = answer.cpuNanoseconds / 1e9;
  const over = isMissing(durationSeconds)
    ? ''
    : ` in ${seconds(durationSeconds)} (${percent((cpu / durationSeconds) * 100)} of a core)`;
  const samples = isMissing(answer.samples) ? '' : `, ${count(answer.samples)} samples`;
  return `${about.executable}: ${seconds(cpu)} of CPU${over}${samples}`;
}

function share(part: number): string {
  return wholePercent(part * 100);
}
