const MAGIC_16_BIT = 0x011a;
const MAGIC_32_BIT = 0x021e;
const HEADER_BYTES = 12;
const EXTENDED_HEADER_BYTES = 10;

/**
 * A compiled terminfo entry in the legacy form, whose numbers have 16 bits.
 *
 * ncurses >= 6.1 writes every entry that needs it (256 colours and 65,536 pairs) in the "extended number format" with
 * 32-bit numbers (term(5)); the widget library knows the legacy form only and falls back to 8 colours or worse. A
 * number too big for 16 bits becomes 32,767, which is what ncurses itself writes into legacy entries. An entry that is
 * legacy already, or no entry at all, is handed back as it is: judging it is the reader's job.
 */
export function narrowTerminfo(entry: Buffer): Buffer {
  if (entry.length < HEADER_BYTES || entry.readUInt16LE(0) !== MAGIC_32_BIT) return entry;
  const header = Buffer.from(entry.subarray(0, HEADER_BYTES));
  header.writeUInt16LE(MAGIC_16_BIT, 0);
  const [names, bools, numbers, strings, table] = shortsAt(entry, 2);

  const parts: Buffer[] = [header];
  let at = HEADER_BYTES;
  const copy = (bytes: number) => {
    parts.push(entry.subarray(at, at + bytes));
    at += bytes;
  };
  const narrow = (count: number) => {
    parts.push(narrowNumbers(entry.subarray(at, at + 4 * count)));
    at += 4 * count;
  };

  copy(names + bools);
  if (at % 2 === 1) copy(1);
  narrow(numbers);
  copy(2 * strings + table);
  if (at % 2 === 1 && at < entry.length) at += 1;
  if (at + EXTENDED_HEADER_BYTES > entry.length) return Buffer.concat(parts);

  // Each section starts on an even byte, counted in the narrowed entry.
  if (lengthOf(parts) % 2 === 1) parts.push(Buffer.alloc(1));
  const [extendedBools, extendedNumbers] = shortsAt(entry, at);
  copy(EXTENDED_HEADER_BYTES + extendedBools);
  if (extendedBools % 2 === 1) copy(1);
  narrow(extendedNumbers);
  copy(entry.length - at);
  return Buffer.concat(parts);
}

function shortsAt(entry: Buffer, at: number): [number, number, number, number, number] {
  const short = (index: number) => entry.readUInt16LE(at + 2 * index);
  return [short(0), short(1), short(2), short(3), short(4)];
}

/**
 * A number below zero says "absent" (-1) or "cancelled" (-2); both are 0xffff in the legacy form as it is read here.
 * The bytes of an entry that was cut may end inside a number, which then is none.
 */
function narrowNumbers(wide: Buffer): Buffer {
  const count = Math.floor(wide.length / 4);
  const narrow = Buffer.alloc(2 * count);
  for (let index = 0; index < count; index += 1) {
    const value = wide.readInt32LE(4 * index);
    narrow.writeUInt16LE(value < 0 ? 0xffff : Math.min(value, 0x7fff), 2 * index);
  }
  return narrow;
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
