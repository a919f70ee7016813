import type { History } from '../model/history.ts';
import type { Model } from '../model/model.ts';
import type { Answer } from '../profile/answer.ts';
import type { StraceTrace } from '../profile/trace-counts.ts';
import type { Finding, Severity } from './finding.ts';
import type { Reconciled } from './kernel/reconcile.ts';
import type { KernelVerdict } from './kernel/verdict.ts';
import type { PinsVerdict, RecommendedDrop } from './pins.ts';
import type { RemedyId } from './remedies/remedy-ids.ts';
import type { Thresholds } from './thresholds.ts';

/** What somebody asked for besides: it is not there on most nodes. */
export interface Extra {
  readonly profile?: Answer;
  readonly trace?: StraceTrace;
}

/** What the numbers mean, and what can be done. */
export interface Diagnosis {
  /** The worst that is known; `ok` only where the dying cgroups and a read time are known; never `info`. */
  readonly overall: Severity;
  /** One of every rule, worst first. */
  readonly findings: readonly Finding[];
  readonly kernel: KernelVerdict;
  /** For each file whose read may walk the dying: what holds, the measurement before the version. */
  readonly measured: readonly Reconciled[];
  readonly pins: PinsVerdict;
  readonly recommendedDrop: RecommendedDrop;
  /** What helps this node, best first. */
  readonly remedies: readonly RemedyId[];
}

/** Says what a model means. */
export type Diagnose = (model: Model, history: History, thresholds: Thresholds, extra?: Extra) => Diagnosis;
