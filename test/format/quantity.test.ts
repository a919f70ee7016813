import { expect, test } from 'vitest';
import { bytes, count, duration, percent, seconds, signed, wholePercent } from '../../src/format/quantity.ts';

test('bytes have three digits and a binary prefix', () => {
  const all = [0, 1, 999, 1000, 1023, 1024 ** 2 - 1, 981 * 1024 ** 2, 1.25 * 1024 ** 3, -1024, 2 ** 60];
  expect(all.map(bytes)).toEqual([
    '0 B',
    '1 B',
    '999 B',
    '0.98 KiB',
    '1.00 KiB',
    '1.00 MiB',
    '981 MiB',
    '1.25 GiB',
    '-1.00 KiB',
    '1024 PiB',
  ]);
});

test('counts mark thousands', () => {
  expect([0, 999, 1000, 5_138_322, -1234].map(count)).toEqual(['0', '999', '1,000', '5,138,322', '-1,234']);
});

test('times go from microseconds to minutes', () => {
  const all = [0, 0.000024, 0.0001, 0.006, 0.00995, 0.289, 0.9994, 0.9996, 4.74, 9.995, 99, 232];
  expect(all.map(seconds)).toEqual([
    '0 us',
    '24 us',
    '0.1 ms',
    '6.0 ms',
    '10 ms',
    '289 ms',
    '999 ms',
    '1.00 s',
    '4.74 s',
    '10.0 s',
    '99.0 s',
    '3 min 52 s',
  ]);
});

test('stretches of time have their two largest units', () => {
  expect([0, 0.4, 12, 232, 3600, 83 * 86_400 + 4 * 3600].map(duration)).toEqual([
    '0 s',
    '0 s',
    '12 s',
    '3 min 52 s',
    '1 h',
    '83 d 4 h',
  ]);
});

test('percentages and signs', () => {
  expect([0, 12.14, 101.3, 6400].map(percent)).toEqual(['0.0 %', '12.1 %', '101.3 %', '6400 %']);
  expect(wholePercent(99.6)).toBe('100 %');
  expect([1024, -1024, 0].map((value) => signed(value, bytes))).toEqual(['+1.00 KiB', '-1.00 KiB', '0 B']);
});
