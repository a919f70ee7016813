import { printable } from '../../core/printable.ts';

const FIRST_PRINTABLE = 0x20;
const LAST_ASCII = 0x7e;
const BLANK_BRAILLE = 0x2800;
const REPLACEMENT = '?';

/** Scripts and forms that terminals draw two columns wide (East Asian Width W and F, Unicode 16) within one code unit. */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u4dff\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

/** No column of their own, or nobody knows how many: marks, private use, what is not assigned, vowels of Hangul. */
const WITHOUT_COLUMN = /[\p{Co}\p{Cn}\p{Mn}\p{Me}\u1160-\u11ff]/u;

const unicodeGlyphs: (string | undefined)[] = [];
const asciiGlyphs: (string | undefined)[] = [];

/**
 * The character that a cell gets for one UTF-16 code unit: itself where it is printable and one column wide, `?`
 * otherwise. The last line of defence against text that would move the cursor or shift the rest of its row. A blank
 * braille cell is a space, since some fonts draw dots in it. Answers are kept, so that a frame costs one look-up a cell.
 */
export function glyph(codeUnit: number, unicode: boolean): string {
  const glyphs = unicode ? unicodeGlyphs : asciiGlyphs;
  const known = glyphs[codeUnit];
  if (known !== undefined) return known;
  const decided = decideGlyph(codeUnit, unicode);
  glyphs[codeUnit] = decided;
  return decided;
}

function decideGlyph(codeUnit: number, unicode: boolean): string {
  const character = String.fromCharCode(codeUnit);
  if (codeUnit >= FIRST_PRINTABLE && codeUnit <= LAST_ASCII) return character;
  if (codeUnit === BLANK_BRAILLE || codeUnit === 0xa0) return ' ';
  if (!unicode || WITHOUT_COLUMN.test(character) || WIDE.test(character)) return REPLACEMENT;
  if (printable(character) !== character) return REPLACEMENT;
  return character;
}
