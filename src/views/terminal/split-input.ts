/**
 * A whole control sequence at the start: of the Linux console (`ESC [ [ A`), of rxvt (`ESC [ 5 ^`), of ECMA-48
 * (`ESC [ 1 ; 5 A`), of the application keypad (`ESC O P`).
 */
const KEY_SEQUENCE = /^\x1b(?:\[\[[A-E]|\[\d+(?:;\d+)*[~^$]|\[[0-?]*[ -/]*[@-Z\\-~]|O[\d;]*[A-Za-z])/;

/** A string that only a terminal sends, as the answer to a question: OSC, DCS, APC, PM or SOS up to its end. */
const ANSWER = /^\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)/;

/** What may still become one of the two. */
const UNFINISHED = /^\x1b(?:\[\[?[0-?]*[ -/]*|O[\d;]*|[\]P_^X][^\x07\x1b]*\x1b?)?$/;

/** Longer unfinished sequences are not a key that is on its way. */
const LONGEST_SEQUENCE = 64;

/** What was typed, one key after the other, and the start of a sequence whose end has not arrived. */
export interface SplitInput {
  readonly keys: readonly string[];
  readonly rest: string;
}

/**
 * Cuts what a terminal sent into keys: one character or one whole sequence each. A network may deliver a sequence in
 * pieces, so its start is kept until the end comes; Escape and a character typed quickly are two keys, as for ncurses.
 */
export function splitInput(text: string): SplitInput {
  const keys: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '\x1b') {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      keys.push(character);
      at += character.length;
      continue;
    }
    const remaining = text.slice(at, at + 4 * LONGEST_SEQUENCE);
    const answer = ANSWER.exec(remaining)?.[0];
    const sequence = KEY_SEQUENCE.exec(remaining)?.[0];
    if (answer !== undefined) at += answer.length;
    else if (sequence !== undefined) {
      keys.push(sequence);
      at += sequence.length;
    } else if (remaining.length <= LONGEST_SEQUENCE && UNFINISHED.test(remaining)) {
      return { keys, rest: remaining };
    } else {
      keys.push('\x1b');
      at += 1;
    }
  }
  return { keys, rest: '' };
}

/** The keys of a rest that nothing followed: Escape, and what was typed after it. */
export function keysOfRest(rest: string): readonly string[] {
  return [...rest];
}
