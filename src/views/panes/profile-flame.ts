import { printable } from '../../core/printable.ts';
import { fitText, type Part, spread } from '../../format/fit.ts';
import { percent } from '../../format/quantity.ts';
import { type Ink, type Run, run, type Style, type StyledLine } from '../../format/styled.ts';
import type { FlameFrame } from '../../profile/flame.ts';
import type { FlameCell } from '../../profile/flame-columns.ts';
import type { FlameSearch } from '../../profile/flame-search.ts';
import type { ShownProfile } from '../capture-state.ts';
import { cellOf, flameLines } from '../flame-cursor.ts';
import type { Size } from '../state.ts';

const KINDS: Readonly<Record<FlameFrame['kind'], { readonly ink: Ink; readonly words: string }>> = {
  all: { ink: 'default', words: 'the whole profile' },
  'system-call': { ink: 'red', words: 'system calls' },
  cadvisor: { ink: 'yellow', words: 'cAdvisor and cgroup readers' },
  kubelet: { ink: 'cyan', words: 'Kubernetes' },
  runtime: { ink: 'blue', words: 'Go runtime' },
  other: { ink: 'green', words: 'other' },
};

/** Below the cursor so many rows stay in sight, to see where it can go. */
const ROWS_BELOW = 3;

/** The flame graph, hanging down from its root; what does not fit is scrolled to the cursor. */
export function drawFlame(
  { profiled, zoom, cursor, focus }: ShownProfile,
  { columns, rows }: Size,
  found: FlameSearch | undefined,
): StyledLine[] {
  if (rows < 1) return [];
  const { tree } = profiled;
  const drawn = flameLines(tree, zoom, columns);
  const here = cellOf(tree, drawn, cursor);
  const row = here?.frame.row ?? 0;
  const first = Math.max(0, Math.min(row - rows + 1 + ROWS_BELOW, drawn.lines.length - rows));
  return drawn.lines
    .slice(first, first + rows)
    .map((cells) => drawRow(cells, (cell) => styleOf(cell, cell === here && focus === 'flame', found)));
}

function drawRow(cells: readonly FlameCell[], style: (cell: FlameCell) => CellStyle): StyledLine {
  const runs: Run[] = [];
  let column = 0;
  for (const cell of cells) {
    if (cell.from > column) runs.push(run(' '.repeat(cell.from - column)));
    const { edge, look } = style(cell);
    runs.push(run(cellText(cell, edge), look));
    column = cell.to;
  }
  return runs;
}

function cellText({ frame, from, to }: FlameCell, edge: string): string {
  const width = to - from;
  // The import path says little and is long; what follows its last slash names package and function.
  const name = printable(frame.name.slice(frame.name.lastIndexOf('/') + 1));
  return width < 4 ? edge.padEnd(width) : edge + fitText(name, width - 1, 'left');
}

interface CellStyle {
  /** Tells the cell from its neighbour on the left. */
  readonly edge: string;
  readonly look: Style;
}

function styleOf({ frame }: FlameCell, underCursor: boolean, found: FlameSearch | undefined): CellStyle {
  if (underCursor) return { edge: '>', look: { bold: true, underline: true } };
  if (found?.names.has(frame.name)) return { edge: '│', look: { ink: 'magenta', inverse: true, underline: true } };
  if (frame.above) return { edge: '│', look: { ink: 'dim' } };
  const dimmed = found !== undefined && found.names.size > 0;
  return { edge: '│', look: dimmed ? { ink: 'dim', inverse: true } : { ink: KINDS[frame.kind].ink, inverse: true } };
}

/** The frame under the cursor in words, and what a search found. */
export function flameStatus(
  { profiled, zoom, cursor }: ShownProfile,
  columns: number,
  search: { readonly text: string; readonly found: FlameSearch } | undefined,
): StyledLine {
  const { tree } = profiled;
  const frame = cellOf(tree, flameLines(tree, zoom, columns), cursor)?.frame;
  if (frame === undefined) return [];
  const parts: Part[] = [
    {
      rank: 0,
      runs: [
        run(` share ${percent(frame.share * 100)}`, { bold: true }),
        run(`  self ${percent(frame.selfShare * 100)}`),
      ],
    },
    { rank: 1, runs: [run(KINDS[frame.kind].words, { ink: KINDS[frame.kind].ink })] },
  ];
  const right: Part[] = [];
  if (search !== undefined) {
    const { names, share } = search.found;
    const said =
      names.size === 0
        ? 'no function has it'
        : `${names.size} ${names.size === 1 ? 'function' : 'functions'}, ${percent(share * 100)} of samples`;
    right.push({ rank: 1, runs: [run(`"${printable(search.text)}": ${said} `, { ink: 'magenta' })] });
  }
  if (zoom !== 0) right.push({ rank: 2, runs: [run('zoomed; Backspace: back ', { ink: 'cyan' })] });
  const taken = [...parts, ...right].reduce(
    (sum, { runs }) => sum + runs.reduce((all, { text }) => all + text.length + 2, 0),
    0,
  );
  const room = Math.max(12, columns - taken - 2);
  const name = printable(frame.name);
  const shown = name.length > room ? fitText(name, room, 'left', 'left') : name;
  return spread([...parts, { rank: 0, runs: [run(shown)] }], right, columns);
}

/** What the colours say. */
export function flameLegend(columns: number): StyledLine {
  const parts = Object.values(KINDS)
    .slice(1)
    .map(
      ({ ink, words }, rank): Part => ({
        rank,
        runs: [run('  ', { ink, inverse: true }), run(` ${words}`, { ink: 'dim' })],
      }),
    );
  return spread([{ rank: 0, runs: [] }, ...parts], [], columns);
}
