import { isMissing } from '../../core/missing.ts';
import { fieldFamily, helpOf, known } from './family.ts';
import type { MetricFamily } from './metric.ts';

/** As many caches are told by name; all others are one series. */
const MOST_CACHES = 10;

/** Slab memory and dentries. */
export const SLAB_FAMILIES: readonly MetricFamily[] = [
  {
    name: 'slabtop_slab_bytes',
    type: 'gauge',
    help: 'Slab memory (from /proc/meminfo SReclaimable, SUnreclaim)',
    fields: ['slab.totalBytes', 'slab.reclaimableBytes', 'slab.unreclaimableBytes'],
    mostSeries: 2,
    samples: ({ report: { model } }) => [
      ...known(model.slab.reclaimableBytes, { reclaimable: 'true' }),
      ...known(model.slab.unreclaimableBytes, { reclaimable: 'false' }),
    ],
  },
  {
    name: 'slabtop_slab_cache_bytes',
    type: 'gauge',
    help: helpOf('slab.caches[].sizeBytes'),
    fields: ['slab.caches[].sizeBytes'],
    mostSeries: MOST_CACHES + 1,
    samples: ({ report: { model } }) => {
      const { caches } = model.slab;
      if (isMissing(caches)) return [];
      // Two caches of one name (a driver's) are one series.
      const sums = new Map<string, number>();
      for (const { name, sizeBytes } of caches) sums.set(name, (sums.get(name) ?? 0) + sizeBytes);
      const largest = [...sums].sort(([, a], [, b]) => b - a);
      const rest = largest.splice(MOST_CACHES).reduce((sum, [, bytes]) => sum + bytes, 0);
      const named = largest.map(([cache, value]) => ({ value, labels: { cache } }));
      return rest > 0 ? [...named, { value: rest, labels: { cache: '(other)' } }] : named;
    },
  },
  fieldFamily('slabtop_dentries', 'dentry.objects', ({ dentry }) => dentry.objects),
  fieldFamily('slabtop_dentries_unused', 'dentry.unused', ({ dentry }) => dentry.unused),
  fieldFamily('slabtop_dentries_negative', 'dentry.negative', ({ dentry }) => dentry.negative),
  fieldFamily('slabtop_dentry_cache_bytes', 'dentry.sizeBytes', ({ dentry }) => dentry.sizeBytes),
];
