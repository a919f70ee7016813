/**
 * Text in lines of at most so many columns, broken at spaces; lines after the first begin with `indent` spaces. A word
 * that is too long for a line is cut into pieces: paths of cgroups are.
 */
export function wrapText(text: string, columns: number, indent = 0): readonly string[] {
  const room = Math.max(MOST_NARROW, columns - indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, room))) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines.map((each, index) => (index === 0 ? each : ' '.repeat(indent) + each));
}

/** Below this nobody reads, and an indent must not leave less than nothing. */
const MOST_NARROW = 16;

function pieces(word: string, room: number): readonly string[] {
  return word.length <= room ? [word] : (word.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []);
}
