import { isMissing } from '../../core/missing.ts';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Evidence, Finding } from '../../diagnosis/finding.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { fieldText, fieldTitle } from '../../format/fields.ts';
import { PRINTER } from '../../format/printer.ts';
import { reasonSentence } from '../../format/reason.ts';
import { SEVERITY_WORD } from '../../format/severity.ts';
import { isFieldId } from '../../model/fields.ts';
import { codeSpan, escapeMarkdown } from './escape.ts';

/** The findings with their evidence, worst first; those that are fine by their titles alone. */
export function markdownFindings({ findings }: Diagnosis): readonly string[] {
  const told = findings.filter(({ severity }) => severity !== 'ok');
  const fine = findings.filter(({ severity }) => severity === 'ok');
  return [
    ...told.flatMap(toldFinding),
    ...(fine.length === 0 ? [] : ['', '**Ruled out or fine**', '', ...fine.map(({ title }) => `- ${sentence(title)}`)]),
  ];
}

function toldFinding({ id, severity, title, details, evidence }: Finding): readonly string[] {
  return [
    `- **${SEVERITY_WORD[severity]}** ${sentence(title)} (${codeSpan(id)})`,
    ...details.map((detail) => `  - ${sentence(detail)}`),
    ...evidence.map((each) => `  - ${evidenceText(each)}`),
  ];
}

function sentence(title: Finding['title']): string {
  return escapeMarkdown(say(title, PRINTER));
}

function evidenceText({ field, value, threshold, of }: Evidence): string {
  const known = isFieldId(field);
  const print = (each: Evidence['value']) => {
    if (known) return fieldText(field, each);
    return isMissing(each) ? reasonSentence(each) : String(each);
  };
  const title = known ? fieldTitle(field) : field;
  const subject = of === undefined ? escapeMarkdown(title) : `${escapeMarkdown(title)} of ${codeSpan(of)}`;
  const against = threshold === undefined ? '' : `, threshold ${escapeMarkdown(print(threshold))}`;
  return `${subject}: ${escapeMarkdown(print(value))}${against}`;
}
