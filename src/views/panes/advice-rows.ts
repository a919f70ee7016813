import type { Severity } from '../../core/severity.ts';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { tellRemedy } from '../../diagnosis/remedies/remedies.ts';
import type { Remedy } from '../../diagnosis/remedies/remedy.ts';
import { dropName } from '../../format/event-sentence.ts';
import { PRINTER } from '../../format/printer.ts';
import type { Drop } from '../../model/drop.ts';
import type { Model } from '../../model/model.ts';

/** One line of advice: what was found, what can be done about it, what the kernel is known for, what a drop brought. */
export type AdviceRow =
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'remedy'; readonly remedy: Remedy; readonly rank: number }
  | { readonly kind: 'kernel'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'drop'; readonly drop: Drop };

/** Everything there is to say, in the order of reading: what is wrong, what helps, what drops brought, what is fine. */
export function adviceRows(model: Model, diagnosis: Diagnosis): readonly AdviceRow[] {
  const findings = diagnosis.findings.map((finding): AdviceRow => ({ kind: 'finding', finding }));
  const wrong = findings.filter((row) => row.kind === 'finding' && isWrong(row.finding.severity));
  const rest = findings.filter((row) => !wrong.includes(row));
  const remedies = diagnosis.remedies.map(
    (id, index): AdviceRow => ({
      kind: 'remedy',
      remedy: tellRemedy(id, { model, diagnosis, print: PRINTER }),
      rank: index + 1,
    }),
  );
  const drops = model.drops.map((drop): AdviceRow => ({ kind: 'drop', drop }));
  return [...wrong, ...remedies, ...drops.reverse(), { kind: 'kernel', diagnosis }, ...rest];
}

function isWrong(severity: Severity): boolean {
  return severity === 'critical' || severity === 'warning';
}

/** A row in one line. */
export function adviceTitle(row: AdviceRow): string {
  switch (row.kind) {
    case 'finding':
      return say(row.finding.title, PRINTER);
    case 'remedy':
      return row.remedy.title;
    case 'kernel':
      return `this kernel, ${row.diagnosis.kernel.release.familyName}: what is fixed in it`;
    case 'drop':
      return `${row.drop.rehearsal ? 'rehearsal of ' : ''}${dropName(row.drop.request)}: before and after`;
  }
}
