import { isMissing, knownOr } from '../../core/missing.ts';
import { fieldFamily, helpOf, known } from './family.ts';
import type { MetricFamily } from './metric.ts';
import { byOwner, MOST_OWNERS } from './owners.ts';

/** What the dying hold below one owner is told by name from here on. */
const LEAST_HELD_BYTES = 10 * 1024 ** 2;

/** Memory cgroups, live and dying, and what the dying hold. */
export const MEMCG_FAMILIES: readonly MetricFamily[] = [
  {
    name: 'slabtop_memcgs',
    type: 'gauge',
    help: 'Memory cgroups: live ones have a folder; dying ones were removed and are kept alive by what is charged to them',
    fields: ['memcg.live', 'memcg.dying'],
    mostSeries: 2,
    samples: ({ report: { model } }) => [
      ...known(model.memcg.live, { state: 'live' }),
      ...known(model.memcg.dying, { state: 'dying' }),
    ],
  },
  fieldFamily('slabtop_memcgs_counted_timestamp_seconds', 'memcg.countedAt', ({ memcg }) => memcg.countedAt, {
    factor: 0.001,
  }),
  fieldFamily('slabtop_memcgs_created_total', 'totals.created', ({ totals }) => totals.created, {
    type: 'counter',
    sinceStart: true,
  }),
  fieldFamily('slabtop_memcgs_removed_total', 'totals.removed', ({ totals }) => totals.removed, {
    type: 'counter',
    sinceStart: true,
  }),
  {
    name: 'slabtop_pod_cgroups',
    type: 'gauge',
    help: 'Cgroups of pods: all, those without a process, and those left over: without one for five minutes or longer',
    fields: ['pods.cgroups', 'pods.withoutProcess', 'pods.leftover'],
    mostSeries: 3,
    samples: ({ report: { model } }) => [
      ...known(model.pods.cgroups, { state: 'all' }),
      ...known(model.pods.withoutProcess, { state: 'without_process' }),
      ...known(model.pods.leftover, { state: 'leftover' }),
    ],
  },
  {
    name: 'slabtop_dying_held_bytes',
    type: 'gauge',
    help: 'Memory that the dying memory cgroups hold: kernel memory, and pages',
    fields: ['memcg.heldByDying.kmemBytes', 'memcg.heldByDying.pageBytes'],
    mostSeries: 2,
    samples: ({ report: { model } }) => {
      const held = model.memcg.heldByDying;
      if (isMissing(held)) return [];
      return [...known(held.kmemBytes, { kind: 'kernel' }), ...known(held.pageBytes, { kind: 'pages' })];
    },
  },
  {
    name: 'slabtop_dying_held_below_bytes',
    type: 'gauge',
    help: 'Memory that the dying hold, by the QoS class, namespace and workload of the live parent below which they died',
    fields: ['memcg.heldByDying.where[].bytes'],
    mostSeries: MOST_OWNERS + 1,
    samples: (context) => {
      const held = context.report.model.memcg.heldByDying;
      if (isMissing(held)) return [];
      const rows = held.where.map(({ path, pod, bytes }) => ({ path, pod, amount: bytes }));
      return byOwner(rows, context, LEAST_HELD_BYTES);
    },
  },
  {
    name: 'slabtop_cgroup_churn_per_second',
    type: 'gauge',
    help: helpOf('memcg.cgroups[].churnPerMinute'),
    fields: ['memcg.cgroups[].churnPerMinute'],
    mostSeries: MOST_OWNERS + 1,
    samples: (context) => {
      const rows = knownOr(context.report.model.memcg.cgroups, []).flatMap(({ path, pod, churnPerMinute }) =>
        isMissing(churnPerMinute) || churnPerMinute === 0 ? [] : [{ path, pod, amount: churnPerMinute / 60 }],
      );
      return byOwner(rows, context);
    },
  },
];
