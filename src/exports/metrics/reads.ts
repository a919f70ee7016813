import { isMissing } from '../../core/missing.ts';
import type { ReadModel } from '../../model/model.ts';
import { known } from './family.ts';
import type { MetricContext, MetricFamily, MetricSample } from './metric.ts';

/** Read times are told of so many ancestors; leaves are never slow. */
const MOST_READS = 12;

/** The root, and what lies directly below it or below kubepods, but no pod: cgroups whose number is bounded. */
const ANCESTOR = /^\/$|^\/[^/]+$|^\/(?:kubepods|kubepods\.slice)\/[^/]+$/;

/** Times of the reads of memory.stat and its kin. */
export const READ_FAMILIES: readonly MetricFamily[] = [
  readFamily('slabtop_stat_read_seconds', 'Wall time of the latest read of a file, of the root and other ancestors', {
    fields: ['reads[].wallSeconds', 'reads.root.wallSeconds'],
    value: (read) => read.wallSeconds,
  }),
  readFamily('slabtop_stat_read_cpu_seconds', 'CPU time of that read', {
    fields: ['reads[].cpuSeconds'],
    value: (read) => read.cpuSeconds,
  }),
  readFamily('slabtop_stat_read_timestamp_seconds', 'When that read ended; on a sick node reads pause for minutes', {
    fields: ['reads[].at'],
    value: (read) => read.at / 1000,
  }),
  {
    name: 'slabtop_stat_read_worst_seconds',
    type: 'gauge',
    help: 'Wall time of the slowest of the latest reads of all cgroups; a read in flight counts with its time so far',
    fields: ['probes.inFlight.since.at'],
    mostSeries: 3,
    samples: worstReads,
  },
  {
    name: 'slabtop_stat_read_duration_seconds',
    sinceStart: true,
    type: 'summary',
    help: 'Reads of a file by this program since it started: their number and their wall time',
    fields: ['totals.reads[].count', 'totals.reads[].wallSeconds'],
    mostSeries: 6,
    samples: ({ report: { model } }) =>
      model.totals.reads.flatMap(({ file, count, wallSeconds }): MetricSample[] => [
        { value: wallSeconds, labels: { file }, suffix: '_sum' },
        { value: count, labels: { file }, suffix: '_count' },
      ]),
  },
  {
    name: 'slabtop_stat_read_in_flight_seconds',
    type: 'gauge',
    help: 'How long a read had been going on at the last tick that had not come back; missing: nothing was being read',
    fields: [],
    mostSeries: 1,
    samples: (context) => {
      const seconds = inFlightSeconds(context);
      return seconds === undefined ? [] : [{ value: seconds }];
    },
  },
];

function readFamily(
  name: string,
  help: string,
  { fields, value }: Pick<MetricFamily, 'fields'> & { value: (read: ReadModel) => ReadModel['wallSeconds'] },
): MetricFamily {
  return {
    name,
    type: 'gauge',
    help,
    fields,
    mostSeries: MOST_READS,
    samples: ({ report }) =>
      report.model.reads
        .filter(({ path }) => ANCESTOR.test(path))
        .slice(0, MOST_READS)
        .flatMap((read) => known(value(read), { file: read.file, cgroup: read.path })),
  };
}

function worstReads(context: MetricContext): readonly MetricSample[] {
  const { reads, probes } = context.report.model;
  const worst = new Map<string, number>();
  const take = (file: string, seconds: number) => worst.set(file, Math.max(worst.get(file) ?? 0, seconds));
  for (const { file, wallSeconds } of reads) if (!isMissing(wallSeconds)) take(file, wallSeconds);
  const seconds = inFlightSeconds(context);
  if (probes.inFlight?.file !== undefined && seconds !== undefined) take(probes.inFlight.file, seconds);
  return [...worst].sort(([a], [b]) => a.localeCompare(b)).map(([file, value]) => ({ value, labels: { file } }));
}

/** Up to the tick, not to the scrape: the read may have come back since. */
function inFlightSeconds({ report }: MetricContext): number | undefined {
  const { probes, instant } = report.model;
  if (probes.inFlight === undefined) return undefined;
  return Math.max(0, instant.monotonicSeconds - probes.inFlight.since.monotonicSeconds);
}
