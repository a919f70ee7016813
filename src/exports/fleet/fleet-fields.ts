import { type Described, described, type LeafId } from '../../model/fields/field.ts';
import { fieldTable } from '../field-table.ts';
import type { FleetDocument } from './fleet-report.ts';

const NEVER = 'never';
const VERDICT = 'slabtop_verdict_severity';
const SINCE = 'not reported by the node';

/** Every value of the fleet's document, by its id; the columns of CSV are those below `nodes[]`. */
const FLEET_FIELDS: Readonly<Record<LeafId<FleetDocument>, Described>> = {
  schema: described('label', 'name and version of this form of document', 'this tool', NEVER),
  at: described('time', 'when the engine was asked', 'clock of this machine', NEVER),
  'tool.version': described('label', 'version of this tool', 'this tool', NEVER),
  source: described('text', 'host and path of the engine, and the selector', '--prometheus, --selector', NEVER),
  'counts.critical': described('count', 'nodes that are critical', VERDICT, 'no node tells its state'),
  'counts.warning': described('count', 'nodes with a warning', VERDICT, 'no node tells its state'),
  'counts.unknown': described('count', 'nodes that cannot tell how they are', VERDICT, 'no node tells its state'),
  'counts.info': described('count', 'nodes with something to know', VERDICT, 'no node tells its state'),
  'counts.ok': described('count', 'healthy nodes', VERDICT, 'no node tells its state'),
  'counts.silent': described('count', 'nodes that reported an hour ago and do not now', VERDICT, 'not asked for yet'),
  whole: described('flag', 'whether the healthy nodes are listed too', 'the number of nodes', NEVER),
  rules: described('label', 'installed or absent: the recording rules', 'level:slabtop_nodes:count', NEVER),
  'warnings[]': described('text', 'what the engine says of partial answers', 'the engine', NEVER),
  'nodes[].name': described('text', "the node's label, else its own name, else its address", 'the target', NEVER),
  'nodes[].state': described('label', 'critical, warning, silent, unknown, info or ok', VERDICT, NEVER),
  'nodes[].worstReadSeconds': described(
    'seconds',
    'the slowest of its latest reads',
    'slabtop_stat_read_worst_seconds',
    'below the threshold of a warning',
  ),
  'nodes[].rootReadSeconds': described(
    'seconds',
    'wall time of the latest read of memory.stat of the root',
    'slabtop_stat_read_seconds',
    SINCE,
  ),
  'nodes[].dying': described('count', 'dying memory cgroups', 'slabtop_memcgs', SINCE),
  'nodes[].live': described('count', 'memory cgroups that have a folder', 'slabtop_memcgs', SINCE),
  'nodes[].growthPerHour': described('count', 'growth of the dying over half an hour', 'slabtop_memcgs', SINCE),
  'nodes[].secondsToCritical': described(
    'seconds',
    'until the critical number is reached at this growth; 0 where it is',
    'slabtop_memcgs',
    'they do not grow',
  ),
  'nodes[].kubeletSystemPct': described(
    'pct',
    "kubelet's CPU in the kernel, of one core, over five minutes",
    'slabtop_kubelet_cpu_seconds_total',
    SINCE,
  ),
  'nodes[].slabBytes': described('bytes', 'slab memory', 'slabtop_slab_bytes', SINCE),
  'nodes[].heldBytes': described('bytes', 'memory that the dying hold', 'slabtop_dying_held_bytes', SINCE),
  'nodes[].pinnedBy': described('label', 'what pins most of the dying', 'slabtop_dying_pinned_bytes', 'nothing does'),
  'nodes[].dropMode': described(
    'label',
    'mode of drop_caches that fits; 0 none',
    'slabtop_recommended_drop_mode',
    SINCE,
  ),
  'nodes[].drops': described('count', 'drops of slab since boot', 'slabtop_cache_drops_total', SINCE),
  'nodes[].kernel': described('text', 'kernel release', 'slabtop_node_info', SINCE),
  'nodes[].kubeletVersion': described('text', 'version of kubelet', 'slabtop_node_info', SINCE),
  'nodes[].sampledAt': described(
    'time',
    'its latest tick, by its own clock',
    'slabtop_last_sample_timestamp_seconds',
    SINCE,
  ),
  'kernels[].kernel': described('text', 'kernel release', 'slabtop_node_info', NEVER),
  'kernels[].cgroup': described('label', 'v1 or v2', 'slabtop_node_info', NEVER),
  'kernels[].nodes': described('count', 'nodes that run it', 'slabtop_node_info', NEVER),
  'kernels[].critical': described('count', 'of these, critical', VERDICT, NEVER),
  'kernels[].warning': described('count', 'of these, with a warning', VERDICT, NEVER),
  'kernels[].unknown': described('count', 'of these, unknown', VERDICT, NEVER),
};

/** The table of the fleet's document. Labels of a target, which are the scraper's, stand in `nodes[].labels`. */
export function encodeFleetFieldTable(): string {
  return fieldTable(Object.entries(FLEET_FIELDS));
}
