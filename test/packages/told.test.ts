import { statSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { MADE } from './made.ts';

const told = inject('told');

test.each(Object.entries(MADE))('the size of the %s package is told', (_, path) => {
  const [, mebibytes] = new RegExp(`^${path.replaceAll('.', '\\.')}  ([\\d.]+) MiB`, 'm').exec(told) ?? [];
  expect(Number(mebibytes)).toBeCloseTo(statSync(path).size / 1024 / 1024, 1);
});

test('how quickly the single executable starts is told, and Node with the same program beside it', () => {
  const [, single] = /, starts in (\d+) ms$/m.exec(told) ?? [];
  const [, plain] = /^for comparison: node dist\/slabtop-k8s\.cjs starts in (\d+) ms$/m.exec(told) ?? [];
  expect(Number(single)).toBeGreaterThan(5);
  expect(Number(single)).toBeLessThan(5000);
  expect(Number(plain)).toBeGreaterThan(5);
});
