import { printable } from '../core/printable.ts';
import { type Ink, plain, type Run, type StyledLine } from '../format/styled.ts';

/** Lines for a file or a pipe: no colours, nothing that a terminal obeys, no spaces at the ends of lines. */
export function printPlain(lines: readonly StyledLine[]): string {
  return lines.map((line) => `${printable(plain(line)).trimEnd()}\n`).join('');
}

/** Lines for a terminal that has colours (SGR of ECMA-48, the sixteen colours every terminal has). */
export function printColoured(lines: readonly StyledLine[]): string {
  return lines.map((line) => `${line.map(coloured).join('')}\n`).join('');
}

const FOREGROUND: Readonly<Record<Ink, number>> = {
  default: 39,
  dim: 90,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  white: 37,
  brightRed: 91,
  brightYellow: 93,
  brightCyan: 96,
};

function coloured({ text, style }: Run): string {
  const codes = [
    ...(style.bold ? [1] : []),
    ...(style.underline ? [4] : []),
    ...(style.inverse ? [7] : []),
    ...(style.ink === undefined || style.ink === 'default' ? [] : [FOREGROUND[style.ink]]),
  ];
  const shown = printable(text);
  return codes.length === 0 ? shown : `\u001b[${codes.join(';')}m${shown}\u001b[0m`;
}
