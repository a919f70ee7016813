import { clockTime } from '../format/clock-time.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { chartColumn, chartPoints } from './terminal/history-chart.ts';

/** Steps between two ticks that a clock has, in seconds. */
const STEPS: readonly number[] = [10, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** A tick and the blanks around it. */
const TICK_COLUMNS = 10;

/** The line below a zoomed chart that ends at that instant: round times, each once, and `now` at the end. */
export function timeAxis(at: number, spanSeconds: number, columns: number): StyledLine {
  const points = chartPoints(columns);
  const fit = Math.max(1, Math.floor(points / TICK_COLUMNS));
  const step = STEPS.find((seconds) => spanSeconds / seconds <= fit) ?? 7200;
  const from = at - spanSeconds * 1000;
  const cells: string[] = Array.from({ length: columns }, () => ' ');
  const write = (column: number, text: string) => {
    for (const [offset, each] of [...text].entries()) cells[column + offset] = each;
  };
  const end = chartColumn(points - 1, points, columns);
  for (let time = Math.ceil(from / (step * 1000)) * step * 1000; time < at; time += step * 1000) {
    const text = clockTime(time).slice(0, step < 60 ? 8 : 5);
    const column = chartColumn(((time - from) / (spanSeconds * 1000)) * points, points, columns);
    const start = Math.round(column - text.length / 2);
    if (start >= 0 && start + text.length + 5 < end) write(start, text);
  }
  write(Math.max(0, Math.min(columns - 3, end - 2)), 'now');
  return [run(cells.join('').trimEnd(), { ink: 'dim' })];
}
