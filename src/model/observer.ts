import type { Instant } from '../core/clock.ts';
import { isKnown, isMissing, knownOr, type Maybe, type Missing, mapKnown, missing } from '../core/missing.ts';
import type { GapNote } from '../core/note.ts';
import type { SentRun, Tick } from '../samplers/tick.ts';
import { WalkReceiver } from '../samplers/walk-changes.ts';
import { growthPerSecond } from '../series/rate.ts';
import { Churn } from './churn.ts';
import { CountedSince } from './counted-since.ts';
import { DataEvents } from './data-events.ts';
import { deriveHost } from './derive-host.ts';
import { deriveKubelet } from './derive-kubelet.ts';
import { countsOfPart, deriveMemcg, deriveWalk, type WalkDerived } from './derive-memcg.ts';
import { deriveNode } from './derive-node.ts';
import { deriveProcesses } from './derive-processes.ts';
import { deriveSelf } from './derive-self.ts';
import { deriveDentry, deriveSlab, deriveSlabinfo, type SlabinfoDerived, whyNoSlabinfo } from './derive-slab.ts';
import { DropLog } from './drop-log.ts';
import { EmptyPods } from './empty-pods.ts';
import { type Event, EventLog } from './events.ts';
import { type Graphed, History } from './history.ts';
import { lastDrop, markReads } from './last-drop.ts';
import { LatestRuns } from './latest.ts';
import type { Model } from './model.ts';
import { deriveMoments, isOld } from './moments.ts';
import { OpenFileLooks } from './open-file-looks.ts';
import { OthersDrops } from './others-drops.ts';
import { deriveOwnDrops } from './own-drops.ts';
import { whyNoKinds, withPins } from './pins.ts';
import { PodChurn } from './pod-churn.ts';
import { PodNames } from './pod-names.ts';
import { ReadsLog } from './reads-log.ts';
import { rootRead, seesOnlyPart } from './root-read.ts';
import { SyscallLooks } from './syscall-looks.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';
import { Totals } from './totals.ts';

/** A model whose growth is still to be taken: from the history, once this tick's values are in it. */
type BeforeGrowth = Omit<Model, 'slab' | 'dentry' | 'memcg'> & {
  readonly slab: Omit<Model['slab'], 'growthBytesPerSecond'>;
  readonly dentry: Omit<Model['dentry'], 'growthPerSecond'>;
  readonly memcg: Omit<Model['memcg'], 'growthPerSecond'>;
};

/** Says what a model means, as far as that is an event: crossed thresholds. Asked after every tick. */
export type Judge = (model: Model, history: History) => readonly Event[];

/**
 * Turns ticks into models. It keeps what one tick cannot say: the runs before, for rates; the history, for graphs and
 * growth; the log of events. Live, fixture and replay feed it alike, and the same ticks give the same models.
 */
export class Observer {
  readonly history = new History();
  readonly #runs = new LatestRuns();
  readonly #walks = new WalkReceiver();
  /** Of walks with counters, and of those that name the cgroups only: each kind goes round by itself. */
  readonly #readSince = new CountedSince();
  readonly #namedSince = new CountedSince();
  readonly #churn = new Churn();
  readonly #pods = new PodNames();
  readonly #podChurn = new PodChurn();
  readonly #emptyPods = new EmptyPods();
  readonly #reads = new ReadsLog();
  readonly #looks = new OpenFileLooks();
  readonly #syscalls = new SyscallLooks();
  readonly #totals = new Totals();
  readonly #drops: DropLog;
  readonly #othersDrops = new OthersDrops();
  readonly #events = new EventLog();
  readonly #data = new DataEvents();
  readonly #judge: Judge;
  #walk: WalkDerived | undefined;
  #slabinfo: SlabinfoDerived | undefined;
  #processes: Model['processes'] = missing('warming-up', 'the processes have not been listed yet');
  #model: Model | undefined;
  #kubelet: { readonly pid: number; readonly startTicks: number } | undefined;

  /** Without a judge nothing is said of what models mean. */
  constructor(judge: Judge = () => [], thresholds: () => Thresholds = () => DEFAULT_THRESHOLDS) {
    this.#judge = judge;
    this.#drops = new DropLog(() => thresholds().dyingWarning);
  }

  /** The model of the latest tick. */
  get model(): Model | undefined {
    return this.#model;
  }

  /** Takes a tick and gives the model that stands after it. */
  take(tick: Tick): Model {
    const now = tick.instant.monotonicSeconds;
    const happened = (happening: Event) => this.#events.add({ ...tick.instant, ...happening });
    for (const note of tick.notes) {
      if (note.kind === 'export') happened({ kind: 'export', path: note.path });
      else if (note.kind === 'gap') this.#gap(note);
      else {
        if (this.#drops.drops.every((drop) => drop.id !== note.id)) happened({ kind: 'drop', dropId: note.id });
        this.#drops.note(note, now, this.#model, this.history);
        if (note.phase === 'done' && !note.rehearsal) this.#looks.startAnew();
      }
    }
    for (const run of tick.runs) this.#take(run);
    if (typeof tick.probes.lock === 'string') this.#reads.aloneNow();
    this.#noticeKubelet(tick.probes.kubelet, happened);
    const values = this.#derive(tick);
    this.#remember(values, now);
    const model = this.#withGrowth(values);
    this.#noticeDrops(model, happened);
    this.#drops.observe(model, this.#runs);
    const { memcg, slab, dentry } = model;
    const followed = {
      'memcg.total': memcg.total,
      'memcg.live': memcg.live,
      'slab.totalBytes': slab.totalBytes,
      'dentry.objects': dentry.objects,
    };
    for (const happening of this.#data.of(followed, tick.probes)) happened(happening);
    const done = { drops: this.#drops.drops, events: this.#events.events };
    const judged = { ...model, ...done, reads: markReads(model.reads, lastDrop(done)) };
    const said = this.#judge(judged, this.history);
    for (const happening of said) happened(happening);
    // The model that was judged, where nothing had to be said of it: what is known about it need not be found out again.
    this.#model = said.length === 0 ? judged : { ...judged, events: this.#events.events };
    return this.#model;
  }

  /** A stretch in which no tick came: the graphs show a gap, and no rate is taken across it. */
  #gap({ at, monotonicSeconds, seconds }: GapNote): void {
    this.history.gap(monotonicSeconds);
    this.#events.add({ at, monotonicSeconds, kind: 'gap', seconds });
  }

  #take(run: SentRun): void {
    this.#totals.sampled(run.topic, run.ended.at);
    if (run.topic === 'walk') {
      const walk = this.#walks.sample(run.sample);
      this.#runs.take({ ...run, sample: walk });
      this.#churn.take(run.ended.monotonicSeconds, walk.created, walk.removed, run.sample.whole);
      if (!run.sample.whole) this.#totals.walked(walk.created.length, walk.removed.length);
      this.#emptyPods.take(run.ended.monotonicSeconds, walk.rows, this.#pods);
      this.#pods.forget(walk.removed);
      this.#reads.forget(walk.removed);
      const isWhole = walk.namesOnly !== true;
      const ends = [run.ended, walk.after === undefined, walk.until === undefined] as const;
      const since = (isWhole ? this.#readSince : this.#namedSince).take(...ends);
      const before = run.sample.whole ? undefined : this.#walk?.walked;
      const isNewer = before === undefined || since.monotonicSeconds >= before.counted.monotonicSeconds;
      const counted = isNewer ? since : before.counted;
      const walked = { walk, ended: run.ended, counted, countersRead: isWhole ? since : before?.countersRead };
      this.#walk = deriveWalk(
        walked,
        this.#churn,
        this.#pods,
        this.#reads.byPath(),
        run.sample.whole ? undefined : this.#walk,
      );
      return;
    }
    this.#runs.take(run);
    switch (run.topic) {
      case 'pods':
        this.#pods.take(run.sample);
        this.#podChurn.take(run.ended.monotonicSeconds, run.sample);
        break;
      case 'statReads':
        this.#reads.take(run, this.#pods);
        this.#totals.read(run);
        break;
      case 'neighbour':
        this.#reads.takeOthers(run, this.#pods);
        break;
      case 'slabinfo':
        this.#slabinfo = deriveSlabinfo(run, this.#release(), this.history, this.#droppedSeconds(run.ended));
        break;
      case 'processes':
        this.#processes = deriveProcesses(this.#runs.pair('processes'), this.#pageBytes());
        break;
      case 'syscalls':
        this.#syscalls.take(this.#runs.pair('syscalls'), this.#runs.pair('kubelet'));
        break;
      case 'descriptors':
        this.#looks.take(this.#runs.pair('descriptors'), this.#runs.pair('kubelet'));
        break;
      default:
        break;
    }
  }

  #release(): Maybe<string> {
    return this.#runs.pair('identity').now?.sample.kernelRelease ?? missing('warming-up');
  }

  #pageBytes(): Maybe<number> {
    return this.#runs.pair('identity').now?.sample.pageBytes ?? missing('warming-up');
  }

  #derive(tick: Tick): BeforeGrowth {
    const pair = this.#runs.pair.bind(this.#runs);
    const host = deriveHost(pair('identity'), pair('cpu'));
    const ownDrops = deriveOwnDrops(pair('ownDrops'), tick.instant, host.uptimeSeconds);
    const pageBytes = this.#pageBytes();
    const noSlabinfo = whyNoSlabinfo(pageBytes, tick.probes.lock);
    const processes = this.#processes;
    const { monotonicSeconds: now } = tick.instant;
    const commOf = (pid: number) => knownOr(processes, []).find((process) => process.pid === pid)?.comm ?? String(pid);
    const kubelet = deriveKubelet({
      found: lookedFor(tick, pair('processes').now?.ended),
      kubelet: pair('kubelet'),
      command: pair('command').now,
      uptimeSeconds: host.uptimeSeconds,
      pageBytes,
      heldFiles: this.#looks.held(commOf),
      fileLooks: this.#looks.looks,
      syscallRowsOf: (pid) => this.#syscalls.rows(pid),
    });
    const dropped = this.#droppedSeconds(tick.instant);
    const memcg = deriveMemcg(pair('cgroupCounts'), this.#walk, host.cgroup, this.#churn);
    return {
      instant: tick.instant,
      host,
      node: deriveNode(pair('cpu'), pair('memory'), pair('vfs'), pair('cgroupCounts'), ownDrops),
      kubelet,
      slab: deriveSlab(pair('memory'), this.#slabinfo, noSlabinfo),
      dentry: deriveDentry(pair('vfs'), this.#slabinfo, noSlabinfo),
      memcg: seesOnlyPart(host)
        ? countsOfPart(memcg)
        : withPins(memcg, pair('kinds').now, host.cgroup, now, dropped, whyNoKinds(tick.probes.lock)),
      pods: {
        ...this.#podChurn.derive(),
        ...this.#emptyPods.derive(isMissing(memcg.cgroups) ? memcg.cgroups : undefined),
      },
      reads: this.#reads.reads,
      processes,
      self: deriveSelf(pair('self'), pair('selfMemory'), pageBytes),
      totals: this.#totals.derive(this.#runs),
      probes: tick.probes,
      moments: deriveMoments({
        runs: this.#runs,
        now: tick.instant,
        walked: this.#walk?.walked,
        host,
        kubelet,
        reads: this.#reads.reads,
        probes: tick.probes,
      }),
      drops: this.#drops.drops,
      events: this.#events.events,
    };
  }

  #withGrowth(values: BeforeGrowth): Model {
    const dropped = this.#droppedSeconds(values.instant);
    const growth = (field: Graphed) => growthPerSecond(this.history.of(field), dropped);
    return {
      ...values,
      slab: { ...values.slab, growthBytesPerSecond: growth('slab.totalBytes') },
      dentry: { ...values.dentry, growthPerSecond: growth('dentry.objects') },
      memcg: { ...values.memcg, growthPerSecond: growth('memcg.dying') },
    };
  }

  /** When caches were last dropped, on the monotonic clock: growth begins again there. */
  #droppedSeconds({ at, monotonicSeconds }: Instant): number {
    const dropped = lastDrop({ drops: this.#drops.drops, events: this.#events.events });
    return dropped === undefined ? Number.NEGATIVE_INFINITY : monotonicSeconds - (at - dropped.at) / 1000;
  }

  #remember(model: BeforeGrowth, now: number): void {
    const { kubelet, slab, dentry, memcg, node, self } = model;
    const held = memcg.heldByDying;
    const values: Record<Graphed, Maybe<number>> = {
      'kubelet.cpuPct': isMissing(kubelet) ? kubelet : kubelet.cpuPct,
      'kubelet.userPct': isMissing(kubelet) ? kubelet : kubelet.userPct,
      'kubelet.systemPct': isMissing(kubelet) ? kubelet : kubelet.systemPct,
      'slab.totalBytes': slab.totalBytes,
      'slab.reclaimableBytes': slab.reclaimableBytes,
      'dentry.objects': dentry.objects,
      'dentry.negative': dentry.negative,
      'memcg.total': memcg.total,
      'memcg.live': memcg.live,
      'memcg.dying': memcg.dying,
      'memcg.heldByDying.kmemBytes': isMissing(held) ? held : held.kmemBytes,
      'memcg.heldByDying.pageBytes': isMissing(held) ? held : held.pageBytes,
      'reads.root.wallSeconds': mapKnown(rootRead(model), ({ wallSeconds }) => wallSeconds),
      'node.busyPct': node.busyPct,
      'node.systemPct': node.systemPct,
      'self.cpuPct': self.cpuPct,
    };
    for (const [field, value] of Object.entries(values)) this.history.of(field as Graphed).push(now, value);
  }

  #noticeKubelet(found: Tick['probes']['kubelet'], happened: (happening: Event) => void): void {
    const before = this.#kubelet;
    if (isKnown(found)) {
      if (before === undefined) happened({ kind: 'kubelet-found', pid: found.pid });
      else if (before.pid !== found.pid || before.startTicks !== found.startTicks) {
        happened({ kind: 'kubelet-restarted', pid: found.pid, pidBefore: before.pid });
      }
      this.#kubelet = { pid: found.pid, startTicks: found.startTicks };
    } else if (before !== undefined && hasEnded(found) && isKnown(this.#model?.probes.kubelet)) {
      happened({ kind: 'kubelet-gone', pid: before.pid });
    }
  }

  #noticeDrops(model: Model, happened: (happening: Event) => void): void {
    const seen = this.#othersDrops.take(
      model,
      this.#drops.drops,
      this.#runs.pair('ownDrops').now?.started.monotonicSeconds,
    );
    if (seen === undefined) return;
    const { byInstance, slabDrops, pageCacheDrops } = seen;
    happened({ kind: byInstance ? 'drop-by-instance' : 'drop-by-other', slabDrops, pageCacheDrops });
  }
}

/** `absent`, or `failed` of a named one, where the processes were listed again in the very tick in which it was gone. */
function hasEnded({ unavailable }: Missing): boolean {
  return unavailable === 'gone' || unavailable === 'absent' || unavailable === 'failed';
}

/** kubelet, or why there is none: that none runs here is said of a recent look only. */
function lookedFor({ probes, instant }: Tick, lookedAt: Instant | undefined): Tick['probes']['kubelet'] {
  if (isKnown(probes.kubelet) || probes.kubelet.unavailable !== 'absent' || lookedAt === undefined)
    return probes.kubelet;
  const ageSeconds = instant.monotonicSeconds - lookedAt.monotonicSeconds;
  if (!isOld('processes', ageSeconds, probes.intervalSeconds ?? 0)) return probes.kubelet;
  return missing('stale', `none found, last listed ${Math.round(ageSeconds)} s ago`);
}
