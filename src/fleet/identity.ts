import type { SeriesLabels } from './answer.ts';
import { POD_LABELS } from './exporter-pods.ts';

/** Labels that a family of ours adds to a series, or a roll-out changes; all others are the target's and tell nodes apart. */
const OWN_LABELS = new Set([
  '__name__',
  ...[
    'state',
    'file',
    'cgroup',
    'rule',
    'item',
    'mode',
    'kind',
    'reclaimable',
    'cache',
    'qos',
    'namespace',
    'workload',
  ],
  ...['controller', 'topic', 'field', 'reason', 'name', 'version', 'nodejs', 'level'],
  ...['nodename', 'kernel', 'distribution', 'hybrid', 'kubelet_version'],
  ...POD_LABELS,
]);

/**
 * The labels by which the scrape configuration knows a node: `instance`, `job`, `cluster`. Two clusters may have nodes
 * of one name, so that all of them together are what a node is.
 */
export function targetOf(labels: SeriesLabels): SeriesLabels {
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([label]) => !OWN_LABELS.has(label))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A key for {@link targetOf}. */
export function keyOf(labels: SeriesLabels): string {
  return JSON.stringify(Object.entries(targetOf(labels)));
}

/** The name by which people call it: a label that the scrape configuration sets, else its address. */
export function nameOf(labels: SeriesLabels, nodeLabel: string): string {
  return labels[nodeLabel] || labels.instance || 'unnamed';
}
