import { expect, test } from 'vitest';
import { all, aNode, aPin, dying, findingOf, MISSING, onKernel, textOf, withPins } from '../a-node.ts';

test('names the kind, the parent, its pod, and what that answers to', () => {
  const pins = [
    aPin({ kmemBytes: 600e6, bytes: 600e6 }),
    aPin({ kmemBytes: 50e6, bytes: 50e6, path: '/kubepods/podx', pod: 'prod/api' }),
  ];
  const finding = findingOf('what-pins', aNode(all(dying(20_000), withPins(...pins))));
  expect(finding.severity).toBe('warning');
  const text = textOf(finding);
  expect(text).toContain('pinned by slab objects (dentries and inodes): ');
  expect(text).toContain('below /kubepods/podx (prod/api): slab objects (dentries and inodes): 47.7 MiB');
  expect(text).toContain('drop_caches mode 2');
  expect(finding.evidence.map(({ of }) => of)).toContain('/kubepods/burstable');
});

test('few dying are not asked about, on both sides', () => {
  const pinned = withPins(aPin({ kmemBytes: 600e6 }));
  expect(findingOf('what-pins', aNode(all(dying(999), pinned))).severity).toBe('ok');
  expect(findingOf('what-pins', aNode(all(dying(1000), pinned))).severity).toBe('warning');
  expect(findingOf('what-pins', aNode(all(dying(1000, 2000), pinned))).severity).toBe('info');
});

test('within the noise it cannot tell', () => {
  const finding = findingOf(
    'what-pins',
    aNode(all(dying(2000), withPins(aPin({ kmemBytes: 399_999, bytes: 399_999 })))),
  );
  expect(finding.severity).toBe('unknown');
  expect(textOf(finding)).toContain('within the noise');
});

test('kernel memory on a kernel that hands it to the parent is no pin, and says so', () => {
  const finding = findingOf(
    'what-pins',
    aNode(all(dying(20_000), onKernel('5.10.0'), withPins(aPin({ kmemBytes: 249e6, bytes: 249e6 })))),
  );
  expect(finding.severity).toBe('unknown');
  expect(textOf(finding)).toContain('237 MiB of kernel memory is no pin');
});

test('unknown where the walk or the count is missing', () => {
  const noPins = aNode(all(dying(5000), (model) => ({ ...model, memcg: { ...model.memcg, pins: MISSING } })));
  expect(findingOf('what-pins', noPins).reason).toEqual(MISSING);
  const noCount = aNode((model) => ({ ...model, memcg: { ...model.memcg, dying: MISSING } }));
  expect(findingOf('what-pins', noCount).reason).toEqual(MISSING);
});
