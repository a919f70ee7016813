import type { Footprint } from './footprint.ts';

/** What a soak did and found; beside the results of the bench, as JSON. */
export interface Summary {
  readonly schema: 'slabtop-k8s-soak/1';
  readonly at: string;
  readonly machine: { readonly kernel: string; readonly cpus: number; readonly node: string };
  readonly seed: number;
  readonly minutes: number;
  /** How often each fault was made. */
  readonly counts: Readonly<Record<string, number>>;
  /** How often the numbers of the program were compared with what is so, and were right. */
  readonly checks: number;
  /** The screens that ran throughout, by what they showed: `node`, `generated host`. */
  readonly screens: Readonly<Record<string, Watched>>;
  /** What was left out, with the reason. */
  readonly skipped: readonly string[];
  /** What was lost, wrong or left behind: empty is what is wanted. */
  readonly problems: readonly string[];
}

/** A screen before and after the faults. */
export interface Watched {
  readonly start: Figures;
  readonly end: Figures;
  readonly anonymous: {
    /** Of a straight line through the readings of the second half; the last hour of reads, kept in memory, is in it. */
    readonly bytesPerHour: number;
    /** Its standard error. */
    readonly noiseBytesPerHour: number;
    readonly largestBytes: number;
  };
}

/** The program and the node at one moment. */
export interface Figures extends Footprint {
  readonly liveCgroups: number;
  readonly toldLiveCgroups: number;
}

/** A summary for a person. */
export function formatSummary(summary: Summary): string {
  const { seed, minutes, counts, checks, screens, skipped, problems } = summary;
  const mib = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  const row = (name: string, from: string | number, to: string | number) =>
    `  ${name.padEnd(26)} ${String(from).padStart(12)} ${String(to).padStart(12)}`;
  return [
    `soak: ${minutes.toFixed(1)} minutes, seed ${seed}, numbers compared and right ${checks} times`,
    ...Object.entries(counts).map(([fault, times]) => `  ${String(times).padStart(6)} x ${fault}`),
    ...Object.entries(screens).flatMap(([name, { start, end, anonymous }]) => [
      row(`screen on the ${name}`, 'start', 'end'),
      row('processes', start.processes, end.processes),
      row('anonymous memory', mib(start.anonymousBytes), mib(end.anonymousBytes)),
      row('PSS of all', mib(start.pssBytes), mib(end.pssBytes)),
      row('RSS of all', mib(start.rssBytes), mib(end.rssBytes)),
      row('descriptors of the screen', start.screenDescriptors.length, end.screenDescriptors.length),
      row('descriptors of the sampler', start.samplerDescriptors.length, end.samplerDescriptors.length),
      row('live cgroups', start.liveCgroups, end.liveCgroups),
      row('live cgroups as told', start.toldLiveCgroups, end.toldLiveCgroups),
      `  anonymous memory in the second half: ${mib(anonymous.bytesPerHour)}/h ± ${mib(anonymous.noiseBytesPerHour)}, largest ${mib(anonymous.largestBytes)}`,
    ]),
    ...skipped.map((what) => `  skipped: ${what}`),
    problems.length === 0 ? '  nothing lost, nothing left behind' : `  ${problems.length} PROBLEMS`,
    ...problems.map((problem) => `    ${problem}`),
    '',
  ].join('\n');
}
