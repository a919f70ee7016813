import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Drop, DropNumbers } from '../../src/model/drop.ts';
import { History } from '../../src/model/history.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { all, aNode, aPin, dying, findingOf, MISSING, onKernel, textOf, withPins } from './a-node.ts';

const numbers = (more: Partial<DropNumbers>): DropNumbers => ({
  at: 0,
  slabBytes: 1e9,
  dentries: 1e6,
  dying: 20_000,
  heldKmemBytes: 249e6,
  rootReadSeconds: 0.03,
  kubeletSystemPct: 5,
  ...more,
});

const drop = (after: Partial<DropNumbers>, more: Partial<Drop> = {}): Drop => ({
  id: 'one',
  request: { mode: 2, sync: false },
  startedAt: 0,
  startedMonotonicSeconds: 0,
  phase: 'done',
  rehearsal: false,
  doneAt: 0,
  writeSeconds: 1,
  before: numbers({}),
  after: numbers(after),
  minuteAfter: MISSING,
  ...more,
});

/** A RHEL 8.1 kernel with a bare release string: the matrix takes it for one where slab pins. */
const node = (...drops: readonly Drop[]) => ({
  ...aNode(all(dying(20_000), onKernel('4.18.0'), withPins(aPin({ bytes: 249e6, kmemBytes: 249e6 })))),
  drops,
});

const judged = (...drops: readonly Drop[]) => diagnose(node(...drops), new History(), DEFAULT_THRESHOLDS);

test('what a completed mode 2 did not free while the dying stayed is no pin, whatever the matrix says', () => {
  expect(judged().pins.by).toBe('slab');
  expect(judged().recommendedDrop).toMatchObject({ request: { mode: 2 } });
  const taught = judged(drop({ dying: 19_900, heldKmemBytes: 240e6 }));
  expect(taught.pins.by).toMatchObject({ unavailable: 'unsupported' });
  expect(taught.recommendedDrop).toMatchObject({ none: { id: 'drop.taught' } });
  const text = textOf(findingOf('what-pins', node(drop({ dying: 19_900, heldKmemBytes: 240e6 }))));
  expect(text).toContain('drop_caches=2 left');
  expect(text).toContain('no pin on this kernel');
});

const noted = (keptBytes: number) => [{ at: 0, mode: 2, keptBytes, dyingAfter: 19_900 } as const];

test('what an earlier instance noted of its drop teaches until this one has made its own', () => {
  const after = (keptBytes: number, ...drops: readonly Drop[]) => {
    const one = node(...drops);
    const model = { ...one, node: { ...one.node, ownDrops: noted(keptBytes) } };
    return diagnose(model, new History(), DEFAULT_THRESHOLDS).recommendedDrop;
  };
  expect(after(240e6)).toMatchObject({ none: { id: 'drop.taught' } });
  expect(after(0)).toMatchObject({ request: { mode: 2 } });
  expect(after(240e6, drop({ dying: 188, heldKmemBytes: 3e6 }))).toMatchObject({ request: { mode: 2 } });
});

test.each<[string, Drop]>([
  ['it freed the dying', drop({ dying: 188, heldKmemBytes: 3e6 })],
  ['it freed kernel memory, and other cgroups died meanwhile', drop({ heldKmemBytes: 3e6 })],
  ['it was mode 1', drop({}, { request: { mode: 1, sync: false } })],
  ['it was a rehearsal', drop({}, { rehearsal: true })],
  ['its outcome is not there yet', drop({}, { after: MISSING })],
  ['what the dying hold was not counted since', drop({ heldKmemBytes: MISSING })],
  ['it failed', drop({}, { phase: 'failed' })],
])('a drop teaches nothing of it where %s', (_, one) => {
  expect(judged(one).pins.by).toBe('slab');
});
