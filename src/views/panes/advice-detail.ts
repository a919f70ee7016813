import { isMissing, type Maybe } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Evidence, Finding } from '../../diagnosis/finding.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { deriveRegrowth, deriveRelief } from '../../diagnosis/regrowth.ts';
import type { Remedy } from '../../diagnosis/remedies/remedy.ts';
import { dropRows } from '../../format/drop-table.ts';
import { fieldText, fieldTitle } from '../../format/fields.ts';
import { PRINTER } from '../../format/printer.ts';
import { reasonSentence } from '../../format/reason.ts';
import { regrowthSentence, reliefSentence } from '../../format/regrowth-sentence.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../../format/severity.ts';
import { run, type Style, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';
import type { Drop } from '../../model/drop.ts';
import { isFieldId } from '../../model/fields.ts';
import type { Model } from '../../model/model.ts';
import { type AdviceRow, adviceTitle } from './advice-rows.ts';

const DIM: Style = { ink: 'dim' };
const BLANK: StyledLine = [];

/** What a line of advice is about. */
interface AdviceContext {
  readonly model: Model;
  readonly diagnosis: Diagnosis;
}

/** All that is known about one line of advice, in lines of at most that many columns. */
export function adviceDetail(row: AdviceRow, shown: AdviceContext, columns: number): readonly StyledLine[] {
  const title = paragraph(adviceTitle(row), columns, { bold: true });
  switch (row.kind) {
    case 'finding':
      return [
        badge(row.finding),
        ...title,
        BLANK,
        ...fixedBy(row.fixes, columns),
        ...findingLines(row.finding, columns),
      ];
    case 'remedy':
      return [...title, BLANK, ...remedyLines(row.remedy, shown, columns)];
    case 'kernel':
      return [...title, BLANK, ...kernelLines(row.diagnosis, columns)];
    case 'drop':
      return [...title, BLANK, ...dropLines(row.drop, shown, columns)];
  }
}

/** The command of a line of advice, where it has one. */
export function commandOf(row: AdviceRow): Maybe<string> | undefined {
  return row.kind === 'remedy' ? row.remedy.command : undefined;
}

function fixedBy(fixes: readonly number[], columns: number): StyledLine[] {
  if (fixes.length === 0) return [];
  return [...paragraph(`fixed by ${fixes.map((rank) => `fix ${rank}`).join(', ')}`, columns, { ink: 'cyan' }), BLANK];
}

function paragraph(text: string, columns: number, style: Style = {}): StyledLine[] {
  return wrapText(printable(text), Math.max(1, columns)).map((line) => [run(line, style)]);
}

function labelled(label: string, text: string, columns: number, style: Style = {}): StyledLine[] {
  const indent = 10;
  const lines = wrapText(printable(text), Math.max(1, columns - indent));
  return lines.map((line, at) => [run((at === 0 ? label : '').padEnd(indent), DIM), run(line, style)]);
}

function badge({ severity }: Finding): StyledLine {
  return [run(` ${SEVERITY_WORD[severity]} `, { ...SEVERITY_STYLE[severity], inverse: true, bold: true })];
}

function findingLines({ details, reason, evidence }: Finding, columns: number): StyledLine[] {
  return [
    ...details.flatMap((detail) => paragraph(say(detail, PRINTER), columns)),
    ...(reason === undefined ? [] : paragraph(reasonSentence(reason), columns, DIM)),
    ...(evidence.length === 0 ? [] : [BLANK, [run('measured', DIM)]]),
    ...evidence.flatMap((each) => paragraph(evidenceText(each), columns)),
  ];
}

function evidenceText({ field, value, threshold, of }: Evidence): string {
  const known = isFieldId(field);
  const print = (each: Evidence['value']) => {
    if (known) return fieldText(field, each);
    return isMissing(each) ? reasonSentence(each) : String(each);
  };
  const subject = `${known ? fieldTitle(field) : field}${of === undefined ? '' : ` of ${of}`}`;
  return `${subject}: ${print(value)}${threshold === undefined ? '' : `, threshold ${print(threshold)}`}`;
}

function remedyLines(remedy: Remedy, { model, diagnosis }: AdviceContext, columns: number): StyledLine[] {
  const { id, does, cannot, danger, command, prefer } = remedy;
  const lasts = isDrop(id) ? reliefSentence(deriveRelief(model, diagnosis.thresholds)) : undefined;
  return [
    ...(isMissing(command)
      ? labelled('command', `no single command: ${command.detail ?? command.unavailable}`, columns, DIM)
      : labelled('command', command, columns, { bold: true })),
    BLANK,
    ...labelled('danger', danger, columns, { ink: 'yellow' }),
    ...labelled('does', does, columns),
    ...(lasts === undefined ? [] : labelled('lasts', lasts, columns)),
    ...labelled('cannot', cannot, columns),
    ...labelled('rather', prefer, columns),
  ];
}

function isDrop(id: Remedy['id']): boolean {
  return id === 'drop-slab' || id === 'drop-pages' || id === 'drop-both';
}

function kernelLines({ kernel, measured }: Diagnosis, columns: number): StyledLine[] {
  return [
    ...paragraph('The version explains, the measurement decides:', columns, DIM),
    ...measured.flatMap(({ statement }) => paragraph(`- ${statement}`, columns)),
    BLANK,
    ...Object.values(kernel.items).flatMap(({ item, status, reason, upgrade }) => [
      ...paragraph(`${item}: ${status}. ${reason}`, columns),
      ...(upgrade === undefined || isMissing(upgrade)
        ? []
        : paragraph(`  upgrade to ${upgrade}`, columns, { bold: true })),
    ]),
  ];
}

function dropLines(drop: Drop, { model, diagnosis }: AdviceContext, columns: number): StyledLine[] {
  const cells = (title: string, before: string, after: string, minute: string, style: Style = {}): StyledLine => [
    run(`${title.padEnd(22)}${before.padStart(12)}${after.padStart(12)}${minute.padStart(14)}`, style),
  ];
  return [
    cells('', 'before', 'after', '1 min later', DIM),
    ...dropRows(drop).map((row) => cells(row.title, row.before, row.after, row.minuteAfter)),
    BLANK,
    ...paragraph(regrowthSentence(deriveRegrowth(drop, model, diagnosis.thresholds)), columns),
  ];
}
