import { printable } from '../core/printable.ts';
import { run } from '../format/styled.ts';
import { wrapText } from '../format/wrap.ts';
import type { DialogContent } from './overlay.ts';
import type { Dialog } from './state.ts';

/** A command alone, so that it can be marked with the mouse and copied. Nothing here runs it. */
export function drawCommand({ title, command }: Extract<Dialog, { kind: 'command' }>, columns: number): DialogContent {
  const room = Math.max(20, Math.min(columns, 120));
  const lines = wrapText(printable(command), room - 4).map((line) => [run(line, { bold: true })]);
  return { title: printable(title), lines: [[], ...lines, []], keys: 'Esc closes', columns: room };
}
