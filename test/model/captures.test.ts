import { expect, test } from 'vitest';
import { captured } from '../support/captures.ts';
import { observeFixture } from '../support/observe.ts';

test('the captured incident gives its numbers', () => {
  const { model } = observeFixture(captured('incident'));
  expect(model.memcg.total).toBe(20_082);
  expect(model.memcg.live).toBe(186);
  expect(model.memcg.dying).toBe(19_896);
});
