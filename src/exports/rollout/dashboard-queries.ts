import { SEVERITY_NUMBER } from '../../core/severity.ts';
import { severityByKernel, silentNodes } from '../../fleet/queries.ts';

const { ok, info, unknown, warning, critical } = SEVERITY_NUMBER;

/** The node that the lower half of the dashboard shows. */
const NODE = '{instance="$instance"}';

/** A query of a panel, and the legend of its series. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
  /** Only how it is now. */
  readonly instant?: boolean;
}

/** What a panel asks. A test runs every one of them against a real Prometheus. */
export const FLEET_QUERIES = {
  critical: now(`count(slabtop_verdict_severity == ${critical}) or vector(0)`, 'critical'),
  warning: now(`count(slabtop_verdict_severity == ${warning}) or vector(0)`, 'warning'),
  unknown: now(`count(slabtop_verdict_severity == ${unknown}) or vector(0)`, 'unknown'),
  healthy: now(`count(slabtop_verdict_severity <= ${info} >= ${ok}) or vector(0)`, 'ok'),
  silent: now(`count(${silentNodes([], 'node', ['1h'])}) or vector(0)`, 'silent for an hour'),
  sickOverTime: over(`count(slabtop_verdict_severity >= ${warning}) or vector(0)`, 'sick nodes'),
  dyingOverTime: over('sum(slabtop_memcgs{state="dying"})', 'dying memory cgroups'),
  slowest: now('topk(20, slabtop_stat_read_worst_seconds{file="memory.stat"})', '{{instance}}'),
  byKernel: now(`count by (kernel) (${severityByKernel('')} >= ${warning})`, '{{kernel}}'),
  culprits: now(
    'topk(10, sum by (namespace, workload) (slabtop_dying_held_below_bytes))',
    '{{namespace}}/{{workload}}',
  ),
} as const satisfies Readonly<Record<string, Query>>;

/** The same of one node. */
export const NODE_QUERIES = {
  kubelet: over('rate(slabtop_kubelet_cpu_seconds_total{instance="$instance"}[$__rate_interval])', '{{mode}}'),
  slab: over(`slabtop_slab_bytes${NODE}`, 'reclaimable {{reclaimable}}'),
  caches: over(`slabtop_slab_cache_bytes${NODE}`, '{{cache}}'),
  memcgs: over(`slabtop_memcgs${NODE}`, '{{state}}'),
  reads: over(`slabtop_stat_read_seconds${NODE}`, '{{cgroup}} {{file}}'),
  held: over(`slabtop_dying_held_bytes${NODE}`, '{{kind}}'),
  findings: over(`slabtop_finding_severity${NODE}`, '{{rule}}'),
  missing: now(`slabtop_field_missing${NODE}`, '{{field}}: {{reason}}'),
} as const satisfies Readonly<Record<string, Query>>;

/** Marks through all graphs of the node: caches were dropped. */
export const DROPS = `increase(slabtop_cache_drops_total{instance="$instance"}[2m]) > 0`;

function now(expr: string, legend: string): Query {
  return { expr, legend, instant: true };
}

function over(expr: string, legend: string): Query {
  return { expr, legend };
}
