/**
 * A byte of a name that is no UTF-8, as it stands in a path here: 0x80 is U+EF80. The kernel takes any bytes as names,
 * and a name that is not told byte by byte cannot be opened again: its cgroup would look as if it were not there.
 */
const FIRST = 0xef80;

const STANDS_FOR_BYTES = /[\uef80-\uefff]/;

/** Decodes a name that the kernel gave; what is UTF-8 stays as it is, but for the characters that stand for bytes. */
export function nameOfBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!STANDS_FOR_BYTES.test(text) && bytes.equals(Buffer.from(text, 'utf8'))) return text;
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    const character = length === 0 ? '' : bytes.toString('utf8', at, at + length);
    const kept = length > 0 && !STANDS_FOR_BYTES.test(character);
    name += kept ? character : String.fromCharCode(FIRST + (bytes[at] ?? 0) - 0x80);
    at += kept ? length : 1;
  }
  return name;
}

/** A path as the system calls take it. */
export function bytesOfPath(path: string): string | Buffer {
  if (!STANDS_FOR_BYTES.test(path)) return path;
  const parts = Array.from(path, (character) => {
    const code = character.charCodeAt(0);
    return STANDS_FOR_BYTES.test(character) ? Buffer.from([code - FIRST + 0x80]) : Buffer.from(character, 'utf8');
  });
  return Buffer.concat(parts);
}

/** How many bytes the UTF-8 character at `at` takes; 0 where none begins there. */
function lengthOfCharacter(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    const part = bytes.subarray(at, at + length);
    const text = part.toString('utf8');
    if (!text.includes('\ufffd') && part.equals(Buffer.from(text, 'utf8'))) return length;
    if (part.toString('hex') === 'efbfbd') return length;
  }
  return 0;
}
