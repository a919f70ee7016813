import { expect, test } from 'vitest';
import { lineThrough } from './slope.ts';

test('the line through points that lie on one has its slope and no error', () => {
  const { slope, standardError } = lineThrough([0, 1, 2, 5].map((x) => [x, 7 - 3 * x] as const));
  expect(slope).toBeCloseTo(-3, 12);
  expect(standardError).toBeCloseTo(0, 12);
});

test('the error is that of the textbook: the points off the line, by their degrees of freedom and their spread', () => {
  // Off the line by 1, -1, -1, 1: 4 in all over 2 degrees of freedom, and the first figures spread over 5.
  const points = [
    [0, 1],
    [1, 1],
    [2, 3],
    [3, 7],
  ] as const;
  const { slope, standardError } = lineThrough(points);
  expect(slope).toBeCloseTo(2, 12);
  expect(standardError).toBeCloseTo(Math.sqrt(4 / 2 / 5), 12);
});

test('there is no slope where nothing moves along', () => {
  expect(lineThrough([])).toEqual({ slope: 0, standardError: 0 });
  expect(lineThrough([[3, 1]])).toEqual({ slope: 0, standardError: 0 });
  const two = [
    [3, 1],
    [3, 9],
  ] as const;
  expect(lineThrough(two)).toEqual({ slope: 0, standardError: 0 });
});
