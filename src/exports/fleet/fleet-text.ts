import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { countOf } from '../../fleet/derive-list.ts';
import type { FleetModel, FleetNode } from '../../fleet/model.ts';
import { rfc3339 } from '../../format/clock-time.ts';
import { nodeColumns } from '../../format/fleet-tables.ts';
import { count } from '../../format/quantity.ts';
import { reasonSentence } from '../../format/reason.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import type { Column } from '../../format/table.ts';
import { valueText } from '../../format/value.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { Table } from '../content/table.ts';
import { markdownTable } from '../markdown/table.ts';
import { tableLines } from '../text/table-lines.ts';

/** Columns of a report: the graph of a row is for the screen. */
const COLUMNS: readonly Column<FleetNode>[] = nodeColumns(new Set(), () => '').filter(({ id }) => id !== 'trend');

/** The fleet in a few lines for a person: how many, since when, and the worst. */
export function encodeFleetText(model: FleetModel, source: string, columns: number, limits: Thresholds): StyledLine[] {
  return [
    [run(` ${countsSentence(model)}`, { bold: true })],
    [run(` ${printable(source)}, ${rfc3339(model.at)}`, { ink: 'dim' })],
    ...notes(model).map((note): StyledLine => [run(` ${note}`, { ink: 'dim' })]),
    [],
    ...tableLines(tableOf(model, limits), columns),
  ];
}

/** The same in Markdown, for the ticket. */
export function encodeFleetMarkdown(model: FleetModel, source: string, limits: Thresholds): string {
  const lines = [
    '# Nodes with dying memory cgroups',
    '',
    `${countsSentence(model)}. ${printable(source)}, ${rfc3339(model.at)}.`,
    ...notes(model).map((note) => `${note}.`),
    '',
    ...markdownTable(tableOf(model, limits)),
    '',
  ];
  return lines.join('\n');
}

/** How many nodes are in which state. */
function countsSentence({ counts }: FleetModel): string {
  if (isMissing(counts)) return printable(reasonSentence(counts));
  const { critical, warning, unknown, silent, ok, info } = counts;
  return [
    `${count(critical)} of ${count(countOf(counts))} nodes critical`,
    `${count(warning)} warning`,
    `${count(unknown)} unknown`,
    `${valueText(silent, count)} silent`,
    `${count(ok + info)} ok`,
  ].join(', ');
}

function notes({ rules, warnings }: FleetModel): readonly string[] {
  return [
    ...(rules === 'absent' ? ['the recording rules are not installed: slabtop-k8s print prometheus-rules'] : []),
    ...warnings.map((warning) => `partial answer: ${printable(warning)}`),
  ];
}

function tableOf({ nodes }: FleetModel, limits: Thresholds): Table {
  return {
    heads: COLUMNS.map(({ title, align }) => ({ title, align })),
    rows: nodes.map((node) =>
      COLUMNS.map(({ id, cell }) => ({ text: cell(node, limits).text, kind: id === 'node' ? 'name' : 'value' })),
    ),
  };
}
