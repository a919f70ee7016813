import { expect, test } from 'vitest';
import { SecondSample } from '../../../src/app/children/second-sample.ts';
import { missing } from '../../../src/core/missing.ts';
import type { Model } from '../../../src/model/model.ts';
import { captured } from '../../support/captures.ts';
import { observeFixture } from '../../support/observe.ts';

const { model } = observeFixture(captured('healthy'));
const none: Model = { ...model, kubelet: missing('absent') };
const of = (pid: number): Model => ({ ...model, kubelet: JSON.parse(JSON.stringify({ pid })) });

test('rates take two samples of the same kubelet, whatever process bore its name before', () => {
  const alone = new SecondSample();
  expect([of(1), of(1)].map((each) => alone.take(each))).toEqual([false, true]);
  const two = new SecondSample();
  expect([of(1), of(2), of(2)].map((each) => two.take(each))).toEqual([false, false, true]);
  const without = new SecondSample();
  expect([none, none].map((each) => without.take(each))).toEqual([false, true]);
});

test('one that is another each time is waited for no longer than five samples', () => {
  const restarting = new SecondSample();
  expect([1, 2, 3, 4, 5].map((pid) => restarting.take(of(pid)))).toEqual([false, false, false, false, true]);
});
