const NUMBER = /\d+/g;

/**
 * A text between two captured ones: every number that differs lies `share` of the way from the first to the second
 * (beyond it above 1), rounded and never below 0. Where the two have other words, lines are matched by their first one,
 * and a line that only the second has is taken as it is.
 */
export function interpolated(from: string, to: string, share: number): string {
  if (from === to) return to;
  const whole = numbersBetween(from, to, share);
  if (whole !== undefined) return whole;
  const lines = new Map(from.split('\n').map((line) => [firstWord(line), line]));
  return to
    .split('\n')
    .map((line) => numbersBetween(lines.get(firstWord(line)) ?? line, line, share) ?? line)
    .join('\n');
}

function numbersBetween(from: string, to: string, share: number): string | undefined {
  const words = (text: string) => text.replace(NUMBER, '#').replace(/\s+/g, ' ');
  if (words(from) !== words(to)) return undefined;
  const before = from.match(NUMBER) ?? [];
  let index = 0;
  return to.replace(NUMBER, (text) => {
    const first = before[index] ?? text;
    index += 1;
    if (first === text) return text;
    return String(Math.max(0, Math.round(Number(first) + (Number(text) - Number(first)) * share)));
  });
}

function firstWord(line: string): string {
  return line.trimStart().split(/\s/, 1)[0] ?? '';
}
