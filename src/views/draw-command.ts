import { printable } from '../core/printable.ts';
import { cutLine } from '../format/fit.ts';
import { run, type StyledLine } from '../format/styled.ts';
import type { Overlaid } from './overlay.ts';
import type { Size } from './state.ts';
import { wrapCommand } from './wrap-command.ts';

/** Text to be copied: each line a command, a path, or a remark that `#` begins. */
export interface CopiedText {
  readonly title: string;
  readonly lines: readonly string[];
  /** The first line shown. */
  readonly top: number;
}

/** What stands between a command and a remark on it. */
const REMARK = '    # ';

/**
 * Shows what was copied from the first column on and without a frame beside it, so that marking it with the mouse
 * takes nothing else along; what is wider than the terminal is cut so that a shell joins it again. Nothing here runs it.
 */
export function drawCommand({ title, lines, top }: CopiedText, size: Size): Overlaid {
  const wrapped = lines.flatMap((line) => copyLines(line, size.columns));
  const room = Math.max(1, size.rows - 4);
  const from = Math.max(0, Math.min(top, wrapped.length - room));
  const more = wrapped.length > room ? 'Up, Down: more   ' : '';
  const shown = wrapped.slice(from, from + room);
  const head = [run(` ${printable(title)} `, { inverse: true, bold: true })];
  const keys = [run(`${more}copied, if the terminal takes OSC 52; else mark it here. Esc closes`, { ink: 'dim' })];
  const all: StyledLine[] = [head, [], ...shown, [], keys];
  while (all.length < size.rows) all.push([]);
  return { lines: all.slice(0, size.rows).map((line) => cutLine(line, size.columns)), cursor: undefined };
}

/** A remark stands above its command: cut behind it, the rest would be a command of its own. */
function copyLines(line: string, columns: number): StyledLine[] {
  const [command = '', remark] = line.split(REMARK);
  if (remark !== undefined) return [...copyLines(`# ${remark}`, columns), ...copyLines(command, columns)];
  const isRemark = line.startsWith('#');
  if (isRemark) return [[run(printable(line), { ink: 'dim' })]];
  return wrapCommand(printable(line), columns).map((part) => [run(part, { bold: true })]);
}
