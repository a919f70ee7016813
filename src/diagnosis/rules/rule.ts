import type { Missing } from '../../core/missing.ts';
import type { Severity } from '../../core/severity.ts';
import type { FieldId } from '../../model/fields.ts';
import type { History } from '../../model/history.ts';
import type { Model } from '../../model/model.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { Answer } from '../../profile/answer.ts';
import type { StraceTrace } from '../../trace/trace-counts.ts';
import type { Attribution } from '../attribution.ts';
import type { DropLesson } from '../drop-lesson.ts';
import type { Evidence, Finding } from '../finding.ts';
import type { Reconciled } from '../kernel/matrix-check.ts';
import type { KernelVerdict } from '../kernel/verdict.ts';
import type { PinsVerdict, RecommendedDrop } from '../pins.ts';
import type { Printer } from '../printer.ts';
import type { Sentence } from '../prose/say.ts';
import type { WorstReads } from '../read-times.ts';
import type { RemedyId } from '../remedies/remedy-ids.ts';

/** Everything that a rule may look at: the model, and what several rules need of it. */
export interface RuleContext {
  readonly model: Model;
  readonly history: History;
  readonly thresholds: Thresholds;
  readonly kernel: KernelVerdict;
  /** The slowest read of each file, reads in flight included. */
  readonly reads: WorstReads;
  readonly measured: readonly Reconciled[];
  readonly attribution: Attribution;
  readonly pins: PinsVerdict;
  readonly drop: RecommendedDrop;
  /** What a drop has shown of what pins here, where one was followed to its end. */
  readonly lesson: DropLesson | undefined;
  /** What the latest profile of kubelet says, where somebody took one. */
  readonly profile?: Answer;
  /** The latest trace of kubelet's system calls, where somebody took one. */
  readonly trace?: StraceTrace;
}

/** What a rule is called. */
export interface Named {
  /** Its name in the JSON document. */
  readonly id: string;
  /** What it is about: a noun phrase. */
  readonly about: string;
}

/** One rule: a question about the node that has an answer in every state of it, `unknown` included. */
export interface Rule extends Named {
  /** What it answers, for the table in the documentation. */
  readonly tells: string;
  /** When it is critical or a warning (or an information, where it says so). */
  readonly speaks: (limits: Thresholds, print: Printer) => string;
  /** The fields that it looks at. */
  readonly inputs: readonly FieldId[];
  /** Never throws, whatever stands in the model. */
  readonly evaluate: (known: RuleContext) => Finding;
}

/** What stands beside a finding's severity and title. */
export interface FindingDetails {
  readonly details?: readonly Sentence[];
  readonly evidence?: readonly Evidence[];
  readonly remedies?: readonly RemedyId[];
}

/** Makes the finding of a rule that has what it needs. */
export function finding(
  { id }: Named,
  severity: Exclude<Severity, 'unknown'>,
  title: Sentence,
  beside: FindingDetails = {},
): Finding {
  const { details = [], evidence = [], remedies = [] } = beside;
  return { id, severity, title, details, evidence, remedies };
}

/** Makes the finding of a rule whose inputs are missing: never "healthy". */
export function unknownFinding({ id, about }: Named, reason: Missing, beside: FindingDetails = {}): Finding {
  const { details = [], evidence = [], remedies = [] } = beside;
  return {
    id,
    severity: 'unknown',
    title: { id: 'unknown', values: { about, reason } },
    reason,
    details,
    evidence,
    remedies,
  };
}
