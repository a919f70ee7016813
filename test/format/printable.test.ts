import { expect, test } from 'vitest';
import { printable } from '../../src/format/printable.ts';

test('what a terminal obeys, or what turns or hides text, becomes a question mark', () => {
  expect(printable('\x1b[2Jname\n\t\u0085')).toBe('?[2Jname???');
  expect(printable('a\u202eb\u200bc\ufeffd\ud800e')).toBe('a?b?c?d?e');
});

test('names, tags and other scripts stay as they are', () => {
  expect(printable('{red-fg}kube-system/größe $(x)')).toBe('{red-fg}kube-system/größe $(x)');
});
