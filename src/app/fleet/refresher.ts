import { isKnown, isMissing, type Maybe, mapKnown, missing } from '../../core/missing.ts';
import type { InstantSeries, QueryAnswer } from '../../fleet/answer.ts';
import { deriveFacts } from '../../fleet/derive-facts.ts';
import { countOf, deriveCounts, deriveKernels, deriveNodes } from '../../fleet/derive-list.ts';
import { deriveCulprits, deriveEvents, deriveGraph, deriveNodeDetail } from '../../fleet/derive-more.ts';
import { nameOf } from '../../fleet/identity.ts';
import {
  type Culprit,
  type FleetEvent,
  type FleetGraphs,
  type FleetModel,
  type FleetNode,
  NODE_GRAPHS,
  type NodeDetail,
  type NodeFacts,
} from '../../fleet/model.ts';
import {
  culprits,
  dyingOf,
  factsOf,
  fleetEvents,
  fleetGraphs,
  growthOf,
  kernels,
  kubeletSystemOf,
  named,
  nodeDetail,
  rawList,
  recordedList,
  severityOf,
  silentNodes,
} from '../../fleet/queries.ts';
import type { Matcher } from '../../fleet/selector.ts';
import { systemClock } from '../../host/live-host.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { Engine, Stretch } from './engine.ts';
import type { FleetSource } from './source.ts';

/** What is asked for, whatever is on the screen. */
export interface RefresherOptions {
  readonly selector: readonly Matcher[];
  /** The label by which people call a node. */
  readonly nodeLabel: string;
  readonly thresholds: Thresholds;
  /** How far back events are looked for. */
  readonly sinceSeconds: number;
}

/** So few nodes are listed whole, the healthy ones too. */
const FEW_NODES = 500;

/** Silent nodes are asked for this often: the query selects every node. */
const SILENT_EVERY_SECONDS = 300;

/** Whether the rules are installed is looked at again this often. */
const RULES_EVERY_SECONDS = 600;

/** The trend of a row. */
const TREND_SECONDS = 3600;
const TREND_STEP_SECONDS = 60;

/** Points of the graphs over the fleet, and over which time. */
const GRAPH_SECONDS = 6 * 3600;
const GRAPH_POINTS = 72;

/** Half a step of these. */
const GRAPHS_EVERY_SECONDS = 150;

/** Points of one node's graphs; of the search for events. */
const NODE_POINTS = 180;
const EVENT_POINTS = 288;

/** Nodes whose facts are asked for in one request: their names stand in it. */
const NODES_AT_ONCE = 50;

type Instant = Maybe<QueryAnswer<InstantSeries>>;

/** The answers that a list is made of. */
interface Listed {
  readonly counts: Instant;
  readonly severity: QueryAnswer<InstantSeries>;
  readonly worstRead: Instant;
  readonly dying: Instant;
  readonly kernelCounts: Instant;
  readonly whole: boolean;
  readonly filter: string;
}

const NOT_IN_THIS_REFRESH = missing('warming-up', 'asked for every five minutes');

/**
 * Asks an engine for the fleet: first the list of the sick, then the facts of the rows that somebody looks at. What the
 * screen costs grows with the rows on it, not with the nodes.
 */
export class Refresher implements FleetSource {
  readonly #engine: Engine;
  readonly #options: RefresherOptions;
  readonly #facts = new Map<string, NodeFacts>();
  #recorded: boolean | undefined;
  #rulesLookedAt = Number.NEGATIVE_INFINITY;
  #silent: Instant = NOT_IN_THIS_REFRESH;
  #silentAskedAt = Number.NEGATIVE_INFINITY;
  #graphs: FleetGraphs | undefined;
  #graphsAskedAt = Number.NEGATIVE_INFINITY;
  /** What the latest list was made of. */
  #listed: Listed | undefined;

  constructor(engine: Engine, options: RefresherOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /**
   * The list, or why there is none. A filter is a matcher on the nodes' names, so that a healthy node is found too; the
   * counts stay those of the fleet. The silent are asked for beside it: they never hold up the list.
   */
  async list(filter: string, signal: AbortSignal): Promise<Maybe<FleetModel>> {
    const answers = await this.#listAnswers(filter, signal);
    const { counts, severity } = answers;
    if (isMissing(severity)) return severity;
    const known = mapKnown(counts, (answer) => deriveCounts(answer, this.#silent));
    const few = filter === '' && isKnown(known) && countOf(known) <= FEW_NODES;
    const all = few ? await this.#engine.instant(severityOf(this.#options.selector), signal) : missing('disabled');
    this.#listed = {
      ...answers,
      severity: isKnown(all) ? all : severity,
      whole: isKnown(all) || filter !== '',
      filter,
    };
    return this.#modelOf(this.#listed);
  }

  /** Whoever interrupts this asks again: what was not heard is no answer. */
  async askForSilent(signal: AbortSignal): Promise<FleetModel | undefined> {
    const now = systemClock.monotonic();
    if (now - this.#silentAskedAt < SILENT_EVERY_SECONDS) return undefined;
    const { selector, nodeLabel } = this.#options;
    const silent = await this.#engine.instant(silentNodes(selector, nodeLabel), signal);
    if (signal.aborted) return undefined;
    this.#silentAskedAt = now;
    this.#silent = silent;
    return this.#listed === undefined ? undefined : this.#modelOf(this.#listed);
  }

  async facts(nodes: readonly FleetNode[], signal: AbortSignal): Promise<ReadonlyMap<string, NodeFacts>> {
    const instances = [...new Set(nodes.map(({ labels }) => labels.instance ?? ''))].filter((each) => each !== '');
    const all = new Map<string, NodeFacts>();
    for (let from = 0; from < instances.length && !signal.aborted; from += NODES_AT_ONCE) {
      const some = await this.#factsOfSome(instances.slice(from, from + NODES_AT_ONCE), signal);
      for (const [key, known] of some) all.set(key, known);
    }
    if (!signal.aborted) for (const [key, known] of all) this.#facts.set(key, known);
    return all;
  }

  async #factsOfSome(instances: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, NodeFacts>> {
    const { selector, thresholds } = this.#options;
    const nowSeconds = Math.floor(this.#engine.now / 1000);
    const stretch: Stretch = {
      fromSeconds: nowSeconds - TREND_SECONDS,
      toSeconds: nowSeconds,
      stepSeconds: TREND_STEP_SECONDS,
    };
    const [facts, kubeletSystem, growth, trend] = await Promise.all([
      this.#factAnswers(instances, signal),
      this.#engine.instant(kubeletSystemOf(selector, instances), signal),
      this.#engine.instant(growthOf(selector, instances), signal),
      this.#engine.range(dyingOf(selector, instances), stretch, signal),
    ]);
    const span = { ...stretch, columns: TREND_SECONDS / TREND_STEP_SECONDS + 1 };
    const { dyingCritical } = thresholds;
    return deriveFacts({ facts, kubeletSystem, growth, trend }, { at: this.#engine.now, dyingCritical, span });
  }

  /** Over six hours, from recorded sums alone. Their steps are minutes long: not every refresh asks for them. */
  async graphs(signal: AbortSignal): Promise<FleetGraphs> {
    const now = systemClock.monotonic();
    if (this.#graphs !== undefined && now - this.#graphsAskedAt < GRAPHS_EVERY_SECONDS) return this.#graphs;
    const queries = fleetGraphs(this.#options.selector);
    const stretch = this.#stretch(GRAPH_SECONDS, GRAPH_POINTS);
    const ask = async (query: string) =>
      deriveGraph(await this.#engine.range(query, stretch, signal), stretch.stepSeconds);
    const [sick, dying, read, kubelet] = await Promise.all([
      ask(queries.sick),
      ask(queries.dying),
      ask(queries.read),
      ask(queries.kubelet),
    ]);
    const graphs = { sick, dying, read, kubelet };
    if (Object.values(graphs).some(isKnown)) [this.#graphs, this.#graphsAskedAt] = [graphs, now];
    return graphs;
  }

  async culprits(signal: AbortSignal): Promise<Maybe<readonly Culprit[]>> {
    const { held, churn } = culprits(this.#options.selector, this.#recorded === true);
    const [ofHeld, ofChurn] = await Promise.all([
      this.#engine.instant(held, signal),
      this.#engine.instant(churn, signal),
    ]);
    return deriveCulprits(ofHeld, ofChurn);
  }

  async events(signal: AbortSignal): Promise<Maybe<readonly FleetEvent[]>> {
    const { selector, thresholds, sinceSeconds, nodeLabel } = this.#options;
    const stretch = this.#stretch(sinceSeconds, EVENT_POINTS);
    const { stepSeconds } = stretch;
    const queries = fleetEvents(selector, { recorded: this.#recorded === true, limits: thresholds, stepSeconds });
    const ask = (query: string) => this.#engine.range(query, stretch, signal);
    const [drops, restarts, states] = await Promise.all([
      ask(queries.drops),
      ask(queries.restarts),
      ask(queries.states),
    ]);
    return deriveEvents({ drops, restarts, states }, { ...stretch, nodeLabel });
  }

  async detail({ key, labels }: FleetNode, spanSeconds: number, signal: AbortSignal): Promise<NodeDetail> {
    const queries = nodeDetail(this.#options.selector, labels.instance ?? '');
    const stretch = this.#stretch(spanSeconds, NODE_POINTS);
    const [findings, lost, ...graphs] = await Promise.all([
      this.#engine.instant(queries.findings, signal),
      this.#engine.instant(queries.missing, signal),
      ...NODE_GRAPHS.map((graph) => this.#engine.range(queries.graphs[graph], stretch, signal)),
    ]);
    const none = missing('failed', 'not asked');
    const [kubelet = none, slab = none, dying = none, read = none] = graphs;
    return deriveNodeDetail(
      { graphs: { kubelet, slab, dying, read }, findings, missing: lost },
      { key, at: this.#engine.now, spanSeconds, stepSeconds: stretch.stepSeconds },
    );
  }

  /** From what the rules record; from what the nodes tell where nothing is recorded, which is looked at again seldom. */
  async #listAnswers(filter: string, signal: AbortSignal) {
    const now = systemClock.monotonic();
    if (this.#recorded !== false || now - this.#rulesLookedAt > RULES_EVERY_SECONDS) {
      const answers = await this.#listFrom(true, filter, signal);
      if (isMissing(answers.counts)) return answers;
      this.#rulesLookedAt = now;
      this.#recorded = answers.counts.series.length > 0;
      if (this.#recorded) return answers;
    }
    return this.#listFrom(false, filter, signal);
  }

  async #listFrom(recorded: boolean, filter: string, signal: AbortSignal) {
    const { selector, thresholds, nodeLabel } = this.#options;
    const fleet = recorded ? recordedList(selector) : rawList(selector, thresholds);
    const ask = (query: string) => this.#engine.instant(query, signal);
    const like = (query: (selector: readonly Matcher[]) => string) =>
      named(query, selector, { nodeLabel, text: filter });
    const queries =
      filter === ''
        ? fleet
        : {
            severity: like(severityOf),
            worstRead: like((of) => rawList(of, thresholds).worstRead),
            dying: like((of) => rawList(of, thresholds).dying),
          };
    const [counts, severity, worstRead, dying, kernelCounts] = await Promise.all([
      ask(fleet.counts),
      ask(queries.severity),
      ask(queries.worstRead),
      ask(queries.dying),
      ask(kernels(selector, recorded)),
    ]);
    return { counts, severity, worstRead, dying, kernelCounts };
  }

  #modelOf({ counts, severity, worstRead, dying, kernelCounts, whole, filter }: Listed): FleetModel {
    const silent = filter === '' ? this.#silent : mapKnown(this.#silent, (answer) => this.#namedLike(answer, filter));
    const nodes = deriveNodes({ severity, worstRead, dying, silent }, this.#options.nodeLabel, this.#facts);
    this.#forgetAllBut(nodes);
    return {
      at: systemClock.now(),
      engineAheadMs: this.#engine.aheadMs,
      counts: mapKnown(counts, (answer) => deriveCounts(answer, this.#silent)),
      nodes,
      whole,
      kernels: mapKnown(kernelCounts, deriveKernels),
      rules: this.#recorded === true ? 'installed' : 'absent',
      warnings: warningsOf([counts, severity, worstRead, dying, kernelCounts]),
    };
  }

  #namedLike(answer: QueryAnswer<InstantSeries>, filter: string): QueryAnswer<InstantSeries> {
    const like = ({ labels }: InstantSeries) =>
      nameOf(labels, this.#options.nodeLabel).toLowerCase().includes(filter.toLowerCase());
    return { ...answer, series: answer.series.filter(like) };
  }

  /** The last so many seconds in so many steps, none shorter than half a minute. */
  #stretch(seconds: number, points: number): Stretch {
    const stepSeconds = Math.max(30, Math.ceil(seconds / points));
    const toSeconds = Math.floor(this.#engine.now / 1000);
    return { fromSeconds: toSeconds - seconds, toSeconds, stepSeconds };
  }

  /** In one query, or in one a family where the engine wants a metric's name. */
  async #factAnswers(instances: readonly string[], signal: AbortSignal): Promise<Instant> {
    const { selector } = this.#options;
    const ask = (queries: readonly string[]) =>
      Promise.all(queries.map((query) => this.#engine.instant(query, signal)));
    const [together] = await ask(factsOf(selector, instances, false));
    if (together !== undefined && isKnown(together)) return together;
    const apart = await ask(factsOf(selector, instances, true));
    const first = apart.find(isMissing);
    const known = apart.filter((each) => isKnown(each));
    if (known.length === 0 && first !== undefined) return first;
    return { series: known.flatMap(({ series }) => series), warnings: warningsOf(apart) };
  }

  #forgetAllBut(nodes: readonly FleetNode[]): void {
    const kept = new Set(nodes.map(({ key }) => key));
    for (const key of this.#facts.keys()) if (!kept.has(key)) this.#facts.delete(key);
  }
}

function warningsOf(answers: readonly Maybe<{ readonly warnings: readonly string[] }>[]): readonly string[] {
  return [...new Set(answers.flatMap((each) => (isMissing(each) ? [] : each.warnings)))];
}
