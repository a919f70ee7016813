import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/core/printable.ts';

test('what a terminal obeys, or what turns or hides text, becomes a question mark', () => {
  expect(printable('\x1b[2Jname\n\t\u0085')).toBe('?[2Jname???');
  expect(printable('a\u202eb\u200bc\ufeffd\ud800e')).toBe('a?b?c?d?e');
});

test('names, tags and other scripts stay as they are', () => {
  expect(printable('{red-fg}kube-system/größe $(x)')).toBe('{red-fg}kube-system/größe $(x)');
});

test('of any text nothing is left that a terminal obeys, and printing it again changes nothing', () => {
  const character = fc.oneof(fc.nat(0xff), fc.nat(0xffff)).map((code) => String.fromCharCode(code));
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 80 }), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      expect(printable(shown)).toBe(shown);
    }),
    { numRuns: 1000 },
  );
});
