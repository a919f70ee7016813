import { isMissing, knownOr, type Maybe } from '../core/missing.ts';
import { clockTime } from '../format/clock-time.ts';
import { dropName, eventSentence } from '../format/event-sentence.ts';
import { mergedEvents } from '../format/merged-events.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../format/severity.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { wrapText } from '../format/wrap.ts';
import { CACHE_REPORT } from '../tables/caches.ts';
import type { ReportColumn } from '../tables/column.ts';
import { HELD_BELOW_REPORT } from '../tables/held-below.ts';
import { HELD_REPORT, PROCESS_REPORT, THREAD_REPORT } from '../tables/processes.ts';
import { READ_REPORT } from '../tables/reads.ts';
import { dropTable } from './content/drop-table.ts';
import { lacksOf } from './content/missing-values.ts';
import { probingSentences } from './content/probing.ts';
import { remediesOf } from './content/remedies.ts';
import { timedReads } from './content/rows.ts';
import { tableOf } from './content/table.ts';
import { verdictOfReport } from './content/verdict.ts';
import type { Report } from './report.ts';
import { findingLines } from './text/findings.ts';
import { profileLines } from './text/profile.ts';
import { remedyLines } from './text/remedies.ts';
import { hostLines, summaryLines } from './text/summary.ts';
import { tableLines } from './text/table-lines.ts';
import { traceLines } from './text/trace.ts';

/** Nobody reads a report narrower than this, and tables have no room. */
const NARROWEST = 40;

/**
 * The report of `--once` for a person: the verdict first, then the numbers, the tables that show the culprits, what to
 * make of it, and what is not known and why. No line is wider than `columns` but a
 * command, which is to be copied whole.
 */
export function encodeText(report: Report, { columns: wanted }: { readonly columns: number }): readonly StyledLine[] {
  const columns = Math.max(NARROWEST, wanted);
  const { model, diagnosis } = report;
  const { kubelet } = model;
  const held = isMissing(model.memcg.heldByDying) ? model.memcg.heldByDying : model.memcg.heldByDying.where;
  return [
    ...verdictLines(report, columns),
    ...hostLines(report, columns),
    [],
    ...summaryLines(report, columns),
    ...tableSection(timedReads(model.reads), 8, READ_REPORT, columns),
    ...tableSection(model.slab.caches, 8, CACHE_REPORT, columns),
    ...tableSection(held, 5, HELD_BELOW_REPORT, columns),
    ...tableSection(isMissing(kubelet) ? kubelet : kubelet.threadRows, 5, THREAD_REPORT, columns),
    ...tableSection(isMissing(kubelet) ? kubelet : kubelet.heldFiles, 5, HELD_REPORT, columns),
    ...tableSection(model.processes, 6, PROCESS_REPORT, columns),
    ...(report.profile === undefined
      ? []
      : section('profile', profileLines(report.profile, { columns, most: 15, kubelet }))),
    ...(report.trace === undefined ? [] : section('system calls', traceLines(report.trace, { columns, most: 10 }))),
    ...dropSections(report, columns),
    ...section('findings', findingLines(diagnosis, columns)),
    ...section('what can be done', remedyLines(remediesOf(model, diagnosis), columns)),
    ...sentences('events', eventTexts(report), columns),
    ...sentences('slow reads', probingSentences(model), columns),
    ...sentences(
      'not known',
      lacksOf(model).map(({ ids, reason }) => `${ids.join(', ')}: ${reason}`),
      columns,
    ),
  ];
}

function verdictLines(report: Report, columns: number): readonly StyledLine[] {
  const { severity, sentence } = verdictOfReport(report);
  const word = ` ${SEVERITY_WORD[severity]} `;
  const style = SEVERITY_STYLE[severity];
  return wrapText(sentence, columns - word.length - 1).map((line, index) => [
    index === 0 ? run(word, { ...style, inverse: true, bold: true }) : run(' '.repeat(word.length)),
    run(` ${line}`, { ...style, bold: true }),
  ]);
}

/** A table, or nothing where there are no rows; why there are none stands among what is not known. */
function tableSection<Row>(
  rows: Maybe<readonly Row[]>,
  most: number,
  table: readonly ReportColumn<Row>[],
  columns: number,
): readonly StyledLine[] {
  const shown = knownOr(rows, []).slice(0, most);
  return shown.length === 0 ? [] : [[], ...tableLines(tableOf(shown, table), columns)];
}

function section(title: string, lines: readonly StyledLine[]): readonly StyledLine[] {
  return lines.length === 0 ? [] : [[], [run(` ${title.toUpperCase()}`, { bold: true })], ...lines];
}

function sentences(title: string, texts: readonly string[], columns: number): readonly StyledLine[] {
  const lines = texts.flatMap((text) => wrapText(text, columns - 2, 2).map((line) => [run(` ${line}`)]));
  return section(title, lines);
}

const MOST_EVENTS = 10;

function eventTexts({ model: { events, drops } }: Report): readonly string[] {
  return mergedEvents(events)
    .slice(-MOST_EVENTS)
    .map((event) => `${clockTime(event.at)} ${eventSentence(event, drops).text}`);
}

function dropSections({ model: { drops } }: Report, columns: number): readonly StyledLine[] {
  return drops.flatMap((drop) => {
    const title = `${drop.rehearsal ? 'rehearsal of ' : ''}${dropName(drop.request)} at ${clockTime(drop.startedAt)}`;
    return [[], [run(` ${title}`, { bold: true })], ...tableLines(dropTable(drop), columns)];
  });
}
