import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { fieldText, fieldTitle } from '../../format/fields.ts';
import { reasonSentence } from '../../format/reason.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../../format/severity.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { wrapText } from '../../format/wrap.ts';
import { FIELDS } from '../../model/fields.ts';
import { tableLines } from '../text/table-lines.ts';
import type { ChangedFinding } from './compare-findings.ts';
import type { ChangedValue } from './compare-values.ts';
import type { Comparison, SideSummary } from './comparison.ts';
import { PRINT, rowsOf, rowsTable, valuesTable } from './tables.ts';

const MOST_ROWS = 12;

/** The comparison as lines of text. No line is wider than `columns`. */
export function encodeDiffText(comparison: Comparison, columns: number): readonly StyledLine[] {
  const { a, b, relation, conclusions, findings, values, caches, held, reads } = comparison;
  const same = values.same === 0 ? [] : [`${values.same} values are the same.`];
  return [
    ...sideLines('A', a, columns),
    ...sideLines('B', b, columns),
    ...section('what it is compared', sentences(relation.sentences, columns)),
    ...section('what it means', sentences(conclusions, columns)),
    ...section('findings', findingLines(findings, columns)),
    ...section('values', [...valueLines(values.changed, columns), ...sentences(same, columns)]),
    ...rowLines('dying hold below', held, PRINT.bytes),
    ...rowLines('read of', reads, PRINT.seconds),
    ...rowLines('cache', caches, PRINT.bytes),
  ];

  function rowLines(title: string, rows: typeof caches, print: (amount: number) => string): readonly StyledLine[] {
    const shown = rowsOf(rows, MOST_ROWS);
    return shown.length === 0 ? [] : [[], ...tableLines(rowsTable(title, shown, print), columns)];
  }
}

function sideLines(
  side: string,
  { name, at, node, kernel, overall, headline }: SideSummary,
  columns: number,
): StyledLine[] {
  const what = `${side}  ${printable(name)}: ${fieldText('host.name', node)}, Linux ${fieldText('host.kernel', kernel)}, ${at}`;
  const word = `${SEVERITY_WORD[overall]}  `;
  const said = wrapText(`${word}${isMissing(headline) ? '' : printable(String(headline))}`, columns - 4, word.length);
  return [
    ...wrapText(what, columns - 1, 3).map((line): StyledLine => [run(` ${line}`, { bold: true })]),
    ...said.map((line): StyledLine => [run(`    ${line}`, SEVERITY_STYLE[overall])]),
  ];
}

/** Below this many columns meanings do not fit behind the numbers; they stand below them. */
const ROOM_FOR_MEANINGS = 150;

function valueLines(changed: readonly ChangedValue[], columns: number): readonly StyledLine[] {
  if (columns >= ROOM_FOR_MEANINGS) return tableLines(valuesTable(changed, 'with-meanings'), columns);
  const meanings = changed.map(({ field }) => `${fieldTitle(field)}: ${FIELDS[field].means}`);
  return [
    ...tableLines(valuesTable(changed, 'alone'), columns),
    ...section('meanings', sentences(meanings, columns)),
    [],
  ];
}

function findingLines(findings: Comparison['findings'], columns: number): readonly StyledLine[] {
  if (isMissing(findings)) return sentences([`not compared: ${reasonSentence(findings)}`], columns);
  if (findings.length === 0) return sentences(['The rules say the same.'], columns);
  return findings.flatMap((finding) => {
    const style = finding.change === 'cleared' || finding.after === 'not asked' ? {} : SEVERITY_STYLE[finding.after];
    return wrapText(findingText(finding), columns - 1, 2).map((line): StyledLine => [run(` ${line}`, style)]);
  });
}

/** One changed finding in one sentence. */
export function findingText({ change, before, after, title }: ChangedFinding): string {
  return `${change} (${before} → ${after}): ${printable(title)}`;
}

function section(title: string, lines: readonly StyledLine[]): readonly StyledLine[] {
  return lines.length === 0 ? [] : [[], [run(` ${title.toUpperCase()}`, { bold: true })], ...lines];
}

function sentences(texts: readonly string[], columns: number): readonly StyledLine[] {
  return texts.flatMap((text) => wrapText(text, columns - 1, 2).map((line): StyledLine => [run(` ${line}`)]));
}
