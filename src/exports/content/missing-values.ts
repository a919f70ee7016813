import { printable } from '../../core/printable.ts';
import { reasonSentence } from '../../format/reason.ts';
import { missingValues } from '../../model/field-value.ts';
import type { Model } from '../../model/model.ts';

/** Values that are missing for one and the same reason. */
export interface Lack {
  readonly ids: readonly string[];
  readonly reason: string;
}

/** The model's own kubelet stands for the one, and the rates that are shown for the totals they are made of. */
const SAID_ALREADY = /^probes\.kubelet$|^totals\./;

/** What is not known, and why: one entry for each reason, in the order of the catalogue. */
export function lacksOf(model: Model): readonly Lack[] {
  const byReason = new Map<string, string[]>();
  for (const { id, missing } of missingValues(model)) {
    if (SAID_ALREADY.test(id)) continue;
    const reason = printable(reasonSentence(missing));
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => ({ ids, reason }));
}
