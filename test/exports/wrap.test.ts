import { expect, test } from 'vitest';
import { wrapText } from '../../src/format/wrap.ts';

test('text is broken at spaces', () => {
  expect(wrapText('the quick brown fox jumps', 16)).toEqual(['the quick brown', 'fox jumps']);
  expect(wrapText('fits', 16)).toEqual(['fits']);
  expect(wrapText('', 16)).toEqual(['']);
});

test('lines after the first are indented, and the indent counts', () => {
  const lines = wrapText('the quick brown fox jumps over', 20, 4);
  expect(lines).toEqual(['the quick brown', '    fox jumps over']);
});

test('a word longer than a line is cut into pieces, whole letters each', () => {
  expect(wrapText('a'.repeat(40), 16)).toEqual(['a'.repeat(16), 'a'.repeat(16), 'a'.repeat(8)]);
  for (const piece of wrapText('\u{1f4a5}'.repeat(20), 16)) expect(piece).toMatch(/^(?:\u{1f4a5})+$/u);
});

test('no room at all still gives lines that can be read', () => {
  expect(wrapText('one two', 0)).toEqual(['one two']);
});
