import type { History } from '../../model/history.ts';
import type { Model } from '../../model/model.ts';
import type { Answer } from '../../profile/answer.ts';
import type { StraceTrace } from '../../profile/trace-counts.ts';
import type { Finding } from '../finding.ts';
import type { KernelVerdict } from '../kernel/verdict.ts';
import type { PinsVerdict } from '../pins.ts';
import type { Thresholds } from '../thresholds.ts';
import type { RuleId } from './rule-ids.ts';

/** Everything that a rule may look at. */
export interface Known {
  readonly model: Model;
  readonly history: History;
  readonly thresholds: Thresholds;
  readonly kernel: KernelVerdict;
  readonly pins: PinsVerdict;
  /** What the latest profile of kubelet says, where somebody took one. */
  readonly profile?: Answer;
  /** The latest trace of kubelet's system calls, where somebody took one. */
  readonly trace?: StraceTrace;
}

/** One rule: a question about the node that has an answer in every state of it, `unknown` included. */
export interface Rule {
  readonly id: RuleId;
  /** The fields that it looks at. */
  readonly inputs: readonly string[];
  /** Never throws, whatever stands in the model. */
  readonly evaluate: (known: Known) => Finding;
}
