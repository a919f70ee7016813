import { isKnown } from '../../core/missing.ts';
import { bytes, count, seconds, wholePercent } from '../../format/quantity.ts';
import type { Shown } from '../pane.ts';
import type { ZoomGraph } from '../zoom.ts';

/**
 * The Overview's four graphs with all that belongs to them, for the whole screen. In all graphs red is the part that is
 * bad and cyan the part that is not; the rest has the colour of its subject: slab magenta, cgroups blue, reads green.
 */
export function overviewGraphs({ model, history }: Shown): readonly ZoomGraph[] {
  const mib = { unit: 'MiB', divideBy: 1024 ** 2, print: bytes };
  const cpu: ZoomGraph = isKnown(model.kubelet)
    ? {
        title: 'kubelet CPU',
        unit: '% of a core',
        divideBy: 1,
        print: wholePercent,
        lines: [
          { series: history.of('kubelet.cpuPct'), title: 'all', ink: 'default' },
          { series: history.of('kubelet.systemPct'), title: 'system', ink: 'red' },
          { series: history.of('kubelet.userPct'), title: 'user', ink: 'cyan' },
        ],
      }
    : {
        title: 'node CPU',
        unit: '% of all cores',
        divideBy: 1,
        print: wholePercent,
        lines: [
          { series: history.of('node.busyPct'), title: 'busy', ink: 'default' },
          { series: history.of('node.systemPct'), title: 'system', ink: 'red' },
        ],
      };
  return [
    cpu,
    {
      title: 'slab',
      ...mib,
      lines: [
        { series: history.of('slab.totalBytes'), title: 'all', ink: 'magenta' },
        { series: history.of('slab.reclaimableBytes'), title: 'reclaimable', ink: 'cyan' },
      ],
    },
    {
      title: 'memory cgroups',
      unit: 'cgroups',
      divideBy: 1,
      print: count,
      lines: [
        { series: history.of('memcg.total'), title: 'all', ink: 'blue' },
        { series: history.of('memcg.dying'), title: 'dying', ink: 'red' },
        { series: history.of('memcg.live'), title: 'live', ink: 'cyan' },
      ],
    },
    {
      title: 'memory.stat read of the root',
      unit: 'ms',
      divideBy: 0.001,
      print: seconds,
      lines: [{ series: history.of('reads.root.wallSeconds'), title: 'wall time', ink: 'green' }],
    },
  ];
}
