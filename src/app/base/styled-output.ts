import { printColoured, printPlain } from '../../exports/styled-text.ts';
import type { StyledLine } from '../../format/styled.ts';
import type { Settings } from './settings.ts';

/** Lines are broken here where standard output is no terminal that says how wide it is. */
const COLUMNS = 120;

/** How wide lines on standard output may be. */
export function outputColumns(): number {
  return process.stdout.columns ?? COLUMNS;
}

/** Lines as standard output shall have them: in colours only where a terminal shows them and nobody is against it. */
export function styledText(settings: Pick<Settings, 'color'>, lines: readonly StyledLine[]): string {
  const colour = process.stdout.isTTY && settings.color !== false && !process.env.NO_COLOR;
  return colour ? printColoured(lines) : printPlain(lines);
}
