/**
 * Cuts a command into lines of at most that many columns that a shell joins again: each but the last ends with a
 * backslash. It is cut at blanks outside of quotes where there are any, in the middle of a word where there are none;
 * inside single quotes a backslash is a backslash, so that there the quotes are closed and opened again.
 */
export function wrapCommand(command: string, columns: number): string[] {
  const width = Math.max(8, columns);
  const lines: string[] = [];
  let rest = command;
  let inside: Quote = '';
  while (rest.length > width) {
    const { at, quote } = cutOf(rest, width, inside);
    const closed = quote === "'" ? quote : '';
    lines.push(`${rest.slice(0, at)}${closed}\\`);
    rest = `${closed}${rest.slice(at)}`;
    inside = closed === '' ? quote : '';
  }
  return [...lines, rest];
}

/** The quote that a character stands in. */
type Quote = '' | "'" | '"';

interface Cut {
  readonly at: number;
  readonly quote: Quote;
}

/** Where to cut a text that begins inside of a quote or of none, and the quote that it is cut in. */
function cutOf(text: string, width: number, inside: Quote): Cut {
  let quote = inside;
  let blank: Cut | undefined;
  let hard: Cut = { at: 1, quote };
  for (let at = 0; at < width - 1; at += 1) {
    const character = text[at] ?? '';
    if (quote !== "'" && character === '\\') at += 1;
    else if (quote === '' && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = '';
    else if (quote === '' && character === ' ') blank = { at: at + 1, quote };
    // Room for the backslash, and for a quote before it.
    const needed = at + 1 + (quote === "'" ? 2 : 1);
    if (needed <= width) hard = { at: at + 1, quote };
  }
  return blank ?? hard;
}
