import type { EpochMs } from '../core/clock.ts';
import type { Maybe } from '../core/missing.ts';
import type { Series } from '../series/series.ts';
import type { SeriesLabels } from './answer.ts';
import type { FleetGraph } from './queries.ts';

/** How a node is, worst first. `silent`: it told of itself within the last hour, and does not any more. */
export const NODE_STATES = ['critical', 'warning', 'silent', 'unknown', 'info', 'ok'] as const;

/** One of {@link NODE_STATES}. */
export type NodeState = (typeof NODE_STATES)[number];

/** Everything known of the fleet at one refresh. What could not be had says why in its place. */
export interface FleetModel {
  /** The moment of the refresh, by this machine's clock. */
  readonly at: EpochMs;
  /** How far the engine's clock is ahead of this machine's; 0 where they agree within a minute. */
  readonly engineAheadMs: number;
  readonly counts: Maybe<StateCounts>;
  /** Worst first; the sick, the blind and the silent, and all nodes where they are few. */
  readonly nodes: readonly FleetNode[];
  /** Whether {@link nodes} has the healthy ones too. */
  readonly whole: boolean;
  readonly kernels: Maybe<readonly KernelRow[]>;
  /** Whether the recording rules are there; without them each refresh costs the server eight times as much. */
  readonly rules: 'installed' | 'absent';
  /** What the engine said of partial answers. */
  readonly warnings: readonly string[];
}

/** Nodes by state, over the whole fleet. */
export interface StateCounts {
  readonly critical: number;
  readonly warning: number;
  readonly unknown: number;
  readonly info: number;
  readonly ok: number;
  /** Missing where it was not asked for in this refresh. */
  readonly silent: Maybe<number>;
}

/** One node. Its numbers come with a second request, for the rows on screen only: until then they are `warming-up`. */
export interface FleetNode {
  /** Tells it from every other: the labels of its target. */
  readonly key: string;
  readonly labels: SeriesLabels;
  readonly name: string;
  readonly state: NodeState;
  readonly facts: Maybe<NodeFacts>;
  /** The slowest of the latest reads; there for sick nodes from the first request on. */
  readonly worstReadSeconds: Maybe<number>;
  readonly dying: Maybe<number>;
}

/** What the second request brings of one node. */
export interface NodeFacts {
  /** When these were asked for, by the engine's clock. */
  readonly at: EpochMs;
  /** The name that the node has for itself. */
  readonly nodename: Maybe<string>;
  readonly kernel: Maybe<string>;
  readonly kubeletVersion: Maybe<string>;
  readonly rootReadSeconds: Maybe<number>;
  readonly live: Maybe<number>;
  readonly dying: Maybe<number>;
  readonly growthPerHour: Maybe<number>;
  /** Until the critical number of dying is reached at this growth; 0 where it is. */
  readonly secondsToCritical: Maybe<number>;
  readonly kubeletSystemPct: Maybe<number>;
  readonly slabBytes: Maybe<number>;
  readonly heldBytes: Maybe<number>;
  /** What pins most of the dying. */
  readonly pinnedBy: Maybe<string>;
  /** Mode of drop_caches that fits; 0 none. */
  readonly dropMode: Maybe<number>;
  /** Drops of slab since boot. */
  readonly drops: Maybe<number>;
  /** The node's own clock at its latest tick. */
  readonly sampledAt: Maybe<EpochMs>;
  /** Dying over the last hour, oldest first; a gap is undefined. */
  readonly trend: Maybe<readonly (number | undefined)[]>;
}

/** One kernel release over the fleet. */
export interface KernelRow {
  readonly kernel: string;
  readonly cgroup: string;
  readonly nodes: number;
  readonly critical: number;
  readonly warning: number;
  readonly unknown: number;
}

/** Graphs over the whole fleet; missing where the recording rules are not installed. */
export type FleetGraphs = Readonly<Record<FleetGraph, Maybe<Series>>>;

/** What one workload does to the fleet. */
export interface Culprit {
  readonly qos: string;
  readonly namespace: string;
  /** The pods' name without hash and ordinal. */
  readonly workload: string;
  /** Held by the dying that it left behind, over all nodes. */
  readonly heldBytes: Maybe<number>;
  /** cgroups created or removed below its pods, over all nodes. */
  readonly churnPerMinute: Maybe<number>;
}

/** Something that happened on a node. */
export type FleetEvent = { readonly at: EpochMs; readonly name: string } & (
  | { readonly kind: 'drop'; readonly times: number }
  | { readonly kind: 'kubelet-restarted' }
  /** `from` and `to` are missing where it was not among the bad: it was well, or it said nothing. */
  | { readonly kind: 'state'; readonly from?: NodeState; readonly to?: NodeState }
);

/** The graphs of one node. */
export const NODE_GRAPHS = ['kubelet', 'slab', 'dying', 'read'] as const;

/** One of {@link NODE_GRAPHS}. */
export type NodeGraph = (typeof NODE_GRAPHS)[number];

/** One node in detail. */
export interface NodeDetail {
  readonly key: string;
  readonly at: EpochMs;
  readonly spanSeconds: number;
  readonly graphs: Readonly<Record<NodeGraph, Maybe<Series>>>;
  /** What its rules say, worst first. */
  readonly findings: Maybe<readonly { readonly rule: string; readonly state: NodeState }[]>;
  /** What it does not know, and why. */
  readonly missing: Maybe<readonly { readonly field: string; readonly reason: string }[]>;
}
