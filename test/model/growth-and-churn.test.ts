import { expect, test } from 'vitest';
import { Churn } from '../../src/model/churn.ts';
import { growthPerSecond } from '../../src/series/rate.ts';
import { Series } from '../../src/series/series.ts';

const NOT_YET = { unavailable: 'warming-up', detail: expect.stringMatching(/needs a minute of (?:samples|walks)/) };

test('growth is not known before it has a minute of span, and then it is of that span', () => {
  const series = new Series(1000);
  for (let second = 0; second < 60; second += 1) series.push(second, second * 2);
  expect(growthPerSecond(series)).toMatchObject(NOT_YET);
  series.push(60, 120);
  expect(growthPerSecond(series)).toBe(2);
});

test('a jump of thousands is in the growth with the next sample', () => {
  const series = new Series(1000);
  for (let second = 0; second < 100; second += 1) series.push(second, 9);
  series.push(100, 7009);
  expect(growthPerSecond(series)).toBe(70);
});

test('growth is of the last five minutes', () => {
  const series = new Series(1000);
  for (let second = 0; second < 700; second += 1) series.push(second, second < 300 ? second * 100 : 30_000);
  expect(growthPerSecond(series)).toBe(0);
});

test('a drop is no growth of what comes after it', () => {
  const series = new Series(1000);
  for (let second = 0; second < 400; second += 1) series.push(second, second < 300 ? 7000 : second - 300);
  expect(growthPerSecond(series)).toBeLessThan(-20);
  expect(growthPerSecond(series, 300)).toBe(1);
  expect(growthPerSecond(series, 350)).toMatchObject(NOT_YET);
});

test('two close walks give no rate', () => {
  const churn = new Churn();
  churn.take(0, [], [], true);
  churn.take(1, [], ['/a/1', '/a/2'], false);
  expect(churn.perMinute('removed')).toMatchObject(NOT_YET);
  expect(churn.below('/a')).toMatchObject(NOT_YET);
  churn.take(60, ['/a/3'], [], false);
  expect(churn.perMinute('removed')).toBe(2);
});
