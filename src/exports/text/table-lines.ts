import { fitText } from '../../format/fit.ts';
import { type Run, run, type StyledLine } from '../../format/styled.ts';
import type { Cell, Table } from '../content/table.ts';

/**
 * A table in lines of at most so many columns: every column as wide as its widest cell. Where that is too much the
 * widest names give way, and keep their ends: those tell paths apart.
 */
export function tableLines({ heads, rows }: Table, columns: number): readonly StyledLine[] {
  const wanted = heads.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.text.length ?? 0)),
  );
  const widths = shrunk(wanted, Math.max(0, columns - 1 - GAP * (heads.length - 1)));
  const line = (cell: (index: number) => Run): StyledLine => [
    run(' '),
    ...heads.flatMap((_, index) => (index === 0 ? [cell(index)] : [run(' '.repeat(GAP)), cell(index)])),
  ];
  const fitted = (text: string, index: number) =>
    fitText(text, widths[index] ?? 0, heads[index]?.align ?? 'left', 'left');
  return [
    line((index) => run(fitted((heads[index]?.title ?? '').toUpperCase(), index), { bold: true })),
    ...rows.map((row) => line((index) => cellRun(row[index] ?? NOTHING, (text) => fitted(text, index)))),
  ];
}

const GAP = 2;

const NOTHING: Cell = { text: '', kind: 'value' };

function cellRun({ text, kind }: Cell, inColumns: (text: string) => string): Run {
  return run(inColumns(text), kind === 'missing' ? { ink: 'dim' } : {});
}

/** Takes from the widest column until all fit. */
function shrunk(wanted: readonly number[], room: number): readonly number[] {
  const widths = [...wanted];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= 1) break;
    widths[widest] = width - 1;
    excess -= 1;
  }
  return widths;
}
