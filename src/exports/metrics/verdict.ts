import { isMissing } from '../../core/missing.ts';
import { SEVERITY_NUMBER } from '../../core/severity.ts';
import type { MetricFamily } from './metric.ts';

const SCALE = '0 ok, 1 info, 2 unknown, 3 warning, 4 critical';

/** What the rules and the kernel matrix say, and what is not known. */
export const VERDICT_FAMILIES: readonly MetricFamily[] = [
  {
    name: 'slabtop_verdict_severity',
    type: 'gauge',
    help: `Verdict on the node: ${SCALE}`,
    fields: [],
    mostSeries: 1,
    samples: ({ report: { diagnosis } }) => [{ value: SEVERITY_NUMBER[diagnosis.overall] }],
  },
  {
    name: 'slabtop_finding_severity',
    type: 'gauge',
    help: `What each rule says: ${SCALE}`,
    fields: [],
    mostSeries: 30,
    samples: ({ report: { diagnosis } }) =>
      diagnosis.findings
        .map(({ id, severity }) => ({ value: SEVERITY_NUMBER[severity], labels: { rule: id } }))
        .sort((a, b) => a.labels.rule.localeCompare(b.labels.rule)),
  },
  {
    name: 'slabtop_kernel_affected',
    type: 'gauge',
    help: 'Whether this kernel has the problem, by the kernel matrix: 1 affected, 0 fixed; missing: the matrix has no entry',
    fields: [],
    mostSeries: 6,
    samples: ({ report: { diagnosis } }) =>
      Object.values(diagnosis.kernel.items)
        .filter(({ status }) => status !== 'unknown')
        .map(({ item, status }) => ({ value: status === 'affected' ? 1 : 0, labels: { item } })),
  },
  {
    name: 'slabtop_kubelet_explained_cpu_ratio',
    type: 'gauge',
    help: 'System CPU of kubelet that the measured reads explain, in cores; at least that much while some were not timed',
    fields: [],
    mostSeries: 1,
    samples: ({ report: { diagnosis } }) =>
      diagnosis === undefined || isMissing(diagnosis.attribution)
        ? []
        : [{ value: diagnosis.attribution.explainedPct / 100 }],
  },
  {
    name: 'slabtop_dying_pinned_bytes',
    type: 'gauge',
    help: 'What keeps the dying memory cgroups alive, by kind; missing: nothing does, or it cannot be told',
    fields: ['memcg.pins[].bytes'],
    mostSeries: 6,
    samples: ({ report: { diagnosis } }) =>
      diagnosis.pins.kinds.map(({ kind, bytes }) => ({ value: bytes, labels: { kind } })),
  },
  {
    name: 'slabtop_recommended_drop_mode',
    type: 'gauge',
    help: 'The mode of drop_caches that fits what pins: 1 page cache, 2 dentries and inodes, 3 both, 0 none is recommended',
    fields: [],
    mostSeries: 1,
    samples: ({ report: { diagnosis } }) => {
      const drop = diagnosis.recommendedDrop;
      if (drop === undefined) return [];
      return [{ value: 'request' in drop ? drop.request.mode : 0 }];
    },
  },
];
