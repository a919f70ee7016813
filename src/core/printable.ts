/**
 * What a terminal, a viewer of text or a line-based program obeys, or what nobody sees: controls, format characters
 * (those that turn the direction of text, tags), ends of lines, halves of a surrogate pair, characters that are drawn as
 * nothing, code points that are no characters (which XML forbids), and those that stand for a byte of a name that is no
 * UTF-8 (host/file-name.ts). The one rule for screen, messages and exports.
 */
const OBEYED =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uef80-\uefff]/gu;

/** What stands for a character that is not shown. */
const REPLACEMENT = '?';

/**
 * Text from the node as it may go to a terminal or a file: one line, and nothing in it that a terminal obeys. Names of
 * processes, cgroups and caches are data that anybody on the node can choose.
 */
export function printable(text: string): string {
  return replaceObeyed(text, () => REPLACEMENT);
}

/** Puts something else in the place of each character that is not to be shown. */
export function replaceObeyed(text: string, by: (character: string) => string): string {
  return text.replace(OBEYED, by);
}

/**
 * A message as it may go to a terminal: its lines as one, and nothing in it that a terminal obeys. Messages quote what
 * anybody can write: files, recordings, the text in which a JSON parser found its mistake.
 */
export function oneLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return printable(lines.filter((line) => line !== '').join(' '));
}

/** Text of a kernel, a server or a file's header in which nothing but ASCII is ever right. */
export function printableAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, REPLACEMENT);
}
