import type { Maybe, Missing } from '../core/missing.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { FieldId } from '../model/fields.ts';
import type { Sentence } from './prose/say.ts';
import type { RemedyId } from './remedies/remedy-ids.ts';

/** A value that a finding rests on. */
export interface Evidence {
  readonly field: FieldId;
  readonly value: Maybe<number | string | boolean>;
  /** What it was compared with, in the same unit. */
  readonly threshold?: number;
  /** The cgroup, cache, controller or process that it is of, where the field has many. */
  readonly of?: string;
}

/** A value that a finding rests on, and threshold that it was compared with. */
export function evidence(
  field: FieldId,
  value: Evidence['value'],
  more: { readonly threshold?: number; readonly of?: string } = {},
): Evidence {
  return { field, value, ...more };
}

/** What one rule says of the node. */
export interface Finding {
  /** The rule's name. */
  readonly id: string;
  readonly severity: Severity;
  /** One line; `say` makes it text. */
  readonly title: Sentence;
  /** What explains it, the arithmetic included; in the order in which it is read. */
  readonly details: readonly Sentence[];
  /** Why it is unknown; there where `severity` is `unknown`, and only there. */
  readonly reason?: Missing;
  readonly evidence: readonly Evidence[];
  /** What helps against it, best first. */
  readonly remedies: readonly RemedyId[];
}

/** Sorts the worst first. Findings of one severity stay in the order of the list of rules. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
