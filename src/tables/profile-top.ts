import { printable } from '../core/printable.ts';
import { alphabetically } from '../format/compare.ts';
import { percent, seconds } from '../format/quantity.ts';
import { run } from '../format/styled.ts';
import type { Column } from '../format/table.ts';
import type { TopRow } from '../profile/top.ts';

/** The columns of `go tool pprof -top`, for a profile of so much CPU time. */
export function topColumns(cpuNanoseconds: number): readonly Column<TopRow>[] {
  const part = (nanoseconds: number) => percent((nanoseconds / cpuNanoseconds) * 100);
  return [
    {
      id: 'flat',
      title: 'FLAT',
      width: 8,
      align: 'right',
      rank: 2,
      cell: (row) => run(seconds(row.flatNanoseconds / 1e9)),
      compare: (a, b) => b.flatNanoseconds - a.flatNanoseconds,
    },
    {
      id: 'flat-part',
      title: 'FLAT %',
      width: 7,
      align: 'right',
      rank: 0,
      cell: (row) => run(part(row.flatNanoseconds)),
    },
    {
      id: 'cum',
      title: 'CUM',
      width: 8,
      align: 'right',
      rank: 2,
      cell: (row) => run(seconds(row.cumNanoseconds / 1e9)),
      compare: (a, b) => b.cumNanoseconds - a.cumNanoseconds,
    },
    { id: 'cum-part', title: 'CUM %', width: 7, align: 'right', rank: 0, cell: (row) => run(part(row.cumNanoseconds)) },
    {
      id: 'function',
      title: 'FUNCTION',
      width: 20,
      grows: true,
      align: 'left',
      cut: 'left',
      rank: 0,
      cell: (row) => run(`${printable(row.name)}${INLINED[row.inlined]}`),
      compare: alphabetically((row) => row.name),
    },
  ];
}

/** As go tool pprof marks them. */
export const INLINED: Readonly<Record<TopRow['inlined'], string>> = {
  no: '',
  partly: ' (partial-inline)',
  always: ' (inline)',
};
