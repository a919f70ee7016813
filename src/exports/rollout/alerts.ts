import { SEVERITY_NUMBER } from '../../core/severity.ts';
import type { RuleId } from '../../diagnosis/rules/rules.ts';
import { silentNodes } from '../../fleet/queries.ts';
import type { Thresholds } from '../../model/thresholds.ts';

/** One alert of Prometheus. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly summary: string;
  readonly description: string;
}

const { critical, warning, unknown, info } = SEVERITY_NUMBER;

/** The node as a person calls it: scrape configurations set `node`, a textfile collector only has `instance`. */
const NODE = '{{ with $labels.node }}{{ . }}{{ else }}{{ $labels.instance }}{{ end }}';

/** What is done next, wherever the alert is read. */
const NEXT = `Next: slabtop-k8s fleet, or kubectl slabtop ${NODE}.`;

const finding = (rule: RuleId) => `slabtop_finding_severity{rule="${rule}"}`;

/** A number of the same node, as it is when the alert is sent; nothing where not reported by the node. */
function numberOf(series: string, matchers: string, print: string): string {
  const query = `printf "${series}{instance=%q${matchers}}" $labels.instance | query`;
  return `{{ with ${query} }}{{ . | first | value | ${print} }}{{ else }}an unknown number{{ end }}`;
}

const DYING = numberOf('slabtop_memcgs', ',state=\\"dying\\"', 'humanize');
const READ = numberOf('slabtop_stat_read_worst_seconds', ',file=\\"memory.stat\\"', 'humanizeDuration');

/** The longest read that is known took 9 s; one that takes this long hangs. */
const HANGING_SECONDS = 60;

/** Ticks come every 15 s. */
const STALE_SECONDS = 180;

/** Ten times what was measured of this exporter. */
const COSTLY_CORES = 0.05;

/**
 * The alerts. Most compare what the node's own rules say, so that they agree with its thresholds and its configuration
 * whatever these are; only durations and trends are PromQL's. None matches on `job`: through a textfile collector the
 * series carry another's.
 */
export function alerts({ dyingWarning, dyingCritical }: Thresholds): readonly Alert[] {
  return [
    {
      alert: 'SlabtopNodeCritical',
      expr: `slabtop_verdict_severity == ${critical}`,
      // A drop relieves within minutes; what is over by then needs nobody at night.
      for: '15m',
      severity: 'critical',
      summary: `${NODE}: dying memory cgroups make memory.stat slow and kubelet hot`,
      description: `${DYING} memory cgroups are dying; the slowest read takes ${READ}. ${NEXT}`,
    },
    {
      alert: 'SlabtopNodeWarning',
      expr: `slabtop_verdict_severity == ${warning}`,
      for: '1h',
      severity: 'warning',
      summary: `${NODE}: a rule of slabtop-k8s has warned for an hour`,
      description: `${DYING} memory cgroups are dying; the slowest read takes ${READ}. ${NEXT}`,
    },
    {
      alert: 'SlabtopReadsSlow',
      expr: `${finding('slow-memory-stat')} == ${critical}`,
      for: '15m',
      severity: 'critical',
      summary: `${NODE}: one read of memory.stat takes ${READ}`,
      description: `Every housekeeping of kubelet reads it. ${DYING} memory cgroups are dying. ${NEXT}`,
    },
    {
      alert: 'SlabtopDyingCgroupsWillBeCritical',
      // Only where the kernel walks them: 20,000 dying cost 25 to 36 ms on RHEL 8.1.
      expr:
        `predict_linear(slabtop_memcgs{state="dying"}[6h], 86400) >= ${dyingCritical}` +
        ` and slabtop_memcgs{state="dying"} >= ${dyingWarning}` +
        ` and ignoring (state, item) slabtop_kernel_affected{item="memory.stat"} == 1` +
        ` and ignoring (state) slabtop_verdict_severity < ${critical}`,
      for: '1h',
      severity: 'warning',
      summary: `${NODE}: ${dyingCritical} dying memory cgroups within a day`,
      description: `There are ${DYING} now. That leaves a working day to drain the node. ${NEXT}`,
    },
    {
      alert: 'SlabtopKubeletHotExplained',
      expr:
        `${finding('kubelet-in-kernel')} >= ${warning}` +
        ` and ignoring (rule) ${finding('kubelet-attribution')} >= ${warning}`,
      for: '15m',
      severity: 'warning',
      summary: `${NODE}: kubelet is bound in the kernel, and reads of memory.stat explain it`,
      description: `The slowest read takes ${READ}. ${NEXT}`,
    },
    {
      alert: 'SlabtopKubeletHotUnexplained',
      expr:
        `${finding('kubelet-in-kernel')} >= ${warning}` +
        ` and ignoring (rule) ${finding('kubelet-attribution')} < ${unknown}`,
      for: '30m',
      severity: 'warning',
      summary: `${NODE}: kubelet is bound in the kernel, and not by reads of memory.stat`,
      description: `Dropping caches will not help. See what it does: slabtop-k8s trace on the node. ${NEXT}`,
    },
    {
      alert: 'SlabtopSlabGrows',
      expr: `${finding('slab-growth')} >= ${warning}`,
      for: '2h',
      severity: 'warning',
      summary: `${NODE}: slab memory grows`,
      description: `At this growth the node runs out of memory within days. ${NEXT}`,
    },
    {
      alert: 'SlabtopSlabOutOfProportion',
      expr: `${finding('slab-out-of-proportion')} >= ${warning}`,
      for: '1h',
      severity: 'warning',
      summary: `${NODE}: much of its memory is slab that nothing gives back, or one slab cache`,
      description: `The finding names the cache, what it holds and who makes it grow. ${NEXT}`,
    },
    {
      alert: 'SlabtopLeftoverPods',
      expr: `${finding('leftover-pods')} >= ${warning}`,
      for: '30m',
      severity: 'warning',
      summary: `${NODE}: cgroups of pods that are gone stay, and kubelet tries to remove them every 2 s`,
      description: `slabtop_pod_cgroups counts them; the finding names them. ${NEXT}`,
    },
    {
      alert: 'SlabtopMemcgIdsRunOut',
      expr: `${finding('memcg-ids')} == ${critical}`,
      for: '5m',
      severity: 'critical',
      summary: `${NODE}: ids of memory cgroups run out`,
      description: `No container can be started once they are gone. ${NEXT}`,
    },
    {
      alert: 'SlabtopReadHangs',
      expr: `slabtop_stat_read_in_flight_seconds > ${HANGING_SECONDS}`,
      for: '5m',
      severity: 'warning',
      summary: `${NODE}: a read of a memory file has not come back`,
      description: `It has taken {{ $value | humanizeDuration }} so far. ${NEXT}`,
    },
    {
      alert: 'SlabtopCachesDroppedByOthers',
      expr: 'increase(slabtop_cache_drops_total{kind="slab"}[1d]) >= 4',
      severity: 'info',
      summary: `${NODE}: caches were dropped {{ $value | humanize }} times within a day`,
      description: `A cron job that drops caches hides the leak. ${NEXT}`,
    },
    {
      alert: 'SlabtopVerdictUnknown',
      expr: `slabtop_verdict_severity == ${unknown}`,
      for: '1h',
      severity: 'warning',
      summary: `${NODE}: slabtop-k8s cannot tell how the node is`,
      description: `slabtop_field_missing says what is not known, and why. Blind is not healthy. ${NEXT}`,
    },
    {
      alert: 'SlabtopSamplesStale',
      expr: `time() - slabtop_last_sample_timestamp_seconds{topic="tick"} > ${STALE_SECONDS}`,
      for: '10m',
      severity: 'warning',
      summary: `${NODE}: the last sample is {{ $value | humanizeDuration }} old`,
      description: `The process that reads the kernel is stuck, or the clock of the node is wrong. ${NEXT}`,
    },
    {
      alert: 'SlabtopNodeSilent',
      // `up` is another exporter's where the textfile collector brings the series.
      expr: silentNodes([], 'node', ['1h']),
      for: '15m',
      severity: 'warning',
      summary: `${NODE}: reported an hour ago, and no longer does`,
      description: `The exporter is gone, or the node is. ${NEXT}`,
    },
    {
      alert: 'SlabtopExporterCostly',
      expr: `rate(slabtop_self_cpu_seconds_total[30m]) > ${COSTLY_CORES}`,
      for: '30m',
      severity: 'info',
      summary: `${NODE}: the exporter itself takes {{ $value | humanizePercentage }} of a core`,
      description: `Its budget for slow reads is --probe-budget. ${NEXT}`,
    },
  ];
}

/** What a rule has to say at the least to be one of the sick or the blind. */
export const BAD = unknown;

/** Kept beside the numbers of the scale, so that a reader of the rules finds them. */
export const SCALE = `0 ok, ${info} info, ${unknown} unknown, ${warning} warning, ${critical} critical`;
