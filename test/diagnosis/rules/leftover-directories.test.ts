import { expect, test } from 'vitest';
import { History } from '../../../src/model/history.ts';
import { aNode, findingOf, MISSING, textOf } from '../a-node.ts';

const node = (live: number, history = new History()) =>
  findingOf(
    'leftover-directories',
    aNode((model) => ({ ...model, memcg: { ...model.memcg, live } })),
    history,
  );

test('on both sides, with the parent that has most of them', () => {
  expect(node(2999).severity).toBe('ok');
  expect(node(3000).severity).toBe('warning');
  expect(textOf(node(3000))).toMatch(/most of them are below \/kubepods\S*: \d+ children/);
});

test('growth is told after five minutes', () => {
  const grown = (seconds: number) => {
    const history = new History();
    history.of('memcg.live').push(0, 3000);
    history.of('memcg.live').push(seconds, 3100);
    return textOf(node(3100, history));
  };
  expect(grown(300)).toContain('they grow by 1,200 an hour');
  expect(grown(299)).not.toContain('an hour');
});

test('unknown where they are not counted', () => {
  const model = aNode((each) => ({ ...each, memcg: { ...each.memcg, live: MISSING } }));
  expect(findingOf('leftover-directories', model).reason).toEqual(MISSING);
});
