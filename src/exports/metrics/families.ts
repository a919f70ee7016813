import { KUBELET_FAMILIES } from './kubelet.ts';
import { MEMCG_FAMILIES } from './memcg.ts';
import type { MetricFamily } from './metric.ts';
import { missingFamily } from './missing.ts';
import { NODE_FAMILIES } from './node.ts';
import { READ_FAMILIES } from './reads.ts';
import { SLAB_FAMILIES } from './slab.ts';
import { TOOL_FAMILIES } from './tool.ts';
import { VERDICT_FAMILIES } from './verdict.ts';

const TOLD: readonly MetricFamily[] = [
  ...NODE_FAMILIES,
  ...VERDICT_FAMILIES,
  ...MEMCG_FAMILIES,
  ...READ_FAMILIES,
  ...KUBELET_FAMILIES,
  ...SLAB_FAMILIES,
  ...TOOL_FAMILIES,
];

/** Every metric family, in the order in which they are printed. */
export const FAMILIES: readonly MetricFamily[] = [...TOLD, missingFamily(TOLD)];

/**
 * Fields that have no metric, by the beginning of their id, and why. A test holds that every field of the catalogue has
 * a metric or stands here.
 */
export const NO_METRIC: Readonly<Record<string, string>> = {
  'instant.monotonicSeconds': 'a clock that means nothing elsewhere',
  'host.distribution': 'its id is a label; the version changes with every update',
  'host.cgroupRoot': 'a path',
  'host.cgroupView': 'where only a part is visible the counts are missing, and slabtop_field_missing says so',
  'host.uptimeSeconds': 'node_exporter has it: node_boot_time_seconds',
  'host.bootCommand': 'a command line',
  'node.controllers[].name': 'a label of slabtop_controller_cgroups',
  'node.controllers[].hierarchy': 'a number that names',
  'node.busyPct': 'node_exporter has it: node_cpu_seconds_total',
  'node.systemPct': 'node_exporter has it',
  'node.iowaitPct': 'node_exporter has it',
  'node.stealPct': 'node_exporter has it',
  'node.busiestCorePct': 'node_exporter has it by CPU',
  'node.loadAverage': 'node_exporter has it: node_load1',
  'node.memoryAvailableBytes': 'node_exporter has it: node_memory_MemAvailable_bytes',
  'node.pageCacheBytes': 'node_exporter has it',
  'node.dirtyBytes': 'node_exporter has it',
  'node.shmemBytes': 'node_exporter has it',
  'node.percpuBytes': 'node_exporter has it: node_memory_Percpu_bytes',
  'node.memoryPressurePct': 'node_exporter has it: node_pressure_memory_waiting_seconds_total',
  'node.cpuPressurePct': 'node_exporter has it',
  'node.ioPressurePct': 'node_exporter has it',
  'kubelet.': 'rows and rates; the counters behind the rates have metrics',
  'slab.growthBytesPerSecond': 'a rate: Prometheus takes it from slabtop_slab_bytes',
  'slab.caches[].': 'the largest caches have their size; more would be a series per cache',
  'dentry.growthPerSecond': 'a rate: Prometheus takes it from slabtop_dentries',
  'memcg.total': 'live and dying together',
  'memcg.growthPerSecond': 'a rate: Prometheus takes it from slabtop_memcgs',
  'memcg.createdPerMinute': 'a rate: slabtop_memcgs_created_total counts',
  'memcg.removedPerMinute': 'a rate: slabtop_memcgs_removed_total counts',
  'node.ownDrops[].': 'slabtop_cache_drops_total counts every drop of the node',
  'memcg.heldByDying.bytes': 'the sum of the kinds that slabtop_dying_held_bytes tells apart',
  'memcg.heldByDying.where[].': 'split by QoS class, namespace and workload',
  'memcg.pins[].': 'split by kind, over the whole node',
  'memcg.cgroups[].': 'a series per cgroup is what this program never makes',
  'pods.empty[].': 'rows; slabtop_pod_cgroups counts them',
  'pods.restartsPerMinute': 'kube-state-metrics has it: kube_pod_container_status_restarts_total',
  'pods.createdPerMinute': 'kube-state-metrics has it: kube_pod_created',
  'pods.restarting[].': 'a series per pod; kube-state-metrics has it',
  'pods.creating[].': 'kube-state-metrics has it: kube_pod_created',
  'moments[].': 'slabtop_last_sample_timestamp_seconds has them',
  'reads[].': 'labels, or of no use over a fleet',
  'totals.': 'labels',
  'processes[].': 'a series per process is what this program never makes',
  'self.cpuPct': 'a rate: slabtop_self_cpu_seconds_total counts',
  'self.proberCpuPct': 'a rate',
  'probes.': 'what a person at the screen wants to know',
  'drops[].': 'slabtop_cache_drops_total counts every drop of the node',
  'events[].': 'Prometheus sees changes itself',
};
