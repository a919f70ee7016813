import type { EpochMs } from '../core/clock.ts';
import { isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import type { InstantSeries, QueryAnswer, RangeSeries, SeriesLabels } from './answer.ts';
import { momentOf } from './derive-list.ts';
import { keyOf } from './identity.ts';
import type { NodeFacts } from './model.ts';

/** The answers of the second request. */
export interface FactAnswers {
  readonly facts: Maybe<QueryAnswer<InstantSeries>>;
  readonly kubeletSystem: Maybe<QueryAnswer<InstantSeries>>;
  readonly growth: Maybe<QueryAnswer<InstantSeries>>;
  readonly trend: Maybe<QueryAnswer<RangeSeries>>;
}

/** The stretch and the step of the trend, which say how many columns it has. */
export interface TrendSpan {
  readonly fromSeconds: number;
  readonly stepSeconds: number;
  readonly columns: number;
}

const NOT_TOLD = missing('absent', 'not reported by the node');

/** The facts of each node that was asked for, by its key. */
export function deriveFacts(
  answers: FactAnswers,
  { at, dyingCritical, span }: { readonly at: EpochMs; readonly dyingCritical: number; readonly span: TrendSpan },
): ReadonlyMap<string, NodeFacts> {
  const grouped = groupByNode(answers);
  return new Map([...grouped].map(([key, own]) => [key, factsOfNode(own, at, dyingCritical, span)]));
}

/** All series of one node. */
interface OwnSeries {
  readonly facts: Maybe<readonly InstantSeries[]>;
  readonly kubeletSystem: Maybe<readonly InstantSeries[]>;
  readonly growth: Maybe<readonly InstantSeries[]>;
  readonly trend: Maybe<readonly RangeSeries[]>;
}

function groupByNode({ facts, kubeletSystem, growth, trend }: FactAnswers): ReadonlyMap<string, OwnSeries> {
  const keys = new Set<string>();
  const split = <Series extends { readonly labels: SeriesLabels }>(answer: Maybe<QueryAnswer<Series>>) => {
    if (isMissing(answer)) return () => answer;
    const own = new Map<string, Series[]>();
    for (const series of answer.series) {
      const key = keyOf(series.labels);
      keys.add(key);
      const before = own.get(key);
      if (before === undefined) own.set(key, [series]);
      else before.push(series);
    }
    return (key: string): Maybe<readonly Series[]> => own.get(key) ?? [];
  };
  const [ofFacts, ofSystem, ofGrowth, ofTrend] = [split(facts), split(kubeletSystem), split(growth), split(trend)];
  return new Map(
    [...keys].map((key) => [
      key,
      { facts: ofFacts(key), kubeletSystem: ofSystem(key), growth: ofGrowth(key), trend: ofTrend(key) },
    ]),
  );
}

function factsOfNode(own: OwnSeries, at: EpochMs, dyingCritical: number, span: TrendSpan): NodeFacts {
  const named = (name: string, labels: SeriesLabels = {}) => seriesOf(own.facts, name, labels);
  const info = named('slabtop_node_info');
  const dying = oneOf(named('slabtop_memcgs', { state: 'dying' }));
  const growthPerHour = mapKnown(oneOf(own.growth), (perSecond) => perSecond * 3600);
  return {
    at,
    nodename: wordOf(info, 'nodename'),
    kernel: wordOf(info, 'kernel'),
    kubeletVersion: wordOf(info, 'kubelet_version'),
    rootReadSeconds: oneOf(named('slabtop_stat_read_seconds', { cgroup: '/', file: 'memory.stat' })),
    dying,
    live: oneOf(named('slabtop_memcgs', { state: 'live' })),
    growthPerHour,
    secondsToCritical: untilCritical(dying, growthPerHour, dyingCritical),
    kubeletSystemPct: mapKnown(oneOf(own.kubeletSystem), (cores) => cores * 100),
    slabBytes: sumOf(named('slabtop_slab_bytes')),
    heldBytes: sumOf(named('slabtop_dying_held_bytes')),
    pinnedBy: mapKnown(named('slabtop_dying_pinned_bytes'), largestKind),
    dropMode: oneOf(named('slabtop_recommended_drop_mode')),
    drops: oneOf(named('slabtop_cache_drops_total', { kind: 'slab' })),
    sampledAt: mapKnown(oneOf(named('slabtop_last_sample_timestamp_seconds', { topic: 'tick' })), momentOf),
    trend: mapKnown(own.trend, (series) => (series.length === 0 ? NOT_TOLD : columnsOf(series, span))),
  };
}

function seriesOf(
  all: Maybe<readonly InstantSeries[]>,
  name: string,
  labels: SeriesLabels,
): Maybe<readonly InstantSeries[]> {
  return mapKnown(all, (series) =>
    series.filter(
      (each) =>
        each.labels.__name__ === name && Object.entries(labels).every(([label, value]) => each.labels[label] === value),
    ),
  );
}

function oneOf(series: Maybe<readonly InstantSeries[]>): Maybe<number> {
  return mapKnown(series, ([first]) => first?.value ?? NOT_TOLD);
}

function sumOf(series: Maybe<readonly InstantSeries[]>): Maybe<number> {
  return mapKnown(series, (all) => (all.length === 0 ? NOT_TOLD : all.reduce((sum, { value }) => sum + value, 0)));
}

function wordOf(series: Maybe<readonly InstantSeries[]>, label: string): Maybe<string> {
  return mapKnown(series, ([first]) => first?.labels[label] || NOT_TOLD);
}

function largestKind(series: readonly InstantSeries[]): Maybe<string> {
  const [largest] = [...series].sort((a, b) => b.value - a.value);
  return largest?.labels.kind ?? missing('absent', 'nothing pins them, or it cannot be told');
}

/** How long until so many are dying; missing where they do not grow. */
function untilCritical(dying: Maybe<number>, growthPerHour: Maybe<number>, dyingCritical: number): Maybe<number> {
  if (isMissing(dying)) return dying;
  if (dying >= dyingCritical) return 0;
  if (isMissing(growthPerHour)) return growthPerHour;
  if (growthPerHour <= 0) return missing('absent', 'they do not grow');
  return ((dyingCritical - dying) / growthPerHour) * 3600;
}

/** A node has several series where another pod tells of it since some moment. */
function columnsOf(
  series: readonly RangeSeries[],
  { fromSeconds, stepSeconds, columns }: TrendSpan,
): (number | undefined)[] {
  const filled = new Array<number | undefined>(columns).fill(undefined);
  for (const [at, value] of series.flatMap(({ points }) => points)) {
    const column = Math.round((at - fromSeconds) / stepSeconds);
    if (column >= 0 && column < columns) filled[column] = value;
  }
  return filled;
}
