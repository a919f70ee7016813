import { isMissing, knownOr, type Maybe } from '../../core/missing.ts';
import { fieldFamily, helpOf, known } from './family.ts';
import type { MetricFamily } from './metric.ts';

/** Hierarchies of cgroup v1; there are thirteen controllers at the most. */
const MOST_CONTROLLERS = 13;

/** What the node is, and what of it stands beside the cgroups. What node_exporter has is left to it. */
export const NODE_FAMILIES: readonly MetricFamily[] = [
  {
    name: 'slabtop_node_info',
    type: 'gauge',
    help: 'What the node is; always 1',
    fields: ['host.name', 'host.kernel', 'host.distributionId', 'host.cgroup', 'host.hybrid', 'kubelet.version'],
    mostSeries: 1,
    samples: ({ report: { model }, names }) => {
      const { host, kubelet } = model;
      const labels = {
        nodename: names(word(host.name)),
        kernel: word(host.kernel),
        distribution: word(host.distributionId),
        cgroup: word(host.cgroup),
        hybrid: word(host.hybrid),
        kubelet_version: isMissing(kubelet) ? '' : word(kubelet.version),
      };
      return [{ value: 1, labels }];
    },
  },
  fieldFamily('slabtop_cpus_possible', 'host.cpus.possible', ({ host }) => host.cpus.possible),
  fieldFamily('slabtop_cpus_online', 'host.cpus.online', ({ host }) => host.cpus.online),
  fieldFamily('slabtop_memory_total_bytes', 'node.memoryTotalBytes', ({ node }) => node.memoryTotalBytes),
  fieldFamily('slabtop_inodes', 'node.inodes', ({ node }) => node.inodes),
  {
    name: 'slabtop_controller_cgroups',
    type: 'gauge',
    help: helpOf('node.controllers[].cgroups'),
    fields: ['node.controllers[].cgroups'],
    mostSeries: MOST_CONTROLLERS,
    samples: ({ report: { model } }) =>
      knownOr(model.node.controllers, [])
        .slice(0, MOST_CONTROLLERS)
        .map(({ name, cgroups }) => ({ value: cgroups, labels: { controller: name } })),
  },
  {
    name: 'slabtop_cache_drops_total',
    type: 'counter',
    help: 'Writes to drop_caches since boot, whoever made them (from /proc/vmstat drop_slab, drop_pagecache)',
    fields: ['node.slabDrops', 'node.pageCacheDrops'],
    mostSeries: 2,
    samples: ({ report: { model } }) => [
      ...known(model.node.slabDrops, { kind: 'slab' }),
      ...known(model.node.pageCacheDrops, { kind: 'page_cache' }),
    ],
  },
];

/** A label has no reasons: what is missing is empty, and `slabtop_field_missing` says why. */
function word(value: Maybe<string | boolean>): string {
  return isMissing(value) ? '' : String(value);
}
