import { isMissing, knownOr, type Missing, mapKnown } from '../core/missing.ts';
import type { Severity } from '../core/severity.ts';
import type { History } from '../model/history.ts';
import type { Model } from '../model/model.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Answer } from '../profile/answer.ts';
import type { StraceTrace } from '../trace/trace-counts.ts';
import { amount } from './amount.ts';
import { type Attribution, deriveAttribution, isAtLeast } from './attribution.ts';
import { dropLesson } from './drop-lesson.ts';
import { type Finding, worstFirst } from './finding.ts';
import { type Reconciled, reconcileKernel } from './kernel/matrix-check.ts';
import { parseKernelRelease } from './kernel/release.ts';
import { evaluateKernel, type KernelVerdict } from './kernel/verdict.ts';
import { manyWalked } from './many-cgroups.ts';
import { evaluatePins, type PinsVerdict, type RecommendedDrop, recommendDrop } from './pins.ts';
import type { Sentence } from './prose/say.ts';
import { costSeconds, TIMED_FILES, type TimedFile, type WorstRead, type WorstReads, worstReads } from './read-times.ts';
import { REMEDY_IDS, type RemedyId } from './remedies/remedy-ids.ts';
import { dyingCgroups } from './rules/dying-cgroups.ts';
import type { RuleContext } from './rules/rule.ts';
import { RULES } from './rules/rules.ts';
import { slowMemoryStat } from './rules/slow-reads.ts';
import { unlikeHealth } from './unlike-health.ts';

/** What somebody asked for besides: it is not there on most nodes. */
export interface Extra {
  readonly profile?: Answer;
  readonly trace?: StraceTrace;
}

/** What the numbers mean, and what can be done. */
export interface Diagnosis {
  /** What the model was compared with: colours are chosen by the same. */
  readonly thresholds: Thresholds;
  /** The worst that is known; `ok` only where the dying cgroups and a read time are known; never `info`. */
  readonly overall: Severity;
  /** The verdict in one sentence. */
  readonly headline: Sentence;
  /** One of every rule, worst first. */
  readonly findings: readonly Finding[];
  readonly kernel: KernelVerdict;
  /** For each file whose read may walk the dying: what holds, the measurement before the version. */
  readonly measured: readonly Reconciled[];
  /** How much of kubelet's system CPU the reads explain. */
  readonly attribution: Attribution;
  readonly pins: PinsVerdict;
  readonly recommendedDrop: RecommendedDrop;
  /** What helps this node, best first. */
  readonly remedies: readonly RemedyId[];
}

/** Says what a model means. Never throws, whatever stands in it; what is missing makes findings `unknown`. */
export function diagnose(model: Model, history: History, thresholds: Thresholds, extra: Extra = {}): Diagnosis {
  const kernel = kernelOf(knownOr(model.host.kernel, ''), osIdOf(model));
  const reads = worstReads(model);
  const measured = TIMED_FILES.map((file) =>
    reconcileKernel(kernel.items[file], measurement(file, reads, model, thresholds)),
  );
  const attribution = deriveAttribution(model, history);
  const lesson = dropLesson(model, thresholds.noiseBytes);
  const pins = evaluatePins(model, kernel, thresholds, lesson);
  const drop = recommendDrop(model, pins, kernel, thresholds, lesson);
  const known: RuleContext = {
    model,
    history,
    thresholds,
    kernel,
    reads,
    measured,
    attribution,
    pins,
    drop,
    lesson,
    ...extra,
  };
  const findings = worstFirst(RULES.map((rule) => rule.evaluate(known)));
  const overall = overallOf(findings, model);
  return {
    thresholds,
    overall,
    headline: headlineOf(overall, findings, known),
    findings,
    kernel,
    measured,
    attribution,
    pins,
    recommendedDrop: drop,
    remedies: remediesOf(findings),
  };
}

/** Without these nobody can say that the node is healthy. */
export const CORE_RULES: readonly string[] = [dyingCgroups.id, slowMemoryStat.id];

let kernelBefore:
  | { readonly release: string; readonly osId: string | undefined; readonly verdict: KernelVerdict }
  | undefined;

/** The matrix's word, looked up once for a kernel: it is asked for with every tick and never changes. */
function kernelOf(release: string, osId: string | undefined): KernelVerdict {
  if (kernelBefore?.release !== release || kernelBefore.osId !== osId) {
    kernelBefore = { release, osId, verdict: evaluateKernel(parseKernelRelease(release, osId)) };
  }
  return kernelBefore.verdict;
}

function osIdOf({ host }: Model): string | undefined {
  return knownOr(host.distributionId, undefined);
}

function measurement(file: TimedFile, reads: WorstReads, model: Model, limits: Thresholds) {
  const read = reads[file];
  const dying = amount(model.memcg.dying);
  const enoughDying = !isMissing(dying) && dying >= limits.dyingWarning;
  const many = manyWalked(model, limits)?.mostly ?? 'no';
  if (!isMissing(read) && costSeconds(read) >= limits.readWarningSeconds) return { speed: 'slow', many } as const;
  const speed = !isMissing(read) && read.rootKnown ? 'fast' : 'not-measured';
  // What stays fast with many live ones is no surprise on any kernel: that is what a large node has.
  return { speed, many: enoughDying ? 'dying' : 'no' } as const;
}

/** Somebody named a process, or the processes could not be listed: what is asked about was not seen. */
function unseenProcess({ kubelet }: Model): Missing | undefined {
  return isMissing(kubelet) && kubelet.unavailable === 'failed' ? kubelet : undefined;
}

function overallOf(findings: readonly Finding[], model: Model): Severity {
  const worst = findings[0]?.severity ?? 'unknown';
  if (worst === 'critical' || worst === 'warning') return worst;
  const blind = findings.some(({ id, severity }) => severity === 'unknown' && CORE_RULES.includes(id));
  return blind || unseenProcess(model) !== undefined ? 'unknown' : 'ok';
}

function headlineOf(overall: Severity, findings: readonly Finding[], known: RuleContext): Sentence {
  const { model, attribution, thresholds } = known;
  const read = known.reads['memory.stat'];
  const dying = amount(model.memcg.dying);
  const both =
    !isMissing(read) && !isMissing(dying)
      ? { dying, seconds: read.wallSeconds, path: read.path, ...waited(read, thresholds) }
      : undefined;
  if (both !== undefined && overall === 'ok') {
    const but = unlikeHealth(model, thresholds);
    return but === undefined ? { id: 'verdict.ok', values: both } : { id: 'verdict.but', values: { ...both, but } };
  }
  const slow = slowestOf(known);
  const walked = manyWalked(model, thresholds);
  if (slow !== undefined && walked !== undefined && overall !== 'ok') {
    const explains = mapKnown(attribution, (known) =>
      known.observedPct >= thresholds.kubeletSystemPct
        ? { pct: known.sharePct, atLeast: isAtLeast(known) }
        : { unavailable: 'unsupported' as const },
    );
    return { id: 'verdict.sick', values: { ...slow, ...walked, many: thresholds.dyingWarning, explains } };
  }
  const first = findings.find(
    ({ id, severity }) => severity === overall && (overall !== 'unknown' || CORE_RULES.includes(id)),
  );
  const unseen = unseenProcess(model);
  if (first === undefined && unseen !== undefined) {
    return { id: 'unknown', values: { about: 'the process to watch', reason: unseen } };
  }
  const blind = { unavailable: 'warming-up', detail: 'no sample yet' } as const;
  return first?.title ?? { id: 'unknown', values: { about: dyingCgroups.about, reason: blind } };
}

/** The CPU time of a read that took long without it: it waited for a CPU. */
function waited({ wallSeconds, cpuSeconds }: WorstRead, { readWarningSeconds }: Thresholds): { cpuSeconds?: number } {
  return isMissing(cpuSeconds) || wallSeconds < readWarningSeconds ? {} : { cpuSeconds };
}

/** The file whose read costs most, where that is slow: `memory.stat` before others that are as bad. */
function slowestOf({ reads, thresholds }: RuleContext) {
  const slow = TIMED_FILES.flatMap((file) => {
    const read = reads[file];
    if (isMissing(read) || costSeconds(read) < thresholds.readWarningSeconds) return [];
    const { path, wallSeconds: seconds } = read;
    return [{ file, path, seconds, critical: costSeconds(read) >= thresholds.readCriticalSeconds }];
  });
  return slow.find(({ critical }) => critical) ?? slow[0];
}

function remediesOf(findings: readonly Finding[]): readonly RemedyId[] {
  const wanted = new Set(findings.flatMap((finding) => finding.remedies));
  return REMEDY_IDS.filter((id) => wanted.has(id));
}
