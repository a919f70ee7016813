import { printableAscii } from '../core/printable.ts';

/** The lines of a text one after the other, without their ends: a trace of 100 MB is never held twice. */
export function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    yield text.slice(from, text[to - 1] === '\r' ? to - 1 : to);
    from = to + 1;
  }
}

/** The beginning of a line for a message: printable ASCII only. */
export function visible(line: string): string {
  const start = printableAscii(line.slice(0, 60));
  return line.length > 60 ? `${start}...` : start;
}
