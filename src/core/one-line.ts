/** Controls, lone surrogates, and what is invisible, ends a line or changes the direction of text. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A message as it may go to a terminal: one line, and nothing in it that a terminal obeys. Messages quote what anybody
 * can write: files, recordings, the text in which a JSON parser found its mistake.
 */
export function oneLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .join(' ')
    .replace(OBEYED, '?');
}
