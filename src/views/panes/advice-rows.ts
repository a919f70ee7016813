import { isMissing } from '../../core/missing.ts';
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

/** One line of advice: what can be done, what was found, what a drop brought, what the kernel is known for. */
export type AdviceRow =
  /** `fixes` are the ranks of what helps against it. */
  | { readonly kind: 'finding'; readonly finding: Finding; readonly fixes: readonly number[] }
  | { readonly kind: 'remedy'; readonly remedy: Remedy; readonly rank: number }
  | { readonly kind: 'kernel'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'drop'; readonly drop: Drop };

/** Everything there is to say, in the order of reading: what to do, why, what drops brought, what is fine. */
export function adviceRows(model: Model, diagnosis: Diagnosis): readonly AdviceRow[] {
  const findings = diagnosis.findings.map(
    (finding): AdviceRow => ({
      kind: 'finding',
      finding,
      fixes: fixesOf(finding, diagnosis),
    }),
  );
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
  return [...remedies, ...wrong, ...drops.reverse(), { kind: 'kernel', diagnosis }, ...rest];
}

function fixesOf({ remedies }: Finding, diagnosis: Diagnosis): readonly number[] {
  return remedies
    .map((id) => diagnosis.remedies.indexOf(id) + 1)
    .filter((rank) => rank > 0)
    .sort((one, other) => one - other);
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
      return kernelTitle(row.diagnosis.kernel.release);
    case 'drop':
      return `${row.drop.rehearsal ? 'rehearsal of ' : ''}${dropName(row.drop.request)}: before and after`;
  }
}

/** "vendor kernel 6.18: which fixes it has". */
function kernelTitle({ familyName, base }: Diagnosis['kernel']['release']): string {
  return `${familyName}${isMissing(base) ? '' : ` ${base.join('.')}`}: which fixes it has`;
}
