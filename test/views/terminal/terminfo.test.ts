import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import Tput from 'blessed/lib/tput.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { mendTerminfo } from '../../../src/views/terminal/blessed.ts';
import { narrowTerminfo } from '../../../src/views/terminal/terminfo.ts';

/** Part of ncurses, as the entries are. */
const INFOCMP = 'infocmp';

const FOLDERS = ['/lib/terminfo', '/usr/share/terminfo'];

/**
 * Every terminal's compiled entry on this machine, with its path; ncurses-term brings about 2,700. A name with a plus
 * is no terminal but a piece that entries are made from (terminfo(5)).
 */
const entries = FOLDERS.flatMap((folder) =>
  filesBelow(folder).map((path) => ({ path, name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(path) })),
).filter(({ name }) => !name.includes('+'));
const wide = entries.filter(({ bytes }) => bytes.readUInt16LE(0) === 0x021e);

function filesBelow(folder: string): string[] {
  const found = readdirSync(folder, { withFileTypes: true });
  return found.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

beforeAll(mendTerminfo);

describe('on every entry of this machine', () => {
  test.skipIf(entries.length === 0)(`all ${entries.length} entries parse`, () => {
    const failures = entries.flatMap(({ path, bytes }) => {
      try {
        const { name } = Tput.prototype.parseTerminfo.call(Tput.prototype, bytes, path);
        return name.length > 0 ? [] : [`${path}: no name`];
      } catch (error) {
        return [`${path}: ${error}`];
      }
    });
    expect(failures).toEqual([]);
  });

  test.skipIf(wide.length === 0)(
    `the ${wide.length} entries with 32-bit numbers have the colours that infocmp tells`,
    () => {
      const wrong = wide.flatMap(({ path, name }) => {
        // The library looks names up in lower case.
        if (name !== name.toLowerCase()) return [];
        const told = execFileSync(INFOCMP, ['-1', '-x', name], { encoding: 'utf8' });
        const colours = /^\tcolors#(0x[\da-f]+|\d+),$/m.exec(told)?.[1];
        const expected = colours === undefined ? -1 : Math.min(Number(colours), 0x7fff);
        const terminal = new Tput({ terminal: name });
        const moves = terminal.cup(4, 9).includes('5') || terminal.cup(4, 9) !== '';
        return terminal.colors === expected && moves && terminal.error === null
          ? []
          : [`${path}: ${terminal.colors}, not ${expected}`];
      });
      expect(wrong).toEqual([]);
    },
  );
});

test('an entry in the legacy form is handed back as it is', () => {
  const legacy = Buffer.from([0x1a, 0x01, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x61, 0]);
  expect(narrowTerminfo(legacy)).toBe(legacy);
  expect(narrowTerminfo(Buffer.from('#'))).toEqual(Buffer.from('#'));
});

test('32-bit numbers become 16-bit ones: absent stays absent, too big becomes 32,767', () => {
  const header = [0x1e, 0x02, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0];
  const numbers = [0x00, 0x01, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 1, 0];
  const wideEntry = Buffer.from([...header, 0x61, 0, 1, 0, ...numbers, 0, 0, 0x62, 0]);
  const narrow = narrowTerminfo(wideEntry);
  expect([...narrow]).toEqual([
    0x1a,
    0x01,
    ...header.slice(2),
    0x61,
    0,
    1,
    0,
    0,
    1,
    0xff,
    0xff,
    0xff,
    0x7f,
    0,
    0,
    0x62,
    0,
  ]);
});

test('any bytes give bytes: judging them is for who reads them', () => {
  const header = Buffer.from([0x1e, 0x02]);
  const made = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.concat([header, bytes]));
  const cut = fc
    .tuple(fc.constantFrom(...wide.slice(0, 20).map(({ bytes }) => bytes), header), fc.nat(400))
    .map(([bytes, length]) => bytes.subarray(0, length));
  fc.assert(
    fc.property(fc.oneof(made, cut), (bytes) => {
      expect(narrowTerminfo(bytes)).toBeInstanceOf(Buffer);
    }),
    { numRuns: 500 },
  );
});
