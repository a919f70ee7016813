import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitInput } from '../../../src/views/terminal/split-input.ts';

test.each([
  ['abc', ['a', 'b', 'c'], ''],
  ['\x1b[A\x1b[A', ['\x1b[A', '\x1b[A'], ''],
  ['\x1bOPq', ['\x1bOP', 'q'], ''],
  ['\x1b[[A\x1b[5^\x1b[1;5C', ['\x1b[[A', '\x1b[5^', '\x1b[1;5C'], ''],
  ['x\x1b', ['x'], '\x1b'],
  ['\x1b[1;', [], '\x1b[1;'],
  ['\x1bq', ['\x1b', 'q'], ''],
  ['\x1b\x1b[B', ['\x1b', '\x1b[B'], ''],
  ['\x1b]11;rgb:0000/0000/0000\x07y', ['y'], ''],
  ['é宽😀', ['é', '宽', '😀'], ''],
] as const)('%j', (text, keys, rest) => {
  expect(splitInput(text)).toEqual({ keys, rest });
});

test('a start that never ends is given up as Escape', () => {
  const endless = `\x1b[${'1;'.repeat(60)}`;
  expect(splitInput(endless).keys.slice(0, 3)).toEqual(['\x1b', '[', '1']);
});

test('no byte is lost or doubled, wherever the network cuts', () => {
  const piece = fc.constantFrom('a', '\x1b', '\x1b[A', '\x1bOB', '\x1b[3~', 'é', '\r', '[', '1', '~');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(60), (pieces, at) => {
      const text = pieces.join('');
      const first = splitInput(text.slice(0, at));
      const second = splitInput(first.rest + text.slice(at));
      expect([...first.keys, ...second.keys].join('') + second.rest).toBe(text);
      expect([...first.keys, ...second.keys]).toEqual(splitInput(text).keys);
    }),
  );
});
