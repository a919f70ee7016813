import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { fieldValue, missingValues } from '../../src/model/field-value.ts';
import { captured } from '../support/captures.ts';
import { observeFixture } from '../support/observe.ts';

const { model } = observeFixture(captured('incident'));

test('a field is found by its id', () => {
  expect(fieldValue(model, 'memcg.dying')).toBe(19_896);
  expect(fieldValue(model, 'memcg.heldByDying.kmemBytes')).toBe(654_753_792);
  expect(fieldValue(model, 'host.name')).toBe('node-sick');
  expect(fieldValue(model, 'reads.root.wallSeconds')).toBe(3.6632);
});

test('within a missing part every field has the reason of the part', () => {
  expect(fieldValue(model, 'kubelet.cpuPct')).toBe(model.kubelet);
});

test('a field that has many values has no single one', () => {
  expect(fieldValue(model, 'slab.caches[].name')).toEqual(missing('absent', 'slab.caches[].name is not there'));
});

test('what is missing is told once, at the part that is missing', () => {
  const ids = missingValues(model).map(({ id }) => id);
  expect(ids).toContain('kubelet');
  expect(ids).toContain('host.distribution');
  expect(ids.filter((id) => id.startsWith('kubelet'))).toEqual(['kubelet']);
  expect(ids).not.toContain('memcg.dying');
});

test('a root that has not been read is missing although other reads are there', () => {
  const unread = { ...model, reads: model.reads.filter((read) => read.path !== '/') };
  expect(missingValues(unread).map(({ id }) => id)).toContain('reads.root.wallSeconds');
});
