import type { EpochMs } from '../core/clock.ts';
import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { Series } from '../series/series.ts';
import type { InstantSeries, QueryAnswer, RangeSeries } from './answer.ts';
import { momentOf, stateOf } from './derive-list.ts';
import { keyOf, nameOf } from './identity.ts';
import { type Culprit, type FleetEvent, NODE_STATES, type NodeDetail, type NodeGraph } from './model.ts';

type Instant = Maybe<QueryAnswer<InstantSeries>>;
type Range = Maybe<QueryAnswer<RangeSeries>>;

const NO_SERIES = missing('absent', 'the engine has no such series');

/**
 * The series of an answer as points of one graph; steps that have no point are gaps. There is one, or one for each pod
 * of the exporter that told of the node since.
 */
export function deriveGraph(answer: Range, stepSeconds: number): Maybe<Series> {
  if (isMissing(answer)) return answer;
  const points = answer.series.flatMap((each) => each.points).sort(([a], [b]) => a - b);
  if (points.length === 0) return NO_SERIES;
  const graph = new Series(2 * points.length + 1);
  let before: number | undefined;
  for (const [at, value] of points) {
    if (at === before) continue;
    if (before !== undefined && at - before > 1.5 * stepSeconds) graph.push(before + stepSeconds, NO_SERIES);
    graph.push(at, value);
    before = at;
  }
  return graph;
}

/** Which workloads the dying were left by, and who makes cgroups come and go; most held first. */
export function deriveCulprits(held: Instant, churn: Instant): Maybe<readonly Culprit[]> {
  if (isMissing(held) && isMissing(churn)) return held;
  const rows = new Map<string, Culprit>();
  const none = (answer: Instant): Maybe<number> => (isMissing(answer) ? answer : 0);
  const put = (answer: Instant, change: (value: number) => Partial<Culprit>): void => {
    if (isMissing(answer)) return;
    for (const { labels, value } of answer.series) {
      const { qos = '', namespace = '', workload = '' } = labels;
      const key = JSON.stringify([qos, namespace, workload]);
      const before = rows.get(key) ?? { qos, namespace, workload, heldBytes: none(held), churnPerMinute: none(churn) };
      rows.set(key, { ...before, ...change(value) });
    }
  };
  put(held, (heldBytes) => ({ heldBytes }));
  put(churn, (perSecond) => ({ churnPerMinute: perSecond * 60 }));
  const amount = (value: Maybe<number>) => (isMissing(value) ? 0 : value);
  return [...rows.values()].sort(
    (a, b) => amount(b.heldBytes) - amount(a.heldBytes) || amount(b.churnPerMinute) - amount(a.churnPerMinute),
  );
}

/** What the engine answered about a stretch of the past. */
export interface EventAnswers {
  readonly drops: Range;
  readonly restarts: Range;
  readonly states: Range;
}

/** Drops, restarts of kubelet and changes of state, newest first. Missing where none of the three could be asked. */
export function deriveEvents(
  { drops, restarts, states }: EventAnswers,
  { nodeLabel, fromSeconds, stepSeconds }: { nodeLabel: string; fromSeconds: number; stepSeconds: number },
): Maybe<readonly FleetEvent[]> {
  if (isMissing(drops) && isMissing(restarts) && isMissing(states)) return drops;
  const events: FleetEvent[] = [];
  const each = (answer: Range, take: (name: string, points: RangeSeries['points']) => void): void => {
    if (isMissing(answer)) return;
    for (const { labels, points } of answer.series) take(nameOf(labels, nodeLabel), points);
  };
  each(drops, (name, points) => {
    for (const [at, times] of firsts(points, stepSeconds)) events.push({ at: momentOf(at), name, kind: 'drop', times });
  });
  each(restarts, (name, points) => {
    for (const [at] of firsts(points, stepSeconds)) events.push({ at: momentOf(at), name, kind: 'kubelet-restarted' });
  });
  each(states, (name, points) => {
    events.push(...changesOf(name, points, fromSeconds, stepSeconds));
  });
  return events.sort((a, b) => b.at - a.at || a.name.localeCompare(b.name));
}

/** The first point of each run of points: an increase over five minutes is seen at every step of them. */
function firsts(points: RangeSeries['points'], stepSeconds: number): RangeSeries['points'] {
  return points.filter(([at], index) => {
    const before = points[index - 1];
    return before === undefined || at - before[0] > 1.5 * stepSeconds;
  });
}

/** The series is there only while the node is sick or blind: before and after, it was well or said nothing. */
function changesOf(
  name: string,
  points: RangeSeries['points'],
  fromSeconds: number,
  stepSeconds: number,
): readonly FleetEvent[] {
  const events: FleetEvent[] = [];
  points.forEach(([at, level], index) => {
    const before = points[index - 1];
    const next = points[index + 1];
    const to = stateOf(level);
    const gap = before === undefined || at - before[0] > 1.5 * stepSeconds;
    // What the stretch begins with is how it was, not what happened.
    if (gap && at - fromSeconds > stepSeconds) events.push({ at: momentOf(at), name, kind: 'state', to });
    else if (!gap && before !== undefined && before[1] !== level) {
      events.push({ at: momentOf(at), name, kind: 'state', from: stateOf(before[1]), to });
    }
    if (next !== undefined && next[0] - at > 1.5 * stepSeconds) {
      events.push({ at: momentOf(at + stepSeconds), name, kind: 'state', from: to });
    }
  });
  return events;
}

/** The answers about one node. */
export interface NodeAnswers {
  readonly graphs: Readonly<Record<NodeGraph, Range>>;
  readonly findings: Instant;
  readonly missing: Instant;
}

/** One node in detail; series of another node of the same address are left out by its key. */
export function deriveNodeDetail(
  { graphs, findings, missing: lost }: NodeAnswers,
  { key, at, spanSeconds, stepSeconds }: { key: string; at: EpochMs; spanSeconds: number; stepSeconds: number },
): NodeDetail {
  const own = <S extends { readonly labels: RangeSeries['labels'] }>(answer: Maybe<QueryAnswer<S>>) =>
    mapKnown(answer, ({ series, warnings }) => ({
      series: series.filter(({ labels }) => keyOf(labels) === key),
      warnings,
    }));
  const graph = (answer: Range) => deriveGraph(own(answer), stepSeconds);
  return {
    key,
    at,
    spanSeconds,
    graphs: {
      kubelet: graph(graphs.kubelet),
      slab: graph(graphs.slab),
      dying: graph(graphs.dying),
      read: graph(graphs.read),
    },
    findings: mapKnown(own(findings), ({ series }) =>
      series
        .map(({ labels, value }) => ({ rule: labels.rule ?? '', state: stateOf(value) }))
        .sort((a, b) => NODE_STATES.indexOf(a.state) - NODE_STATES.indexOf(b.state) || a.rule.localeCompare(b.rule)),
    ),
    missing: mapKnown(own(lost), ({ series }) =>
      series.map(({ labels }) => ({ field: labels.field ?? '', reason: labels.reason ?? '' })),
    ),
  };
}
