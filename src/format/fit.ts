import { lineWidth, type Run, run, type Style, type StyledLine } from './styled.ts';

/** Stands where text was cut. */
const ELLIPSIS = '…';

/** What is left of a character beyond the first 65,536 where a cut went through it: half a surrogate pair. */
const HALVED = /[\ud800-\udfff]/gu;

/** Which part of a text gives way where it is too long. */
export type Cut = 'left' | 'middle' | 'right';

/**
 * Text in exactly that many columns. `cut: 'left'` keeps the end, which tells paths apart; `middle` keeps both ends: a
 * pod is told by what it is of, and from its replicas by its last letters.
 */
export function fitText(text: string, width: number, align: 'left' | 'right', cut: Cut = 'right'): string {
  if (width <= 0) return '';
  if (text.length > width) {
    const last = cut === 'left' ? width - 1 : cut === 'middle' ? Math.ceil((width - 1) / 2) : 0;
    const first = text.slice(0, width - 1 - last).replace(HALVED, '?');
    return first + ELLIPSIS + text.slice(text.length - last).replace(HALVED, '?');
  }
  return align === 'left' ? text.padEnd(width) : text.padStart(width);
}

/** The first columns of a line; the same line where it fits. */
export function cutLine(line: StyledLine, width: number): StyledLine {
  if (lineWidth(line) <= width) return line;
  const cut: Run[] = [];
  let left = width;
  for (const part of line) {
    if (left <= 0) break;
    cut.push(part.text.length <= left ? part : run(part.text.slice(0, left).replace(HALVED, '?'), part.style));
    left -= part.text.length;
  }
  return cut;
}

/** A line in exactly that many columns; the rest in `style`. */
export function padLine(line: StyledLine, width: number, style: Style = {}): StyledLine {
  const cut = cutLine(line, width);
  const left = width - lineWidth(cut);
  return left <= 0 ? cut : [...cut, run(' '.repeat(left), style)];
}

/** Part of a line that may be left out where there is no room. */
export interface Part {
  /** Parts with higher numbers go first; 0 stays. */
  readonly rank: number;
  readonly runs: StyledLine;
}

/** Parts from the left and from the right edge in exactly that many columns; what does not fit goes by its rank. */
export function spread(left: readonly Part[], right: readonly Part[], width: number, gap = 2): StyledLine {
  const [from, to] = fitting(left, right, width, gap);
  const space = run(' '.repeat(gap));
  const join = (parts: readonly Part[]) =>
    parts.flatMap((part, index) => (index === 0 ? part.runs : [space, ...part.runs]));
  const start = join(from);
  const end = join(to);
  const between = width - lineWidth(start) - lineWidth(end);
  return cutLine([...start, run(' '.repeat(Math.max(0, between))), ...end], width);
}

/** The parts that fit: the last of those with the highest rank goes first, on the right before the left. */
function fitting(
  left: readonly Part[],
  right: readonly Part[],
  width: number,
  gap: number,
): readonly [readonly Part[], readonly Part[]] {
  let [from, to] = [left, right];
  let needed = -gap;
  for (const part of from) needed += lineWidth(part.runs) + gap;
  for (const part of to) needed += lineWidth(part.runs) + gap;
  while (needed > width) {
    const highest = Math.max(...from.map((part) => part.rank), ...to.map((part) => part.rank));
    if (highest <= 0) break;
    const onTheRight = to.findLastIndex((part) => part.rank === highest);
    const side = onTheRight >= 0 ? to : from;
    const at = onTheRight >= 0 ? onTheRight : from.findLastIndex((part) => part.rank === highest);
    needed -= lineWidth(side[at]?.runs ?? []) + gap;
    const fewer = side.filter((_, index) => index !== at);
    if (onTheRight >= 0) to = fewer;
    else from = fewer;
  }
  return [from, to];
}
