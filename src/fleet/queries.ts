import { SEVERITY_NUMBER } from '../core/severity.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { POD_LABELS } from './exporter-pods.ts';
import { anyOf, containing, type Matcher, printMatchers } from './selector.ts';

/** The four instants of the first request. */
export interface ListQueries {
  /** Nodes by severity: `level` is its number. */
  readonly counts: string;
  /** Severity of the sick and the blind. */
  readonly severity: string;
  /** The slow reads of memory.stat and its kin. */
  readonly worstRead: string;
  readonly dying: string;
}

/**
 * From recorded series, which exist for sick nodes only. The server's cost follows the series selected, not those
 * returned: raw, the same takes eight times as much (measured on 10,000 nodes). No join, no topk over all nodes.
 */
export function recordedList(selector: readonly Matcher[]): ListQueries {
  const of = printMatchers(selector);
  return {
    counts: `sum by (level) (level:slabtop_nodes:count${of})`,
    severity: `instance:slabtop_verdict_severity:bad${of}`,
    worstRead: `instance:slabtop_stat_read_worst_seconds:bad${of}`,
    dying: `instance:slabtop_memcgs_dying:bad${of}`,
  };
}

/** The same from what the nodes themselves tell, where the rules are not installed. */
export function rawList(selector: readonly Matcher[], limits: Thresholds): ListQueries {
  const of = printMatchers(selector);
  return {
    counts: `count_values("level", slabtop_verdict_severity${of})`,
    severity: `slabtop_verdict_severity${of} >= ${SEVERITY_NUMBER.unknown}`,
    worstRead: `slabtop_stat_read_worst_seconds${of} >= ${limits.readWarningSeconds}`,
    dying: `slabtop_memcgs${printMatchers([...selector, DYING])} >= ${limits.dyingWarning}`,
  };
}

/**
 * A query of the nodes whose name has this text, in whatever case: by the node's label, and by the address where a target
 * has no such label.
 */
export function named(
  query: (selector: readonly Matcher[]) => string,
  selector: readonly Matcher[],
  { nodeLabel, text }: { readonly nodeLabel: string; readonly text: string },
): string {
  const unnamed: Matcher = { label: nodeLabel, operator: '=', value: '' };
  const byName = query([...selector, containing(nodeLabel, text)]);
  return `(${byName}) or (${query([...selector, unnamed, containing('instance', text)])})`;
}

/** Every node, the healthy ones too: asked for where they are few, or where a filter leaves few. */
export function severityOf(selector: readonly Matcher[]): string {
  return `slabtop_verdict_severity${printMatchers(selector)}`;
}

/**
 * Nodes that told of themselves so long ago, and do not any more. It selects every node: asked for seldom. A pod that
 * took another's place is the same node: at the same address, or by the node's name where targets have that.
 */
export function silentNodes(
  selector: readonly Matcher[],
  nodeLabel: string,
  before: readonly string[] = ['10m', '1h'],
): string {
  const among = (operator: '=' | '!=', ...changing: readonly string[]) => {
    const all = severityOf([{ label: nodeLabel, operator, value: '' }, ...selector]);
    const told = before.map((ago) => `${all} offset ${ago}`).join(' or ');
    return `((${told}) unless ignoring (${[...changing, ...POD_LABELS].join(', ')}) ${all})`;
  };
  return `${among('!=', 'instance')} or ${among('=')}`;
}

/** Kernel releases by severity of their nodes. */
export function kernels(selector: readonly Matcher[], recorded: boolean): string {
  const of = printMatchers(selector);
  if (recorded) return `sum by (kernel, cgroup, level) (kernel_level:slabtop_nodes:count${of})`;
  return `count_values by (kernel, cgroup) ("level", ${severityByKernel(of)})`;
}

/** Severities with the labels of their kernel. All labels of a target count: two clusters may have one address twice. */
export function severityByKernel(of: string): string {
  const own = 'nodename, kernel, distribution, cgroup, hybrid, kubelet_version';
  return `slabtop_verdict_severity${of} * ignoring (${own}) group_left (kernel, cgroup) slabtop_node_info${of}`;
}

const DYING: Matcher = { label: 'state', operator: '=', value: 'dying' };

/** The families of the second request: the facts of the rows on screen. */
const FACTS = [
  'slabtop_node_info',
  'slabtop_verdict_severity',
  'slabtop_memcgs',
  'slabtop_stat_read_seconds',
  'slabtop_stat_read_worst_seconds',
  'slabtop_slab_bytes',
  'slabtop_dying_held_bytes',
  'slabtop_dying_pinned_bytes',
  'slabtop_recommended_drop_mode',
  'slabtop_cache_drops_total',
  'slabtop_last_sample_timestamp_seconds',
] as const;

/** Facts of some nodes; an engine that wants a metric's name gets one query a family. */
export function factsOf(selector: readonly Matcher[], instances: readonly string[], named: boolean): readonly string[] {
  const of = [...selector, anyOf('instance', instances)];
  if (named) return FACTS.map((name) => `${name}${printMatchers(of)}`);
  return [printMatchers([anyOf('__name__', FACTS), ...of])];
}

/** kubelet's system CPU of some nodes, in cores. */
export function kubeletSystemOf(selector: readonly Matcher[], instances: readonly string[]): string {
  const mode: Matcher = { label: 'mode', operator: '=', value: 'system' };
  return `rate(slabtop_kubelet_cpu_seconds_total${printMatchers([mode, ...selector, anyOf('instance', instances)])}[5m])`;
}

/** Growth of the dying of some nodes, per second, over the last half hour. */
export function growthOf(selector: readonly Matcher[], instances: readonly string[]): string {
  return `deriv(slabtop_memcgs${printMatchers([DYING, ...selector, anyOf('instance', instances)])}[30m])`;
}

/** The dying of some nodes, for a range query. */
export function dyingOf(selector: readonly Matcher[], instances: readonly string[]): string {
  return `slabtop_memcgs${printMatchers([DYING, ...selector, anyOf('instance', instances)])}`;
}

/** Which workloads the dying belong to, and who makes cgroups come and go, over the fleet. */
export function culprits(selector: readonly Matcher[], recorded: boolean): { held: string; churn: string } {
  const of = printMatchers(selector);
  const by = 'sum by (qos, namespace, workload)';
  return recorded
    ? {
        held: `${by} (namespace_workload:slabtop_dying_held_below_bytes:sum${of})`,
        churn: `${by} (namespace_workload:slabtop_cgroup_churn_per_second:sum${of})`,
      }
    : { held: `${by} (slabtop_dying_held_below_bytes${of})`, churn: `${by} (slabtop_cgroup_churn_per_second${of})` };
}

/** Graphs over the fleet, for range queries; from recorded sums alone, and so empty where there are none. */
export function fleetGraphs(selector: readonly Matcher[]): Readonly<Record<FleetGraph, string>> {
  const with_ = (...more: readonly Matcher[]) => printMatchers([...more, ...selector]);
  const sick = anyOf('level', [String(SEVERITY_NUMBER.warning), String(SEVERITY_NUMBER.critical)]);
  const stat: Matcher = { label: 'file', operator: '=', value: 'memory.stat' };
  const system: Matcher = { label: 'mode', operator: '=', value: 'system' };
  return {
    sick: `sum(level:slabtop_nodes:count${with_(sick)})`,
    dying: `sum(state:slabtop_memcgs:sum${with_(DYING)})`,
    read: `max(file:slabtop_stat_read_worst_seconds:p99${with_(stat)})`,
    kubelet: `sum(mode:slabtop_kubelet_cpu_seconds:rate5m${with_(system)})`,
  };
}

/** The four graphs over the fleet. */
export type FleetGraph = 'sick' | 'dying' | 'read' | 'kubelet';

/** What changed over the fleet, for range queries: drops, restarts of kubelet, and states. */
export function fleetEvents(
  selector: readonly Matcher[],
  { recorded, limits, stepSeconds }: { recorded: boolean; limits: Thresholds; stepSeconds: number },
): { drops: string; restarts: string; states: string } {
  // A window shorter than the step would not see what happens between two steps.
  const window = `${Math.max(300, stepSeconds)}s`;
  const of = printMatchers(selector);
  const slab = printMatchers([{ label: 'kind', operator: '=', value: 'slab' }, ...selector]);
  return {
    drops: `increase(slabtop_cache_drops_total${slab}[${window}]) > 0`,
    restarts: `changes(slabtop_kubelet_start_time_seconds${of}[${window}]) > 0`,
    states: (recorded ? recordedList(selector) : rawList(selector, limits)).severity,
  };
}

/** One node in detail: four graphs, what its rules say, and what it does not know. */
export function nodeDetail(selector: readonly Matcher[], instance: string) {
  const of = (...more: readonly Matcher[]) =>
    printMatchers([...more, ...selector, { label: 'instance', operator: '=', value: instance }]);
  const is = (label: string, value: string): Matcher => ({ label, operator: '=', value });
  return {
    graphs: {
      kubelet: `rate(slabtop_kubelet_cpu_seconds_total${of(is('mode', 'system'))}[5m])`,
      slab: `sum without (reclaimable) (slabtop_slab_bytes${of()})`,
      dying: `slabtop_memcgs${of(is('state', 'dying'))}`,
      read: `slabtop_stat_read_seconds${of(is('file', 'memory.stat'), is('cgroup', '/'))}`,
    },
    findings: `slabtop_finding_severity${of()}`,
    missing: `slabtop_field_missing${of()}`,
  };
}
