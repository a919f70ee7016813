import { expect, test } from 'vitest';
import type { Model } from '../../../src/model/model.ts';
import { all, aNode, aRead, dying, findingOf, MISSING, textOf, withReads } from '../a-node.ts';

const RULES = [
  ['slow-memory-stat', 'memory.stat'],
  ['slow-numa-stat', 'memory.numa_stat'],
  ['slow-root-usage', 'memory.usage_in_bytes'],
] as const;

test.each(RULES)('%s on both sides of its thresholds, each file on its own', (id, file) => {
  const severity = (cpuSeconds: number) => findingOf(id, aNode(withReads(aRead(cpuSeconds, { file })))).severity;
  expect(severity(0.099)).toBe('ok');
  expect(severity(0.1)).toBe('warning');
  expect(severity(0.999)).toBe('warning');
  expect(severity(1)).toBe('critical');
  const others = RULES.filter(([other]) => other !== id);
  for (const [other] of others) expect(findingOf(other, aNode(withReads(aRead(9, { file })))).severity).toBe('unknown');
});

test.each(RULES)('%s is unknown until the root was read; a quick leaf says nothing', (id, file) => {
  expect(findingOf(id, aNode(withReads())).severity).toBe('unknown');
  expect(findingOf(id, aNode(withReads(aRead(0.001, { file, path: '/kubepods/pod1' })))).severity).toBe('unknown');
  const refused = aRead(0, { file, wallSeconds: MISSING, cpuSeconds: MISSING });
  const finding = findingOf(id, aNode(withReads(refused)));
  expect(finding.severity).toBe('unknown');
  expect(finding.reason).toEqual(MISSING);
});

test('a slow ancestor counts although the root was not read', () => {
  const finding = findingOf('slow-memory-stat', aNode(withReads(aRead(4.8, { path: '/kubepods' }))));
  expect(finding.severity).toBe('critical');
  expect(textOf(finding)).toContain('/kubepods takes 4.80 s');
});

test('cgroup v2 has neither numa_stat nor usage that walks', () => {
  const v2 = (model: Model): Model => ({ ...model, host: { ...model.host, cgroup: 'v2' } });
  expect(findingOf('slow-numa-stat', aNode(v2)).severity).toBe('ok');
  expect(findingOf('slow-root-usage', aNode(v2)).severity).toBe('ok');
  expect(findingOf('slow-memory-stat', aNode(all(v2, withReads()))).severity).toBe('unknown');
});

test('a read that has not come back is a lower bound', () => {
  const reading =
    (seconds: number) =>
    (model: Model): Model => ({
      ...model,
      reads: [],
      probes: {
        ...model.probes,
        inFlight: {
          topic: 'statReads',
          what: 'memory.stat of /',
          path: '/',
          file: 'memory.stat',
          since: { at: 0, monotonicSeconds: model.instant.monotonicSeconds - seconds },
        },
      },
    });
  const critical = findingOf('slow-memory-stat', aNode(reading(3)));
  expect(critical.severity).toBe('critical');
  expect(textOf(critical)).toContain('has taken 3.00 s and is not back yet');
  expect(critical.evidence[0]?.field).toBe('probes.inFlight.since.monotonicSeconds');
  expect(findingOf('slow-memory-stat', aNode(reading(0.02))).severity).toBe('unknown');
  expect(findingOf('slow-memory-stat', aNode(reading(-5))).severity).toBe('unknown');
});

test('a read that waited for a CPU is not the sickness', () => {
  const finding = findingOf('slow-memory-stat', aNode(withReads(aRead(0.004, { wallSeconds: 3 }))));
  expect(finding.severity).toBe('info');
  expect(textOf(finding)).toContain('only 4.0 ms of CPU');
});

test('a leaf that waited for a CPU says nothing of a root that was not read', () => {
  const leaf = aRead(0.088, { wallSeconds: 3.09, path: '/kubepods/pod1' });
  expect(findingOf('slow-memory-stat', aNode(withReads(leaf))).severity).toBe('unknown');
});

test('without CPU time the wall time decides', () => {
  const read = aRead(2, { cpuSeconds: MISSING });
  expect(findingOf('slow-memory-stat', aNode(withReads(read))).severity).toBe('critical');
});

test('a read from before a drop says nothing of the node after it', () => {
  const finding = findingOf('slow-memory-stat', aNode(withReads(aRead(4, { beforeDrop: true }))));
  expect(finding.severity).toBe('unknown');
  expect(finding.reason?.unavailable).toBe('stale');
  const both = withReads(aRead(4, { path: '/kubepods', beforeDrop: true }), aRead(0.01));
  expect(findingOf('slow-memory-stat', aNode(both)).severity).toBe('ok');
});

test('the kernel matrix explains; where it disagrees with the measurement it is said', () => {
  const slow = aNode(all(dying(20_000), withReads(aRead(4))));
  expect(textOf(findingOf('slow-memory-stat', slow))).toContain('as expected');
  const newer = { ...slow, host: { ...slow.host, kernel: '5.10.0' } };
  expect(textOf(findingOf('slow-memory-stat', newer))).toContain('the measurement wins');
});
