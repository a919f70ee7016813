import { isMissing, type Maybe, mapKnown } from '../../core/missing.ts';
import type { FieldId } from '../../model/fields.ts';
import type { KubeletModel, Model } from '../../model/model.ts';
import { fieldFamily, known, type Shape } from './family.ts';
import type { MetricFamily } from './metric.ts';

/** kubelet, or the process that was named in its place. */
export const KUBELET_FAMILIES: readonly MetricFamily[] = [
  {
    name: 'slabtop_kubelet_up',
    type: 'gauge',
    help: 'Whether kubelet was found on this node: 1 or 0',
    fields: ['kubelet.pid'],
    mostSeries: 1,
    samples: ({ report: { model } }) => {
      const { kubelet } = model.probes;
      if (isMissing(kubelet)) return kubelet.unavailable === 'warming-up' ? [] : [{ value: 0 }];
      return [{ value: 1 }];
    },
  },
  {
    name: 'slabtop_kubelet_cpu_seconds_total',
    type: 'counter',
    help: 'CPU time of kubelet since it was started, in its own code and in the kernel (from /proc/PID/stat)',
    fields: ['totals.kubeletUserSeconds', 'totals.kubeletSystemSeconds'],
    mostSeries: 2,
    samples: ({ report: { model } }) => [
      ...known(model.totals.kubeletUserSeconds, { mode: 'user' }),
      ...known(model.totals.kubeletSystemSeconds, { mode: 'system' }),
    ],
  },
  ofKubelet('slabtop_kubelet_threads', 'kubelet.threads', (kubelet) => kubelet.threads),
  {
    name: 'slabtop_kubelet_start_time_seconds',
    type: 'gauge',
    help: 'When kubelet was started, in seconds since 1970',
    fields: ['kubelet.uptimeSeconds'],
    mostSeries: 1,
    samples: ({ report: { model } }) => {
      const { kubelet, instant } = model;
      // Whole seconds: uptime is made of clock ticks, and a start time that moves would look like a restart.
      return isMissing(kubelet)
        ? []
        : known(mapKnown(kubelet.uptimeSeconds, (uptime) => Math.round(instant.at / 1000 - uptime)));
    },
  },
  ofKubelet('slabtop_kubelet_resident_memory_bytes', 'kubelet.rssBytes', (kubelet) => kubelet.rssBytes),
  ofKubelet(
    'slabtop_kubelet_housekeeping_seconds',
    'kubelet.housekeepingSeconds',
    (kubelet) => kubelet.housekeepingSeconds,
  ),
];

function ofKubelet(
  name: string,
  field: FieldId,
  read: (kubelet: KubeletModel) => Maybe<number>,
  shape: Shape = {},
): MetricFamily {
  const inModel = ({ kubelet }: Model) => (isMissing(kubelet) ? kubelet : read(kubelet));
  return fieldFamily(name, field, inModel, shape);
}
