import { expect, test } from 'vitest';
import { isMissing, missing } from '../../src/core/missing.ts';
import { type InstantSeries, parseInstant, parseRange, parseRefusal } from '../../src/fleet/answer.ts';
import { deriveFacts } from '../../src/fleet/derive-facts.ts';
import { deriveCounts, deriveKernels, deriveNodes, dyingOn, worstOf } from '../../src/fleet/derive-list.ts';
import { deriveEvents } from '../../src/fleet/derive-more.ts';
import { proposeWaves } from '../../src/fleet/waves.ts';

const answer = (...series: readonly InstantSeries[]) => ({ series, warnings: [] });
const node = (instance: string, value: number, more: Readonly<Record<string, string>> = {}): InstantSeries => ({
  labels: { __name__: 'x', instance, job: 'slabtop-k8s', node: `n-${instance}`, ...more },
  value,
});
const NONE = missing('warming-up');

function nodesOf(...series: readonly InstantSeries[]) {
  return deriveNodes({ severity: answer(...series), worstRead: NONE, dying: NONE, silent: NONE }, 'node', new Map());
}

test('the worst come first, and a silent node stands above one that cannot tell', () => {
  const rows = deriveNodes(
    {
      severity: answer(node('a', 2), node('b', 4), node('c', 3)),
      worstRead: NONE,
      dying: NONE,
      silent: answer(node('d', 0)),
    },
    'node',
    new Map(),
  );
  expect(rows.map(({ name, state }) => [name, state])).toEqual([
    ['n-b', 'critical'],
    ['n-c', 'warning'],
    ['n-d', 'silent'],
    ['n-a', 'unknown'],
  ]);
});

test('two clusters may have nodes of one name', () => {
  const rows = nodesOf(node('a', 4, { cluster: 'one' }), node('a', 3, { cluster: 'two' }));
  expect(rows).toHaveLength(2);
  expect(rows[0]?.key).not.toBe(rows[1]?.key);
});

test('a series that comes twice is one node, in the worse state', () => {
  expect(nodesOf(node('a', 3), node('a', 4)).map(({ state }) => state)).toEqual(['critical']);
});

test('a level that there is not is unknown, never healthy', () => {
  expect(nodesOf(node('a', 17)).map(({ state }) => state)).toEqual(['unknown']);
});

test('read times that swing by a few percent do not change the order', () => {
  const order = (one: number, other: number) =>
    deriveNodes(
      {
        severity: answer(node('a', 4), node('b', 4)),
        worstRead: answer(node('a', one, { file: 'memory.stat' }), node('b', other, { file: 'memory.stat' })),
        dying: NONE,
        silent: NONE,
      },
      'node',
      new Map(),
    ).map(({ name }) => name);
  expect(order(9.0, 9.1)).toEqual(order(9.1, 9.0));
  expect(order(2, 9)).toEqual(['n-b', 'n-a']);
});

test('counts and kernels are by level', () => {
  const level = (level: string, value: number, more = {}) => ({ labels: { level, ...more }, value });
  expect(deriveCounts(answer(level('4', 3), level('0', 90), level('2', 1)), NONE)).toEqual({
    ...{ critical: 3, warning: 0, unknown: 1, info: 0, ok: 90, silent: NONE },
  });
  const rows = deriveKernels(
    answer(level('4', 3, { kernel: 'k' }), level('0', 9, { kernel: 'k' }), level('0', 7, { kernel: 'j' })),
  );
  expect(rows.map(({ kernel, nodes, critical }) => [kernel, nodes, critical])).toEqual([
    ['k', 12, 3],
    ['j', 7, 0],
  ]);
});

test('a fleet is well only where nodes say so', () => {
  expect(deriveCounts(answer(), NONE)).toMatchObject({ unavailable: 'absent' });
  expect(deriveCounts(answer(), answer(node('a', 0)))).toMatchObject({ ok: 0, silent: 1 });
  const counts = { critical: 0, warning: 0, unknown: 0, info: 0, ok: 9, silent: NONE };
  expect(worstOf(counts)).toBe('ok');
  expect(worstOf({ ...counts, unknown: 1 })).toBe('unknown');
  expect(worstOf({ ...counts, unknown: 1, silent: 1 })).toBe('warning');
  expect(worstOf({ ...counts, silent: 1, critical: 1 })).toBe('critical');
});

test('the dying of a node that is not bad are those of its facts', () => {
  const lists = { severity: answer(node('a', 0)), worstRead: answer(), dying: answer(), silent: NONE };
  const [asked] = deriveNodes(lists, 'node', new Map());
  if (asked === undefined) throw new Error('no node');
  expect(dyingOn(asked)).toMatchObject({ unavailable: 'warming-up' });
  const told = answer(node('a', 20, { __name__: 'slabtop_memcgs', state: 'dying' }));
  const facts = deriveFacts(
    { facts: told, kubeletSystem: NONE, growth: NONE, trend: NONE },
    { at: 0, dyingCritical: 10_000, span: { fromSeconds: 0, stepSeconds: 60, columns: 60 } },
  );
  const [known] = deriveNodes(lists, 'node', facts);
  if (known === undefined) throw new Error('no node');
  expect(dyingOn(known)).toBe(20);
});

test('what was before a state that is seen first is not told', () => {
  const series = [
    {
      labels: { instance: 'a', node: 'a' },
      points: [
        [600, 3],
        [660, 4],
        [1200, 3],
      ] as [number, number][],
    },
  ];
  const none = missing('failed');
  const events = deriveEvents(
    { drops: none, restarts: none, states: { series, warnings: [] } },
    { nodeLabel: 'node', fromSeconds: 0, stepSeconds: 60 },
  );
  if (isMissing(events)) throw new Error();
  expect(events.map(({ at, ...rest }) => [at / 1000, rest])).toEqual([
    [1200, { name: 'a', kind: 'state', to: 'warning' }],
    [720, { name: 'a', kind: 'state', from: 'critical' }],
    [660, { name: 'a', kind: 'state', from: 'warning', to: 'critical' }],
    [600, { name: 'a', kind: 'state', to: 'warning' }],
  ]);
});

test('waves: critical ones first, at most so many at once; what was not asked is looked at', () => {
  const waves = proposeWaves(nodesOf(node('a', 3), node('b', 4), node('c', 4), node('d', 2)), 2);
  expect(waves.map((wave) => wave.map(({ name, by }) => [name, by]))).toEqual([
    [
      ['n-b', 'look'],
      ['n-c', 'look'],
    ],
    [['n-a', 'look']],
  ]);
});

test.each([
  '',
  '<html>502</html>',
  '{"status":"success"',
  '[]',
  'null',
  '{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}',
  '{"status":"success","data":{"resultType":"vector","result":{}}}',
])('%j is no answer', (text) => {
  expect(isMissing(parseInstant(text))).toBe(true);
  expect(isMissing(parseRange(text))).toBe(true);
});

test('NaN, infinite and torn values are left out, warnings are kept', () => {
  const rows = [
    { metric: { instance: 'a' }, value: [1, 'NaN'] },
    { metric: { instance: 'b' }, value: [1, '+Inf'] },
    { metric: { instance: 'c' }, value: [1] },
    { metric: 'd', value: [1, '2'] },
    { metric: { instance: 'e' }, value: [1, '2'] },
  ];
  const text = JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result: rows },
    warnings: ['partial'],
  });
  expect(parseInstant(text)).toMatchObject({
    series: [{ labels: { instance: 'e' }, value: 2 }],
    warnings: ['partial'],
  });
});

test('a refusal has its kind and words', () => {
  expect(parseRefusal('{"status":"error","errorType":"bad_data","error":"parse error"}')).toEqual({
    ...{ kind: 'bad_data', words: 'parse error' },
  });
  expect(parseRefusal('{"status":"success"}')).toBeUndefined();
});
