import { expect, test } from 'vitest';
import { FIELDS, type FieldId, isFieldId } from '../../src/model/fields.ts';
import { GRAPHED } from '../../src/model/history.ts';
import type { Model } from '../../src/model/model.ts';
import { captured } from '../support/captures.ts';
import { generateHost } from '../support/generated-host.ts';
import { leavesOf } from '../support/leaves.ts';
import { observeFixture } from '../support/observe.ts';

const UNITS_OF_NUMBERS = ['bytes', 'bytesPerSecond', 'count', 'countPerSecond', 'countPerMinute', 'pct', 'seconds'];

function check(model: Model): ReadonlySet<string> {
  const leaves = leavesOf(model);
  for (const { id, value } of leaves) {
    expect(isFieldId(id), `${id} is in the catalogue`).toBe(true);
    const { unit } = FIELDS[id as FieldId];
    if (typeof value === 'number') expect(Number.isFinite(value), id).toBe(true);
    if (unit === 'flag') expect(typeof value, id).toBe('boolean');
    else if (unit === 'time' || UNITS_OF_NUMBERS.includes(unit)) expect(typeof value, id).toBe('number');
    else if (unit === 'text') expect(typeof value, id).toBe('string');
    else expect(['number', 'string'], id).toContain(typeof value);
  }
  return new Set(leaves.map(({ id }) => id));
}

test('every value of the captured incident is in the catalogue, with its kind of value', () => {
  const seen = check(observeFixture(captured('incident'), 2).model);
  expect([...seen]).toEqual(
    expect.arrayContaining(['memcg.dying', 'slab.caches[].sizeBytes', 'memcg.heldByDying.where[].bytes']),
  );
});

test('every value of a node with a kubelet is in the catalogue, on v1 and on v2', () => {
  for (const cgroup of ['v1', 'v2'] as const) {
    const host = generateHost({ live: 30, dying: 7, cgroup, kubelet: { pid: 1342, threads: 3 }, processes: 2 });
    const seen = check(observeFixture(host.root, 2).model);
    expect([...seen]).toEqual(expect.arrayContaining(['kubelet.pid', 'kubelet.threadRows[].tid', 'memcg.dying']));
    host.remove();
  }
});

test('what is graphed has a field', () => {
  for (const id of GRAPHED) expect(isFieldId(id), id).toBe(true);
  expect(isFieldId('memcg.nothing')).toBe(false);
});

test('the name of a field carries its unit, as the names of values do', () => {
  const endings = { bytes: /Bytes$|\.bytes$/, pct: /Pct$/, seconds: /Seconds$|\.seconds$/ } as const;
  for (const [id, { unit }] of Object.entries(FIELDS)) {
    if (unit === 'bytes' || unit === 'pct' || unit === 'seconds') expect(id).toMatch(endings[unit]);
  }
});

test('every field is told in words that fit into a table', () => {
  for (const [id, { means, from, missing }] of Object.entries(FIELDS)) {
    for (const text of [means, from, missing]) {
      expect(text, id).not.toBe('');
      expect(text, id).not.toMatch(/[|\n.]$|\|/);
    }
  }
});
