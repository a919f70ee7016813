import type { Cost } from './meter.ts';

/** The titles of what {@link costCells} gives. */
export const COST_TITLES = ['CPU ms/s', 'RSS MiB', 'PSS MiB', 'terminal B/s', 'first frame ms'] as const;

/** A cost as cells of a table. */
export function costCells(cost: Cost): string[] {
  const parts = cost.processes.map((one) => `${one.name} ${one.cpuMsPerSecond.toFixed(1)}`).join(', ');
  return [
    cost.cpuMsPerSecond.toFixed(1) +
      between(cost.spread?.cpuMsPerSecond, 1) +
      (cost.processes.length > 1 ? ` (${parts})` : ''),
    mebibytes(cost.rssBytes),
    mebibytes(cost.pssBytes),
    cost.terminalBytesPerSecond.toFixed(0),
    cost.firstFrameMs.toFixed(0) +
      between(cost.spread?.firstFrameMs, 0) +
      (cost.fullFrameMs === undefined ? '' : ` (all values ${cost.fullFrameMs.toFixed(0)})`),
  ];
}

/** From the least to the most of several runs; empty where there was one. */
function between(ends: readonly [number, number] | undefined, digits: number): string {
  return ends === undefined ? '' : ` [${ends.map((end) => end.toFixed(digits)).join(' to ')}]`;
}

/** A row of a Markdown table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The head of a Markdown table, all columns but the first to the right. */
export function head(titles: readonly string[]): string[] {
  return [row(titles), `|${titles.map((_, n) => (n === 0 ? '---' : '---:')).join('|')}|`];
}

/** Bytes in MiB, with one digit behind the point. */
export function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

/** Bytes in KiB. */
export function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}

/** A ratio of costs. */
export function times(ratio: number): string {
  return `${ratio.toFixed(2)} x`;
}
