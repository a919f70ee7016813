import { isMissing } from '../../core/missing.ts';
import { fieldText } from '../../format/fields.ts';
import { reasonSentence } from '../../format/reason.ts';
import { SEVERITY_WORD } from '../../format/severity.ts';
import type { Table } from '../content/table.ts';
import { codeSpan, escapeMarkdown } from '../markdown/escape.ts';
import { markdownTable } from '../markdown/table.ts';
import type { Comparison, SideSummary } from './comparison.ts';
import { findingText } from './diff-text.ts';
import { PRINT, rowsOf, rowsTable, valuesTable } from './tables.ts';

const MOST_ROWS = 30;

/** The comparison for a ticket. */
export function encodeDiffMarkdown(comparison: Comparison): string {
  const { a, b, relation, conclusions, findings, values, caches, held, reads } = comparison;
  const same = values.same === 0 ? [] : ['', `${values.same} values are the same.`];
  const sections = [
    [`# ${SEVERITY_WORD[a.overall]} → ${SEVERITY_WORD[b.overall]}: what changed from A to B`],
    [sideItem('A', a), sideItem('B', b)],
    [...relation.sentences.map(item)],
    ['## What it means', '', ...conclusions.map(item)],
    ['## Findings', '', ...findingItems(findings)],
    ['## Values', '', ...markdownTable(valuesTable(values.changed, 'with-meanings')), ...same],
    ...tables('Memory that dying cgroups hold', rowsTable('below', rowsOf(held, MOST_ROWS), PRINT.bytes)),
    ...tables('Reads', rowsTable('read of', rowsOf(reads, MOST_ROWS), PRINT.seconds)),
    ...tables('Slab caches', rowsTable('cache', rowsOf(caches, MOST_ROWS), PRINT.bytes)),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function sideItem(side: string, { name, at, node, kernel, overall, headline }: SideSummary): string {
  const who = `${codeSpan(name)}: ${codeSpan(fieldText('host.name', node))}, Linux ${codeSpan(fieldText('host.kernel', kernel))}, ${at}`;
  const said = isMissing(headline) ? '' : ` ${escapeMarkdown(String(headline))}`;
  return `- **${side}** ${who}. **${SEVERITY_WORD[overall]}**${said}`;
}

function findingItems(findings: Comparison['findings']): readonly string[] {
  if (isMissing(findings)) return [`Not compared: ${escapeMarkdown(reasonSentence(findings))}`];
  return findings.length === 0 ? ['The rules say the same.'] : findings.map((each) => item(findingText(each)));
}

function tables(title: string, table: Table): readonly (readonly string[])[] {
  return table.rows.length === 0 ? [] : [[`## ${title}`, '', ...markdownTable(table)]];
}

function item(sentence: string): string {
  return `- ${escapeMarkdown(sentence)}`;
}
