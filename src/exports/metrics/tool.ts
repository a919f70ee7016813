import type { Thresholds } from '../../model/thresholds.ts';
import { fieldFamily } from './family.ts';
import type { MetricFamily } from './metric.ts';

/** Thresholds that a dashboard draws as lines. */
const DRAWN = [
  'dyingWarning',
  'dyingCritical',
  'readWarningSeconds',
  'readCriticalSeconds',
] as const satisfies readonly (keyof Thresholds)[];

/** Slow topics that are told when they come next. */
const MOST_TOPICS = 25;

/** What this program is, does and costs. */
export const TOOL_FAMILIES: readonly MetricFamily[] = [
  {
    name: 'slabtop_build_info',
    type: 'gauge',
    help: 'Version of this program and of the Node that runs it; always 1',
    fields: [],
    mostSeries: 1,
    samples: ({ report, nodeVersion }) => [{ value: 1, labels: { version: report.toolVersion, nodejs: nodeVersion } }],
  },
  {
    name: 'slabtop_config_thresholds',
    type: 'gauge',
    help: 'Thresholds of the verdict, for the lines of a graph',
    fields: [],
    mostSeries: DRAWN.length,
    samples: ({ report: { diagnosis } }) =>
      diagnosis === undefined ? [] : DRAWN.map((name) => ({ value: diagnosis.thresholds[name], labels: { name } })),
  },
  {
    name: 'slabtop_last_sample_timestamp_seconds',
    type: 'gauge',
    help: 'When a topic was sampled last; slow ones pause for minutes under the budget, so alert on topic="tick" alone',
    fields: ['totals.samples[].at', 'instant.at', 'slab.cachesAt'],
    mostSeries: MOST_TOPICS,
    samples: ({ report: { model } }) => [
      { value: model.instant.at / 1000, labels: { topic: 'tick' } },
      ...model.totals.samples.map(({ topic, at }) => ({ value: at / 1000, labels: { topic } })),
    ],
  },
  fieldFamily('slabtop_probe_budget_ratio', 'probes.budgetPct', ({ probes }) => probes.budgetPct, { factor: 0.01 }),
  fieldFamily('slabtop_probe_cpu_seconds_total', 'probes.spentCpuSeconds', ({ probes }) => probes.spentCpuSeconds, {
    type: 'counter',
    sinceStart: true,
  }),
  {
    name: 'slabtop_probe_next_seconds',
    type: 'gauge',
    help: 'How long until a slow topic is read next; 0 while it waits for its turn',
    fields: ['probes.next[].inSeconds'],
    mostSeries: 6,
    samples: ({ report: { model } }) =>
      model.probes.next.map(({ topic, inSeconds }) => ({ value: inSeconds, labels: { topic } })),
  },
  {
    name: 'slabtop_probe_yields',
    type: 'gauge',
    help: 'Whether the slow reads are paused here while another instance on this node makes them: 1 or 0',
    fields: ['probes.lock', 'probes.lock.heldByPid'],
    mostSeries: 1,
    samples: ({ report: { model } }) => [{ value: typeof model.probes.lock === 'string' ? 0 : 1 }],
  },
  {
    name: 'slabtop_sampler_restarts_total',
    sinceStart: true,
    type: 'counter',
    help: 'How often the process that reads the kernel had to be started again',
    fields: [],
    mostSeries: 1,
    samples: ({ samplerRestarts }) => [{ value: samplerRestarts }],
  },
  {
    name: 'slabtop_ticks_total',
    sinceStart: true,
    type: 'counter',
    help: 'Ticks since the start of this program',
    fields: [],
    mostSeries: 1,
    samples: ({ ticks }) => [{ value: ticks }],
  },
  fieldFamily('slabtop_self_cpu_seconds_total', 'totals.selfCpuSeconds', ({ totals }) => totals.selfCpuSeconds, {
    type: 'counter',
    sinceStart: true,
  }),
  fieldFamily('slabtop_self_resident_memory_bytes', 'self.rssBytes', ({ self }) => self.rssBytes),
  fieldFamily('slabtop_self_pss_bytes', 'self.pssBytes', ({ self }) => self.pssBytes),
];
