import { printable } from '../core/printable.ts';
import { cutLine } from '../format/fit.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { wrapText } from '../format/wrap.ts';
import { badgeOf, verdict } from './draw-verdict.ts';
import { SMALLEST } from './pane-size.ts';
import type { State } from './state.ts';

/** In a terminal that is too small: how bad it is, and which size is needed. */
export function drawTooSmall(state: State): StyledLine[] {
  const { columns, rows } = state.size;
  const said = verdict(state);
  const needs = `needs ${SMALLEST.columns}x${SMALLEST.rows}, this is ${columns}x${rows}`;
  const lines: StyledLine[] = said === undefined ? [] : [[badgeOf(said.severity)]];
  const sentence = said === undefined ? [] : wrapText(printable(said.short), columns);
  const room = Math.max(0, rows - lines.length - 2);
  lines.push(...sentence.slice(0, room).map((text): StyledLine => [run(text)]));
  lines.push(...wrapText(needs, columns).map((text): StyledLine => [run(text, { ink: 'dim' })]));
  return lines.slice(0, rows).map((line) => cutLine(line, columns));
}
