/** C0 and C1 controls, delete, lone surrogates, marks that change the direction of text, and invisible ones. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/gu;

/**
 * Text from the node as it may go to a terminal or a file: one line, and nothing in it that a terminal obeys. Names of
 * processes, cgroups and caches are data that anybody on the node can choose.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '?');
}
