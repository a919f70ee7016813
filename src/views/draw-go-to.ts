import { clockTime } from '../format/clock-time.ts';
import { run } from '../format/styled.ts';
import type { DialogContent } from './overlay.ts';
import type { Dialog, State } from './state.ts';

const PROMPT = 'Go to: ';
const COLUMNS = 62;

/** Asks for the time that a replay is to go to. */
export function drawGoTo({ replay }: State, { text }: Extract<Dialog, { kind: 'go-to' }>): DialogContent {
  const between = replay === undefined ? '' : `${clockTime(replay.first)} to ${clockTime(replay.last)}`;
  return {
    title: 'Go to a time',
    lines: [
      [run(PROMPT), run(text.padEnd(32), { underline: true })],
      [],
      [run(`14:03   -5m (before the end)   2026-11-23T14:03   ${between}`, { ink: 'dim' })],
    ],
    keys: 'Enter goes   Esc cancels',
    columns: Math.max(COLUMNS, 54 + between.length),
    cursor: { line: 0, column: PROMPT.length + text.length },
  };
}
