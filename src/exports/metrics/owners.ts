import { knownOr, type Maybe } from '../../core/missing.ts';
import type { MetricContext, MetricSample } from './metric.ts';
import { workloadOf } from './workload.ts';

/** As many namespaces and workloads are told by name; the rest is one series. */
export const MOST_OWNERS = 10;

/** The series that has what is not told by name. */
const OTHER = { qos: 'other', namespace: 'other', workload: 'other' };

/** An amount below one cgroup. */
export interface Owned {
  readonly path: string;
  /** `namespace/pod`; missing for what belongs to no pod. */
  readonly pod: Maybe<string>;
  readonly amount: number;
}

/**
 * Amounts summed by QoS class, namespace and workload, the largest by name. A pod's own name is never a label: a
 * CronJob's would be a new series a minute.
 */
export function byOwner(rows: readonly Owned[], context: MetricContext, least = 0): readonly MetricSample[] {
  const sums = new Map<string, { labels: Record<string, string>; value: number }>();
  for (const row of rows) {
    const labels = ownerOf(row, context);
    const key = JSON.stringify(labels);
    const sum = sums.get(key) ?? { labels, value: 0 };
    sums.set(key, { labels, value: sum.value + row.amount });
  }
  const sorted = [...sums.values()].sort((a, b) => b.value - a.value);
  const named = sorted.slice(0, MOST_OWNERS).filter(({ value }) => value >= least);
  const rest = sorted.slice(named.length).reduce((sum, { value }) => sum + value, 0);
  return rest > 0 ? [...named, { labels: OTHER, value: rest }] : named;
}

function ownerOf({ path, pod }: Owned, { report, names }: MetricContext): Record<string, string> {
  const [namespace = '', name = ''] = knownOr(pod, '').split('/', 2);
  const workload = name === '' ? '' : workloadOf(name, knownOr(report.model.host.name, undefined));
  return { qos: qosOfPath(path), namespace: names(namespace), workload: names(workload) };
}

/** The QoS class that stands in a path below kubepods; empty elsewhere. */
function qosOfPath(path: string): string {
  const [, qos] = /kubepods(?:[-/]|\.slice\/kubepods-)(burstable|besteffort)/.exec(path) ?? [];
  if (qos !== undefined) return qos;
  return path.includes('kubepods') ? 'guaranteed' : '';
}
