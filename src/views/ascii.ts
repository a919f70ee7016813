import { run, type StyledLine } from '../format/styled.ts';

/** Every character beyond ASCII that this program itself draws, and what stands for it; names from the node come as `?`. */
const TWINS: Readonly<Record<string, string>> = {
  '─': '-',
  '│': '|',
  '┌': '+',
  '┐': '+',
  '└': '+',
  '┘': '+',
  '┊': ':',
  '…': '~',
  '–': '-',
  '→': '>',
  '↑': '^',
  '↓': 'v',
  Δ: '+',
  '×': 'x',
  '▶': '>',
};

const BEYOND_ASCII = /[^\x20-\x7e]/;
const EVERY_BEYOND_ASCII = /[^\x20-\x7e]/g;

/** A line as a terminal without UTF-8 can show it, column for column; the same line where it is ASCII already. */
export function asciiLine(line: StyledLine): StyledLine {
  if (!line.some((part) => BEYOND_ASCII.test(part.text))) return line;
  return line.map((part) =>
    run(
      part.text.replace(EVERY_BEYOND_ASCII, (each) => TWINS[each] ?? '?'),
      part.style,
    ),
  );
}
