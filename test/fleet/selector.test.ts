import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { anyOf, containing, parseSelector, printMatchers } from '../../src/fleet/selector.ts';

test('matchers are read and written again, never pasted', () => {
  const read = parseSelector(' {cluster="prod", zone=~"eu-.*",job!="a\\"b"} ');
  if (isMissing(read)) throw new Error(read.detail);
  expect(printMatchers(read)).toBe('{cluster="prod",zone=~"eu-.*",job!="a\\"b"}');
  expect(printMatchers([])).toBe('');
});

test.each([
  'cluster=prod',
  'cluster="prod" zone="a"',
  '} or up{',
  'a="b",,',
  'a="b\\x"',
  '1a="b"',
  'a="b"} or vector(1) #',
])('%j is refused', (text) => expect(isMissing(parseSelector(text))).toBe(true));

test('whatever a value holds, it comes back as it was', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const read = parseSelector(printMatchers([{ label: 'a', operator: '=', value }]));
      expect(read).toEqual([{ label: 'a', operator: '=', value }]);
    }),
  );
});

test('names in a pattern match themselves alone', () => {
  const { value } = anyOf('instance', ['10.0.0.1:10047', 'a|b']);
  expect(new RegExp(`^(?:${value})$`).test('10.0.0.1:10047')).toBe(true);
  expect(new RegExp(`^(?:${value})$`).test('10x0x0x1:10047')).toBe(false);
  expect(new RegExp(`^(?:${value})$`).test('a')).toBe(false);
  expect(containing('node', 'a.b').value).toBe('(?i).*a\\.b.*');
});
