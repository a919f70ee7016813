import { isKnown, isMissing, type Maybe, mapKnown, missing } from '../../core/missing.ts';
import type { InstantSeries, QueryAnswer } from '../../fleet/answer.ts';
import { deriveFacts } from '../../fleet/derive-facts.ts';
import { countOf, deriveCounts, deriveKernels, deriveNodes } from '../../fleet/derive-list.ts';
import { deriveCulprits, deriveEvents, deriveGraph, deriveNodeDetail } from '../../fleet/derive-more.ts';
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
  nodeDetail,
  rawList,
  recordedList,
  severityOf,
  silentNodes,
} from '../../fleet/queries.ts';
import { containing, type Matcher } from '../../fleet/selector.ts';
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

/** Points of one node's graphs; of the search for events. */
const NODE_POINTS = 180;
const EVENT_POINTS = 288;

type Instant = Maybe<QueryAnswer<InstantSeries>>;

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

  constructor(engine: Engine, options: RefresherOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /**
   * The list, or why there is none. A filter is a matcher on the node's label, so that a healthy node is found too. The
   * silent are asked for beside it: they never hold up the list.
   */
  async list(filter: string, signal: AbortSignal): Promise<Maybe<FleetModel>> {
    const selector = filter === '' ? this.#options.selector : [...this.#options.selector, this.#byName(filter)];
    const answers = await this.#listAnswers(selector, filter !== '', signal);
    const { counts, severity, worstRead, dying, kernelCounts } = answers;
    if (isMissing(severity)) return severity;
    const known = mapKnown(counts, (answer) => deriveCounts(answer, this.#silent));
    const few = isKnown(known) && countOf(known) <= FEW_NODES;
    const whole = few ? await this.#engine.instant(severityOf(selector), signal) : missing('disabled');
    const listed = isKnown(whole) ? whole : severity;
    const named = { severity: listed, worstRead, dying, silent: filter === '' ? this.#silent : NOT_IN_THIS_REFRESH };
    const nodes = deriveNodes(named, this.#options.nodeLabel, this.#facts);
    this.#forgetAllBut(nodes);
    return {
      at: systemClock.now(),
      counts: known,
      nodes,
      whole: isKnown(whole),
      kernels: mapKnown(kernelCounts, deriveKernels),
      rules: this.#recorded === true ? 'installed' : 'absent',
      warnings: warningsOf([counts, severity, worstRead, dying, kernelCounts]),
    };
  }

  /** The silent nodes, where it is time to ask for them; the next list has them. */
  async askForSilent(signal: AbortSignal): Promise<void> {
    const now = systemClock.monotonic();
    if (now - this.#silentAskedAt < SILENT_EVERY_SECONDS) return;
    this.#silentAskedAt = now;
    this.#silent = await this.#engine.instant(silentNodes(this.#options.selector), signal);
  }

  /** The same nodes with the facts of some of them. */
  async facts(nodes: readonly FleetNode[], signal: AbortSignal): Promise<ReadonlyMap<string, NodeFacts>> {
    const instances = [...new Set(nodes.map(({ labels }) => labels.instance ?? ''))].filter((each) => each !== '');
    if (instances.length === 0) return new Map();
    const { selector, thresholds } = this.#options;
    const nowSeconds = Math.floor(systemClock.now() / 1000);
    const stretch: Stretch = {
      fromSeconds: nowSeconds - TREND_SECONDS,
      toSeconds: nowSeconds,
      stepSeconds: TREND_STEP_SECONDS,
    };
    const [facts, kubeletSystem, growth, trend] = await Promise.all([
      this.#factsOf(instances, signal),
      this.#engine.instant(kubeletSystemOf(selector, instances), signal),
      this.#engine.instant(growthOf(selector, instances), signal),
      this.#engine.range(dyingOf(selector, instances), stretch, signal),
    ]);
    const span = { ...stretch, columns: TREND_SECONDS / TREND_STEP_SECONDS + 1 };
    const { dyingCritical } = thresholds;
    const derived = deriveFacts(
      { facts, kubeletSystem, growth, trend },
      { at: systemClock.now(), dyingCritical, span },
    );
    for (const [key, known] of derived) this.#facts.set(key, known);
    return derived;
  }

  /** Over six hours, from recorded sums alone. */
  async graphs(signal: AbortSignal): Promise<FleetGraphs> {
    const queries = fleetGraphs(this.#options.selector);
    const stretch = stretchOf(GRAPH_SECONDS, GRAPH_POINTS);
    const ask = async (query: string) =>
      deriveGraph(await this.#engine.range(query, stretch, signal), stretch.stepSeconds);
    const [sick, dying, read, kubelet] = await Promise.all([
      ask(queries.sick),
      ask(queries.dying),
      ask(queries.read),
      ask(queries.kubelet),
    ]);
    return { sick, dying, read, kubelet };
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
    const queries = fleetEvents(this.#options.selector);
    const stretch = stretchOf(this.#options.sinceSeconds, EVENT_POINTS);
    const ask = (query: string) => this.#engine.range(query, stretch, signal);
    const [drops, restarts, states] = await Promise.all([
      ask(queries.drops),
      ask(queries.restarts),
      ask(queries.states),
    ]);
    return deriveEvents({ drops, restarts, states }, { ...stretch, nodeLabel: this.#options.nodeLabel });
  }

  async detail({ key, labels }: FleetNode, spanSeconds: number, signal: AbortSignal): Promise<NodeDetail> {
    const queries = nodeDetail(this.#options.selector, labels.instance ?? '');
    const stretch = stretchOf(spanSeconds, NODE_POINTS);
    const [findings, lost, ...graphs] = await Promise.all([
      this.#engine.instant(queries.findings, signal),
      this.#engine.instant(queries.missing, signal),
      ...NODE_GRAPHS.map((graph) => this.#engine.range(queries.graphs[graph], stretch, signal)),
    ]);
    const none = missing('failed', 'not asked');
    const [kubelet = none, slab = none, dying = none, read = none] = graphs;
    return deriveNodeDetail(
      { graphs: { kubelet, slab, dying, read }, findings, missing: lost },
      { key, at: systemClock.now(), spanSeconds, stepSeconds: stretch.stepSeconds },
    );
  }

  async #listAnswers(selector: readonly Matcher[], filtered: boolean, signal: AbortSignal) {
    const now = systemClock.monotonic();
    if (this.#recorded === undefined || now - this.#rulesLookedAt > RULES_EVERY_SECONDS) {
      this.#rulesLookedAt = now;
      this.#recorded = await this.#hasRules(signal);
    }
    // The recorded counts know no node's name: with a filter they would be those of the whole fleet.
    const recorded = this.#recorded && !filtered;
    const queries = recorded ? recordedList(selector) : rawList(selector, this.#options.thresholds);
    const ask = (query: string) => this.#engine.instant(query, signal);
    const [counts, severity, worstRead, dying, kernelCounts] = await Promise.all([
      ask(queries.counts),
      ask(queries.severity),
      ask(queries.worstRead),
      ask(queries.dying),
      ask(kernels(selector, recorded)),
    ]);
    return { counts, severity, worstRead, dying, kernelCounts };
  }

  async #hasRules(signal: AbortSignal): Promise<boolean> {
    const counts = await this.#engine.instant(recordedList(this.#options.selector).counts, signal);
    return isKnown(counts) && counts.series.length > 0;
  }

  /** In one query, or in one a family where the engine wants a metric's name. */
  async #factsOf(instances: readonly string[], signal: AbortSignal): Promise<Instant> {
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

  #byName(text: string): Matcher {
    return containing(this.#options.nodeLabel, text);
  }

  #forgetAllBut(nodes: readonly FleetNode[]): void {
    const kept = new Set(nodes.map(({ key }) => key));
    for (const key of this.#facts.keys()) if (!kept.has(key)) this.#facts.delete(key);
  }
}

function warningsOf(answers: readonly Maybe<{ readonly warnings: readonly string[] }>[]): readonly string[] {
  return [...new Set(answers.flatMap((each) => (isMissing(each) ? [] : each.warnings)))];
}

/** The last so many seconds in so many steps, none shorter than half a minute. */
function stretchOf(seconds: number, points: number): Stretch {
  const stepSeconds = Math.max(30, Math.ceil(seconds / points));
  const toSeconds = Math.floor(systemClock.now() / 1000);
  return { fromSeconds: toSeconds - seconds, toSeconds, stepSeconds };
}
