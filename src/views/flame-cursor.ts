import type { CallTree } from '../profile/call-tree.ts';
import { type FlameCell, type FlameLines, layOutColumns } from '../profile/flame-columns.ts';

interface Kept {
  readonly zoom: number;
  readonly columns: number;
  readonly lines: FlameLines;
}

const kept = new WeakMap<CallTree, Kept>();

/** The flame graph in so many columns; laid out again only when the zoom or the width has changed. */
export function flameLines(tree: CallTree, zoom: number, columns: number): FlameLines {
  const before = kept.get(tree);
  if (before?.zoom === zoom && before.columns === columns) return before.lines;
  const lines = layOutColumns(tree, { zoom, columns });
  kept.set(tree, { zoom, columns, lines });
  return lines;
}

/** The cell of a node; where it is too narrow to be drawn, that of its nearest caller. */
export function cellOf(tree: CallTree, { lines }: FlameLines, node: number): FlameCell | undefined {
  for (let at = node; ; at = tree.parent[at] ?? 0) {
    const cell = lines[tree.depth[at] ?? 0]?.find(({ frame }) => frame.node === at);
    if (cell !== undefined || at === 0) return cell;
  }
}

/** The node that an arrow key leads to; the same where there is none. */
export function neighbour(
  tree: CallTree,
  drawn: FlameLines,
  node: number,
  way: 'up' | 'down' | 'left' | 'right',
): number {
  const here = cellOf(tree, drawn, node);
  if (here === undefined) return 0;
  const { frame } = here;
  if (way === 'up') return tree.parent[frame.node] ?? 0;
  if (way === 'down') {
    // A caller of the zoomed frame has one cell below it, whatever its other callees are.
    const below = drawn.lines[frame.row + 1]?.find(({ frame: next }) => tree.parent[next.node] === frame.node);
    return below?.frame.node ?? frame.node;
  }
  const line = drawn.lines[frame.row] ?? [];
  const at = line.indexOf(here) + (way === 'left' ? -1 : 1);
  return line[at]?.frame.node ?? frame.node;
}
