import type { EpochMs } from '../../../core/clock.ts';
import { type Maybe, missing } from '../../../core/missing.ts';
import type {
  Culprit,
  FleetEvent,
  FleetGraphs,
  FleetModel,
  FleetNode,
  KernelRow,
  NodeDetail,
  NodeFacts,
  NodeState,
} from '../../../fleet/model.ts';
import { NODE_STATES } from '../../../fleet/model.ts';
import type { Thresholds } from '../../../model/thresholds.ts';
import { Series } from '../../../series/series.ts';
import type { FleetSource } from '../source.ts';
import nodes from './invented-nodes.json' with { type: 'json' };

type Invented = (typeof nodes)[number];

const HOUR = 3600;

/** Held by one dying cgroup, as in the incident: 11.2 GiB by 58,000. */
const HELD_BYTES = 33_000;

/** A read of the root at so many dying: 9.8 s at 55,840. */
const READ_SECONDS_EACH = 9.8 / 55_840;

const CALM = missing('absent', 'they do not grow');

/** Two hundred invented nodes over a day, for whoever wants to see the fleet's screen without a fleet. */
export class DemoSource implements FleetSource {
  readonly #limits: Thresholds;
  readonly #now: EpochMs;

  /** `now` is the end of the invented day. */
  constructor(limits: Thresholds, now: EpochMs) {
    this.#limits = limits;
    this.#now = now;
  }

  async list(filter: string): Promise<Maybe<FleetModel>> {
    const rows = nodes.map((node) => this.#node(node)).sort(worstFirst);
    const found = rows.filter(({ name }) => name.includes(filter));
    const of = (state: NodeState) => rows.filter((row) => row.state === state).length;
    return {
      at: this.#now,
      engineAheadMs: 0,
      counts: {
        ...{ critical: of('critical'), warning: of('warning'), unknown: of('unknown'), info: of('info'), ok: of('ok') },
        silent: of('silent'),
      },
      nodes: found,
      whole: true,
      kernels: this.#kernels(),
      rules: 'installed',
      warnings: [],
    };
  }

  async facts(): Promise<ReadonlyMap<string, NodeFacts>> {
    return new Map(nodes.map((node) => [node.name, this.#facts(node)]));
  }

  async askForSilent(): Promise<undefined> {}

  async graphs(): Promise<FleetGraphs> {
    const over = (value: (hoursAgo: number) => number) => this.#series(6, 72, value);
    const sick = (hoursAgo: number) => nodes.filter((node) => this.#isSick(node, hoursAgo)).length;
    const dying = (hoursAgo: number) => nodes.reduce((sum, node) => sum + dyingOf(node, hoursAgo), 0);
    const worst = (hoursAgo: number) => Math.max(...nodes.map((node) => readOf(node, hoursAgo)));
    const cores = (hoursAgo: number) => nodes.reduce((sum, node) => sum + systemOf(node, hoursAgo) / 100, 0);
    return { sick: over(sick), dying: over(dying), read: over(worst), kubelet: over(cores) };
  }

  async culprits(): Promise<Maybe<readonly Culprit[]>> {
    const held = nodes.filter(isAffected).reduce((sum, node) => sum + dyingOf(node, 0) * HELD_BYTES, 0);
    const churn = nodes.reduce((sum, node) => sum + node.growthPerHour / 60, 0);
    const row = (qos: string, namespace: string, workload: string, heldShare: number, churnShare: number): Culprit => ({
      ...{ qos, namespace, workload },
      heldBytes: held * heldShare,
      churnPerMinute: churn * churnShare,
    });
    return [
      row('burstable', 'batch', 'report-runner', 0.71, 0.64),
      row('besteffort', 'ci', 'runner', 0.18, 0.22),
      row('burstable', 'payments', 'ledger-export', 0.05, 0.04),
      row('other', 'other', 'other', 0.06, 0.1),
    ];
  }

  async events(): Promise<Maybe<readonly FleetEvent[]>> {
    const at = (hoursAgo: number) => this.#now - hoursAgo * HOUR * 1000;
    const events = nodes.filter(isAffected).flatMap((node): FleetEvent[] => {
      const { name, growthPerHour, dying, droppedHoursAgo } = node;
      if (droppedHoursAgo !== null) {
        return [
          { at: at(droppedHoursAgo), name, kind: 'drop', times: 1 },
          { at: at(droppedHoursAgo - 0.05), name, kind: 'state', from: 'critical' },
        ];
      }
      const criticalAgo = (dying - this.#limits.dyingCritical) / growthPerHour;
      return criticalAgo > 0 && criticalAgo < 24
        ? [{ at: at(criticalAgo), name, kind: 'state', from: 'warning', to: 'critical' }]
        : [];
    });
    const silent = nodes
      .filter((node) => node.silent)
      .map(({ name }): FleetEvent => ({ at: at(0.4), name, kind: 'state', from: 'critical', to: 'silent' }));
    return [...events, ...silent].sort((a, b) => b.at - a.at);
  }

  async detail({ key }: FleetNode, spanSeconds: number): Promise<NodeDetail> {
    const node = nodes.find(({ name }) => name === key);
    const none = missing('gone', 'this node is gone');
    const over = (value: (node: Invented, hoursAgo: number) => number): Maybe<Series> =>
      node === undefined ? none : this.#series(spanSeconds / HOUR, 180, (hoursAgo) => value(node, hoursAgo));
    const state = node === undefined ? 'unknown' : this.#state(node, 0);
    return {
      key,
      at: this.#now,
      spanSeconds,
      graphs: {
        kubelet: over((each, hoursAgo) => systemOf(each, hoursAgo) / 100),
        slab: over((each, hoursAgo) => slabOf(each, hoursAgo)),
        dying: over(dyingOf),
        read: over(readOf),
      },
      findings: ['dying-cgroups', 'slow-memory-stat', 'kubelet-attribution', 'what-pins', 'churn', 'memcg-ids'].map(
        (rule, index) => ({ rule, state: index < 4 ? state : 'ok' }),
      ),
      missing: [],
    };
  }

  #node(node: Invented): FleetNode {
    return {
      key: node.name,
      labels: { instance: `${node.name}:10047`, job: 'slabtop-k8s', node: node.name },
      name: node.name,
      state: this.#state(node, 0),
      facts: this.#facts(node),
      worstReadSeconds: readOf(node, 0),
      dying: dyingOf(node, 0),
    };
  }

  #facts(node: Invented): NodeFacts {
    const dying = dyingOf(node, 0);
    const { growthPerHour } = node;
    const left = ((this.#limits.dyingCritical - dying) / growthPerHour) * HOUR;
    const sick = isAffected(node);
    return {
      at: this.#now,
      nodename: node.name,
      kernel: node.kernel,
      kubeletVersion: 'v1.27.3',
      rootReadSeconds: readOf(node, 0),
      live: 312,
      dying,
      growthPerHour,
      secondsToCritical: growthPerHour === 0 ? CALM : Math.max(0, left),
      kubeletSystemPct: systemOf(node, 0),
      slabBytes: slabOf(node, 0),
      heldBytes: dying * HELD_BYTES,
      pinnedBy: sick ? 'slab' : missing('absent', 'nothing pins them'),
      dropMode: sick ? 2 : 0,
      drops: node.droppedHoursAgo === null ? 0 : 1,
      sampledAt: this.#now - (node.silent ? 0.4 * HOUR * 1000 : 9000),
      trend: Array.from({ length: 61 }, (_, minute) => dyingOf(node, (60 - minute) / 60)),
    };
  }

  #state(node: Invented, hoursAgo: number): NodeState {
    if (node.silent && hoursAgo < 0.4) return 'silent';
    const dying = dyingOf(node, hoursAgo);
    if (dying >= this.#limits.dyingCritical && isAffected(node)) return 'critical';
    return dying >= this.#limits.dyingWarning ? 'warning' : 'ok';
  }

  #isSick(node: Invented, hoursAgo: number): boolean {
    return ['critical', 'warning'].includes(this.#state(node, hoursAgo));
  }

  #kernels(): readonly KernelRow[] {
    const rows = new Map<string, KernelRow>();
    for (const node of nodes) {
      const { kernel, cgroup } = node;
      const before = rows.get(kernel) ?? { kernel, cgroup, nodes: 0, critical: 0, warning: 0, unknown: 0 };
      const state = this.#state(node, 0);
      rows.set(kernel, {
        ...before,
        nodes: before.nodes + 1,
        critical: before.critical + Number(state === 'critical'),
        warning: before.warning + Number(state === 'warning'),
      });
    }
    return [...rows.values()].sort((a, b) => b.critical + b.warning - a.critical - a.warning || b.nodes - a.nodes);
  }

  #series(hours: number, points: number, value: (hoursAgo: number) => number): Series {
    const series = new Series(points + 1);
    for (let point = 0; point <= points; point += 1) {
      const hoursAgo = hours * (1 - point / points);
      series.push(this.#now / 1000 - hoursAgo * HOUR, value(hoursAgo));
    }
    return series;
  }
}

function isAffected({ growthPerHour }: Invented): boolean {
  return growthPerHour > 0;
}

/** Grows evenly; a drop leaves a hundred. */
function dyingOf({ dying, growthPerHour, droppedHoursAgo }: Invented, hoursAgo: number): number {
  const before = Math.max(40, Math.round(dying - growthPerHour * hoursAgo));
  if (droppedHoursAgo === null || hoursAgo > droppedHoursAgo) return before;
  return Math.round(100 + growthPerHour * (droppedHoursAgo - hoursAgo));
}

function readOf(node: Invented, hoursAgo: number): number {
  return isAffected(node) ? 0.004 + dyingOf(node, hoursAgo) * READ_SECONDS_EACH : 0.002;
}

/** What reads of three ancestors every ten seconds take of a core, and two percent of everything else. */
function systemOf(node: Invented, hoursAgo: number): number {
  const read = readOf(node, hoursAgo);
  return 2 + 3 * (read / (read + 10)) * 100;
}

function slabOf(node: Invented, hoursAgo: number): number {
  return 2.4e8 + dyingOf(node, hoursAgo) * HELD_BYTES * 1.1;
}

function worstFirst(a: FleetNode, b: FleetNode): number {
  const read = ({ worstReadSeconds }: FleetNode) => (typeof worstReadSeconds === 'number' ? worstReadSeconds : 0);
  return (
    NODE_STATES.indexOf(a.state) - NODE_STATES.indexOf(b.state) || read(b) - read(a) || a.name.localeCompare(b.name)
  );
}
