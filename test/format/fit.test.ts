import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutLine, fitText, padLine, spread } from '../../src/format/fit.ts';
import { lineWidth, plain, run } from '../../src/format/styled.ts';

test('text is padded or cut to exactly that many columns', () => {
  expect(fitText('abc', 5, 'left')).toBe('abc  ');
  expect(fitText('abc', 5, 'right')).toBe('  abc');
  expect(fitText('abcdef', 4, 'left')).toBe('abc…');
  expect(fitText('abcdef', 4, 'left', 'left')).toBe('…def');
  expect(fitText('web-7d9f-x2x9z', 9, 'left', 'middle')).toBe('web-…2x9z');
  expect(fitText('abcdef', 1, 'left', 'middle')).toBe('…');
  expect(fitText('abc', 0, 'left')).toBe('');
});

test('a line that fits is handed back as it is', () => {
  const line = [run('abc'), run('def', { bold: true })];
  expect(cutLine(line, 6)).toBe(line);
  expect(cutLine(line, 4)).toEqual([run('abc'), run('d', { bold: true })]);
  expect(plain(padLine(line, 8))).toBe('abcdef  ');
});

test('parts give way by their rank, the right ones before the left ones', () => {
  const part = (rank: number, text: string) => ({ rank, runs: [run(text)] });
  const left = [part(0, 'node'), part(2, 'kernel')];
  const right = [part(1, 'live'), part(2, 'self')];
  const text = (width: number) => plain(spread(left, right, width));
  expect(text(30)).toBe('node  kernel        live  self');
  expect(text(20)).toBe('node  kernel    live');
  expect(text(14)).toBe('node      live');
  expect(text(5)).toBe('node ');
  expect(text(2)).toBe('no');
});

test('whatever the parts are, they have exactly the width', () => {
  const parts = fc.array(
    fc
      .record({ rank: fc.nat(5), text: fc.string({ maxLength: 30 }) })
      .map(({ rank, text }) => ({ rank, runs: [run(text)] })),
  );
  fc.assert(
    fc.property(parts, parts, fc.integer({ min: 0, max: 200 }), (left, right, width) => {
      expect(lineWidth(spread(left, right, width))).toBe(width);
    }),
  );
});
