import { isMissing, knownOr, mapKnown } from '../core/missing.ts';
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
import { evaluatePins, type PinsVerdict, type RecommendedDrop, recommendDrop } from './pins.ts';
import type { Sentence } from './prose/say.ts';
import { costSeconds, type TimedFile, type WorstReads, worstReads } from './read-times.ts';
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
  /** What the model was held against: colours are chosen by the same. */
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
  const lesson = dropLesson(model.drops, thresholds.noiseBytes);
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
  const overall = overallOf(findings);
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

const TIMED_FILES = [
  'memory.stat',
  'memory.numa_stat',
  'memory.usage_in_bytes',
] as const satisfies readonly TimedFile[];

/** Without these nobody can say that the node is healthy. */
const CORE_RULES: readonly string[] = [dyingCgroups.id, slowMemoryStat.id];

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
  if (isMissing(read)) return { speed: 'not-measured', enoughDying } as const;
  if (costSeconds(read) >= limits.readWarningSeconds) return { speed: 'slow', enoughDying } as const;
  return { speed: read.rootKnown ? 'fast' : 'not-measured', enoughDying } as const;
}

function overallOf(findings: readonly Finding[]): Severity {
  const worst = findings[0]?.severity ?? 'unknown';
  if (worst === 'critical' || worst === 'warning') return worst;
  const blind = findings.some(({ id, severity }) => severity === 'unknown' && CORE_RULES.includes(id));
  return blind ? 'unknown' : 'ok';
}

function headlineOf(overall: Severity, findings: readonly Finding[], known: RuleContext): Sentence {
  const { reads, model, attribution, thresholds } = known;
  const read = reads['memory.stat'];
  const dying = amount(model.memcg.dying);
  const both =
    !isMissing(read) && !isMissing(dying) ? { dying, seconds: read.wallSeconds, path: read.path } : undefined;
  if (both !== undefined && overall === 'ok') {
    const but = unlikeHealth(model);
    return but === undefined ? { id: 'verdict.ok', values: both } : { id: 'verdict.but', values: { ...both, but } };
  }
  const slow = !isMissing(read) && costSeconds(read) >= thresholds.readWarningSeconds;
  if (both !== undefined && overall !== 'ok' && slow && both.dying >= thresholds.dyingWarning) {
    const explains = mapKnown(attribution, (known) =>
      known.observedPct >= thresholds.kubeletSystemPct
        ? { pct: known.sharePct, atLeast: isAtLeast(known) }
        : { unavailable: 'unsupported' as const },
    );
    return { id: 'verdict.sick', values: { ...both, explains } };
  }
  const first = findings.find(
    ({ id, severity }) => severity === overall && (overall !== 'unknown' || CORE_RULES.includes(id)),
  );
  const blind = { unavailable: 'warming-up', detail: 'nothing was measured yet' } as const;
  return first?.title ?? { id: 'unknown', values: { about: dyingCgroups.about, reason: blind } };
}

function remediesOf(findings: readonly Finding[]): readonly RemedyId[] {
  const wanted = new Set(findings.flatMap((finding) => finding.remedies));
  return REMEDY_IDS.filter((id) => wanted.has(id));
}
