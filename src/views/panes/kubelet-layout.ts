import type { Size } from '../state.ts';

/** How the Kubelet pane shares its lines out. */
export interface KubeletLayout {
  /** Of the two boxes with graphs; 0 where there is no room. */
  readonly boxRows: number;
  /** Heads included. */
  readonly threadRows: number;
  /** What the threads are in; 0 where there is no room. */
  readonly syscallRows: number;
  readonly heldRows: number;
  readonly processRows: number;
  /** Width of the tables beside that of the threads; 0 where they stand below it. */
  readonly sideColumns: number;
}

/** What kubelet is, and its command line. */
const IDENTITY_ROWS = 2;

const NARROWEST_BESIDE = 120;

/** Threads first: that one of them is at a core in system time is what the pane is for. */
export function kubeletLayout({ columns, rows }: Size): KubeletLayout {
  const boxRows = rows < 16 ? 0 : Math.max(5, Math.floor(rows * 0.25));
  const left = Math.max(0, rows - IDENTITY_ROWS - boxRows);
  if (columns >= NARROWEST_BESIDE) {
    const syscallRows = Math.max(0, Math.floor(left * 0.34));
    const heldRows = Math.max(0, Math.floor(left * 0.33));
    return {
      boxRows,
      threadRows: left,
      syscallRows,
      heldRows,
      processRows: left - syscallRows - heldRows,
      sideColumns: Math.floor(columns / 2) - 1,
    };
  }
  const syscallRows = left < 8 ? 0 : Math.max(3, Math.floor(left * 0.22));
  const heldRows = left < 12 ? 0 : Math.max(3, Math.floor(left * 0.18));
  const processRows = left < 6 ? 0 : Math.max(3, Math.floor(left * 0.25));
  const threadRows = left - syscallRows - heldRows - processRows;
  return { boxRows, threadRows, syscallRows, heldRows, processRows, sideColumns: 0 };
}
