/** What an invented fleet is made of. */
export interface MadeFleet {
  readonly nodes: number;
  /** Of a hundred nodes so many run a kernel that suffers and are sick by now. */
  readonly sickPct: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly stepSeconds: number;
}

/** One invented node. */
export interface MadeNode {
  readonly name: string;
  readonly instance: string;
  readonly kernel: string;
  readonly cgroup: 'v1' | 'v2';
  readonly sick: boolean;
  /** Dying at the end, and their growth per hour. */
  readonly dying: number;
  readonly growthPerHour: number;
}

const HEALTHY_KERNELS = ['5.15.0-105-generic', '6.1.0-21-amd64', '4.18.0-553.el8_10.x86_64'];
const SICK_KERNELS = ['4.4.227-1.el7.elrepo.x86_64', '3.10.0-1160.el7.x86_64'];

/** The same nodes for the same numbers. */
export function madeNodes({ nodes, sickPct }: Pick<MadeFleet, 'nodes' | 'sickPct'>): readonly MadeNode[] {
  return Array.from({ length: nodes }, (_, index) => {
    const sick = (index * 37) % 100 < sickPct;
    const kernels = sick ? SICK_KERNELS : HEALTHY_KERNELS;
    const kernel = kernels[index % kernels.length] ?? '';
    const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
    return {
      name: `ip-${address.replaceAll('.', '-')}`,
      instance: `${address}:10047`,
      kernel,
      cgroup: sick || index % 2 === 0 ? 'v1' : 'v2',
      sick,
      dying: sick ? 4000 + ((index * 7919) % 52_000) : (index * 13) % 90,
      growthPerHour: sick ? 300 + ((index * 31) % 500) : 0,
    };
  });
}

/** A read of the root's memory.stat at so many dying: 9.8 s at 55,840, as in the incident. */
function readSeconds({ sick }: MadeNode, dying: number): number {
  return sick ? (dying / 55_840) * 9.8 : 0.002;
}

function severityAt(node: MadeNode, dying: number): number {
  if (!node.sick) return 0;
  const read = readSeconds(node, dying);
  return read >= 1 && dying >= 5000 ? 4 : dying >= 1000 ? 3 : 0;
}

function dyingAt(node: MadeNode, hoursBefore: number): number {
  return Math.max(10, Math.round(node.dying - node.growthPerHour * hoursBefore));
}

type Row = readonly [labels: string, value: (node: MadeNode, dying: number, at: number) => number];

/** Families as `serve` tells them, as far as the fleet's screen asks for them. */
const FAMILIES: Readonly<Record<string, { type: 'gauge' | 'counter'; rows: readonly Row[] }>> = {
  slabtop_verdict_severity: { type: 'gauge', rows: [['', severityAt]] },
  slabtop_memcgs: {
    type: 'gauge',
    rows: [
      ['state="live"', () => 312],
      ['state="dying"', (_, dying) => dying],
    ],
  },
  slabtop_stat_read_seconds: { type: 'gauge', rows: [['file="memory.stat",cgroup="/"', readSeconds]] },
  slabtop_stat_read_worst_seconds: { type: 'gauge', rows: [['file="memory.stat"', readSeconds]] },
  slabtop_slab_bytes: {
    type: 'gauge',
    rows: [
      ['reclaimable="true"', (_, dying) => 2e8 + dying * 33_000],
      ['reclaimable="false"', () => 9e7],
    ],
  },
  slabtop_dying_held_bytes: { type: 'gauge', rows: [['kind="kernel"', (_, dying) => dying * 33_000]] },
  slabtop_dying_held_below_bytes: {
    type: 'gauge',
    rows: [['qos="burstable",namespace="batch",workload="report"', (_, dying) => dying * 30_000]],
  },
  slabtop_dying_pinned_bytes: { type: 'gauge', rows: [['kind="slab"', (_, dying) => dying * 33_000]] },
  slabtop_recommended_drop_mode: { type: 'gauge', rows: [['', ({ sick }) => (sick ? 2 : 0)]] },
  slabtop_last_sample_timestamp_seconds: { type: 'gauge', rows: [['topic="tick"', (_node, _dying, at) => at - 5]] },
  slabtop_kubelet_start_time_seconds: { type: 'gauge', rows: [['', () => 1_700_000_000]] },
  slabtop_kubelet_cpu_seconds: {
    type: 'counter',
    rows: [
      ['mode="system"', (node, _dying, at) => (at % 10_000_000) * (node.sick ? 0.92 : 0.02)],
      ['mode="user"', (_node, _dying, at) => (at % 10_000_000) * 0.05],
    ],
  },
  slabtop_cache_drops: { type: 'counter', rows: [['kind="slab"', () => 0]] },
};

/**
 * The past of a fleet in OpenMetrics, a piece at a time, for `promtool tsdb create-blocks-from openmetrics`: families
 * must stand together, and their samples in the order of time within a series.
 */
export function* madePast(fleet: MadeFleet): Generator<string> {
  const nodes = madeNodes(fleet);
  yield '# TYPE slabtop_node_info gauge\n';
  for (const node of nodes) {
    yield pastOf(fleet, 'slabtop_node_info', infoLabels(node), () => 1);
  }
  for (const [name, { type, rows }] of Object.entries(FAMILIES)) {
    yield `# TYPE ${name} ${type}\n`;
    for (const node of nodes) {
      for (const [labels, value] of rows) {
        const series = type === 'counter' ? `${name}_total` : name;
        yield pastOf(fleet, series, joined(targetLabels(node), labels), (at) => {
          const dying = dyingAt(node, (fleet.toSeconds - at) / 3600);
          return value(node, dying, at);
        });
      }
    }
  }
  yield '# EOF\n';
}

function pastOf(fleet: MadeFleet, name: string, labels: string, value: (at: number) => number): string {
  const lines: string[] = [];
  for (let at = fleet.fromSeconds; at <= fleet.toSeconds; at += fleet.stepSeconds) {
    lines.push(`${name}{${labels}} ${value(at)} ${at}\n`);
  }
  return lines.join('');
}

function targetLabels({ name, instance }: MadeNode): string {
  return `job="slabtop-k8s",instance="${instance}",node="${name}"`;
}

function infoLabels(node: MadeNode): string {
  const { name, kernel, cgroup } = node;
  return joined(
    targetLabels(node),
    `nodename="${name}",kernel="${kernel}",cgroup="${cgroup}",kubelet_version="v1.27.3"`,
  );
}

function joined(one: string, other: string): string {
  return other === '' ? one : `${one},${other}`;
}
