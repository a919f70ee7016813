import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { reasonSentence } from '../../format/reason.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../../format/severity.ts';
import { type Run, run, type StyledLine } from '../../format/styled.ts';
import type { Column } from '../../format/table.ts';
import { beside } from '../box.ts';
import { copied } from '../copied.ts';
import { matches } from '../filter.ts';
import { noticed } from '../notice.ts';
import type { Pane, Shown } from '../pane.ts';
import type { Size } from '../state.ts';
import { step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { withTable } from '../table-state.ts';
import { adviceDetail, commandOf } from './advice-detail.ts';
import { type AdviceRow, adviceRows, adviceTitle } from './advice-rows.ts';

/** From this width on the list and what is said about its row stand beside each other. */
const WIDE_COLUMNS = 110;

/** What is said about a row needs so many columns beside the list to be read with ease. */
const DETAIL_COLUMNS = 56;

/** What to do, best first, and why: remedies, findings, what a drop brought, what this kernel is known for. */
export const advicePane: Pane = {
  id: 'advice',
  digit: '6',
  title: 'Advice',
  keys: [
    { keys: ['enter', 'right'], action: 'open', group: 'Here', help: 'all about this line, and back', footer: 'open' },
    { keys: ['y'], action: 'show-command', group: 'Here', help: 'copy the command of this line', footer: 'copy' },
  ],
  sorts: [],
  defaultSort: undefined,
  rowCount: (shown) => rowsOf(shown).length,
  visibleRows: (_, size) => Math.max(0, listRows(size) - 1),
  graphs: () => [],
  draw: (shown, size) => {
    const row = underCursor(shown);
    const detail = (columns: number, rows: number): readonly StyledLine[] =>
      row === undefined
        ? []
        : adviceDetail(row, shown, columns - 2)
            .slice(0, rows)
            .map(indented);
    if (shown.state.tables.advice.opened) return detail(size.columns, size.rows);
    if (size.columns >= WIDE_COLUMNS) {
      const left = listColumns(shown, size.columns);
      return beside(list(shown, { columns: left, rows: size.rows }), left, detail(size.columns - left, size.rows));
    }
    const rows = listRows(size);
    return [...list(shown, { columns: size.columns, rows }), [], ...detail(size.columns, size.rows - rows - 1)];
  },
  act: (shown, action) => {
    const { opened } = shown.state.tables.advice;
    if (action === 'open') return step(withTable(shown.state, { opened: !opened }));
    if ((action === 'escape' || action === 'left') && opened) return step(withTable(shown.state, { opened: false }));
    if (action !== 'show-command') return undefined;
    const row = underCursor(shown);
    const command = row === undefined ? undefined : commandOf(row);
    if (row === undefined || command === undefined) {
      return step(noticed(shown.state, 'this line has no command: those of the fixes are above', 'info'));
    }
    if (isMissing(command)) return step(noticed(shown.state, reasonSentence(command), 'info'));
    return step(...copied(shown.state, adviceTitle(row), [command]));
  },
};

function listRows(size: Size): number {
  return size.columns >= WIDE_COLUMNS ? size.rows : Math.max(2, Math.floor(size.rows / 2));
}

/** As wide as the longest title, and at least half. */
function listColumns(shown: Shown, columns: number): number {
  const longest = Math.max(0, ...rowsOf(shown).map((row) => adviceTitle(row).length));
  const wanted = WHAT_COLUMNS + FIX_COLUMNS + longest + 3 * GAP_COLUMNS;
  return Math.max(Math.floor(columns / 2), Math.min(wanted, columns - DETAIL_COLUMNS));
}

function rowsOf({ model, state, diagnosis }: Shown): readonly AdviceRow[] {
  return adviceRows(model, diagnosis).filter((row) => matches(state.tables.advice.filter, adviceTitle(row)));
}

function underCursor(shown: Shown): AdviceRow | undefined {
  return rowsOf(shown)[shown.state.tables.advice.cursor ?? 0];
}

function list(shown: Shown, { columns, rows }: Size): StyledLine[] {
  const { top, cursor } = shown.state.tables.advice;
  const { thresholds: limits } = shown.diagnosis;
  return tableLines(rowsOf(shown), COLUMNS, { columns, rows, top, cursor, limits, none: 'no line has this text' });
}

function indented(line: StyledLine): StyledLine {
  return [run(' '), ...line];
}

const WHAT_COLUMNS = 9;
const FIX_COLUMNS = 5;
const GAP_COLUMNS = 2;

const COLUMNS: readonly Column<AdviceRow>[] = [
  { id: 'what', title: 'WHAT', width: WHAT_COLUMNS, align: 'left', rank: 0, cell: kindCell },
  {
    id: 'title',
    title: 'WHAT TO DO, AND WHY',
    width: 20,
    grows: true,
    align: 'left',
    rank: 0,
    cell: (row) => run(printable(adviceTitle(row)), row.kind === 'remedy' && row.rank === 1 ? { bold: true } : {}),
  },
  { id: 'fixes', title: 'FIX', width: FIX_COLUMNS, align: 'left', rank: 1, cell: fixesCell },
];

/** The best of them: the row opened names all. */
const MOST_FIXES = 3;

/** What helps against a finding, by the numbers of the first rows. */
function fixesCell(row: AdviceRow): Run {
  return run(row.kind === 'finding' ? row.fixes.slice(0, MOST_FIXES).join(' ') : '', { ink: 'cyan' });
}

function kindCell(row: AdviceRow): Run {
  switch (row.kind) {
    case 'finding': {
      const { severity } = row.finding;
      return run(SEVERITY_WORD[severity], { ...SEVERITY_STYLE[severity], bold: severity === 'critical' });
    }
    case 'remedy':
      return run(`fix ${row.rank}`, { ink: 'cyan', bold: row.rank === 1 });
    case 'kernel':
      return run('kernel', { ink: 'cyan' });
    case 'drop':
      return run('drop', { ink: 'yellow' });
  }
}
