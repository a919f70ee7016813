import { expect, test } from 'vitest';
import { compareVersions, formatVersion, isAtLeast } from '../../../src/diagnosis/kernel/version.ts';

test('numbers are compared as numbers, not as text', () => {
  expect(compareVersions([5, 10], [5, 9])).toBeGreaterThan(0);
  expect(compareVersions([4, 18, 0], [4, 4, 227])).toBeGreaterThan(0);
  expect(compareVersions([3, 10], [5, 2])).toBeLessThan(0);
});

test('a part that is absent counts as 0', () => {
  expect(compareVersions([5, 2], [5, 2, 0])).toBe(0);
  expect(compareVersions([147], [147, 8, 1])).toBeLessThan(0);
});

test('a version is at least itself', () => {
  expect(isAtLeast([5, 2], [5, 2])).toBe(true);
  expect(isAtLeast([5, 1, 21], [5, 2])).toBe(false);
});

test('a version is written with dots', () => {
  expect(formatVersion([4, 18, 0])).toBe('4.18.0');
});
