import type { EpochMs } from '../core/clock.ts';
import { isKnown, isMissing, knownOr, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { SEVERITY_NUMBER, type Severity } from '../core/severity.ts';
import type { InstantSeries, QueryAnswer } from './answer.ts';
import { keyOf, nameOf, targetOf } from './identity.ts';
import {
  type FleetNode,
  type KernelRow,
  NODE_STATES,
  type NodeFacts,
  type NodeState,
  type StateCounts,
} from './model.ts';

type Instant = Maybe<QueryAnswer<InstantSeries>>;

/** The answers of the first request. */
export interface ListAnswers {
  readonly severity: QueryAnswer<InstantSeries>;
  readonly worstRead: Instant;
  readonly dying: Instant;
  /** Missing where it was not asked for in this refresh. */
  readonly silent: Instant;
}

const NOT_ASKED = missing('warming-up', 'loaded once it is on the screen');

/** The state that a severity's number stands for; a number that is none is unknown. */
export function stateOf(level: number): NodeState {
  const found = Object.entries(SEVERITY_NUMBER).find(([, number]) => number === level)?.[0];
  return NODE_STATES.find((state) => state === found) ?? 'unknown';
}

/**
 * The rows, worst first. Within a state those with the slowest read come first, by classes of a tenth: read times swing
 * by that much, and the rows would change places with every refresh. Facts that are known already are kept.
 */
export function deriveNodes(
  { severity, worstRead, dying, silent }: ListAnswers,
  nodeLabel: string,
  factsBefore: ReadonlyMap<string, NodeFacts>,
): readonly FleetNode[] {
  const reads = byKey(worstRead);
  const counts = byKey(dying);
  const rows = [
    ...severity.series.map((each) => ({ labels: each.labels, state: stateOf(each.value) })),
    ...(isMissing(silent) ? [] : silent.series.map(({ labels }) => ({ labels, state: 'silent' as const }))),
  ];
  const nodes = new Map<string, FleetNode>();
  for (const { labels, state } of rows) {
    const key = keyOf(labels);
    // A series that comes twice, as from two replicas of a scraper: the worse one stands.
    const before = nodes.get(key);
    if (before !== undefined && NODE_STATES.indexOf(before.state) <= NODE_STATES.indexOf(state)) continue;
    const node: FleetNode = {
      key,
      labels: targetOf(labels),
      name: nameOf(labels, nodeLabel),
      state,
      facts: NOT_ASKED,
      worstReadSeconds: reads(key),
      dying: counts(key),
    };
    nodes.set(key, withFacts(node, factsBefore.get(key)));
  }
  return [...nodes.values()].sort(worstFirst);
}

/** The node with its facts. Where only its address is known it gets the name that it has for itself. */
export function withFacts(node: FleetNode, facts: NodeFacts | undefined): FleetNode {
  if (facts === undefined) return node;
  const named = node.name === node.labels.instance ? knownOr(facts.nodename, node.name) : node.name;
  return { ...node, facts, name: named };
}

const NOT_BAD = missing('absent', 'below the threshold of a warning, or not reported');

/** The largest value by node; `absent` for nodes that the query leaves out, since it asks for bad ones only. */
function byKey(answer: Instant): (key: string) => Maybe<number> {
  if (isMissing(answer)) return () => answer;
  const values = new Map<string, number>();
  for (const { labels, value } of answer.series) {
    const key = keyOf(labels);
    values.set(key, Math.max(values.get(key) ?? Number.NEGATIVE_INFINITY, value));
  }
  return (key) => values.get(key) ?? NOT_BAD;
}

function worstFirst(a: FleetNode, b: FleetNode): number {
  return (
    NODE_STATES.indexOf(a.state) - NODE_STATES.indexOf(b.state) ||
    classOf(b.worstReadSeconds) - classOf(a.worstReadSeconds) ||
    classOf(b.dying) - classOf(a.dying) ||
    a.name.localeCompare(b.name, 'en', { numeric: true }) ||
    (a.key < b.key ? -1 : 1)
  );
}

/** The same for values that differ by less than a tenth or so. */
function classOf(value: Maybe<number>): number {
  return isMissing(value) || value <= 0 ? Number.NEGATIVE_INFINITY : Math.round(Math.log(value) / Math.log(1.1));
}

/** How many are dying on a node: of the healthy only its own facts tell. */
export function dyingOn({ facts, dying }: FleetNode): Maybe<number> {
  if (!isMissing(facts)) return facts.dying;
  return isMissing(dying) ? facts : dying;
}

const NOBODY = missing('absent', 'no node reports its state: is serve scraped, is the selector right?');

/** How many nodes there are in each state; missing where there is no node at all, which is not a fleet in health. */
export function deriveCounts(answer: QueryAnswer<InstantSeries>, silent: Instant): Maybe<StateCounts> {
  if (answer.series.length === 0 && (isMissing(silent) || silent.series.length === 0)) return NOBODY;
  const of = (wanted: NodeState) =>
    answer.series
      .filter(({ labels }) => stateOf(Number(labels.level)) === wanted)
      .reduce((sum, { value }) => sum + value, 0);
  return {
    critical: of('critical'),
    warning: of('warning'),
    unknown: of('unknown'),
    info: of('info'),
    ok: of('ok'),
    silent: mapKnown(silent, ({ series }) => series.length),
  };
}

/** The worst that is among them: of a node that is silent or unknown nobody knows that it is well. */
export function worstOf({ critical, warning, silent, unknown }: StateCounts): Severity {
  if (critical > 0) return 'critical';
  if (warning > 0 || (isKnown(silent) && silent > 0)) return 'warning';
  return unknown > 0 ? 'unknown' : 'ok';
}

/** Nodes that there are in all, the silent ones left out. */
export function countOf({ critical, warning, unknown, info, ok }: StateCounts): number {
  return critical + warning + unknown + info + ok;
}

/** One row a release, those with the most sick nodes first. */
export function deriveKernels({ series }: QueryAnswer<InstantSeries>): readonly KernelRow[] {
  const rows = new Map<string, KernelRow>();
  for (const { labels, value } of series) {
    const { kernel = '', cgroup = '' } = labels;
    const key = JSON.stringify([kernel, cgroup]);
    const before = rows.get(key) ?? { kernel, cgroup, nodes: 0, critical: 0, warning: 0, unknown: 0 };
    const state = stateOf(Number(labels.level));
    const counted = state === 'critical' || state === 'warning' || state === 'unknown' ? state : undefined;
    rows.set(key, {
      ...before,
      nodes: before.nodes + value,
      ...(counted === undefined ? {} : { [counted]: before[counted] + value }),
    });
  }
  const sick = (row: KernelRow) => row.critical + row.warning;
  return [...rows.values()].sort((a, b) => sick(b) - sick(a) || b.nodes - a.nodes || a.kernel.localeCompare(b.kernel));
}

/** Epoch seconds as metrics have them. */
export function momentOf(seconds: number): EpochMs {
  return seconds * 1000;
}
