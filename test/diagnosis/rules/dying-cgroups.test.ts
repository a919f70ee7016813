import { expect, test } from 'vitest';
import { all, aNode, aRead, dying, findingOf, MISSING, textOf, withReads } from '../a-node.ts';

const severity = (change: Parameters<typeof aNode>[0]) => findingOf('dying-cgroups', aNode(change)).severity;

test('on both sides of the warning', () => {
  expect(severity(dying(999))).toBe('ok');
  expect(severity(dying(1000))).toBe('warning');
});

test('critical takes many dying and a slow read, both', () => {
  expect(severity(all(dying(5000), withReads(aRead(1))))).toBe('critical');
  expect(severity(all(dying(4999), withReads(aRead(1))))).toBe('warning');
  expect(severity(all(dying(5000), withReads(aRead(0.999))))).toBe('warning');
});

test('a kernel whose reads stay fast has no incident, and says so', () => {
  const finding = findingOf('dying-cgroups', aNode(all(dying(20_000), withReads(aRead(0.03)))));
  expect(finding.severity).toBe('warning');
  expect(textOf(finding)).toContain('reads of memory.stat stay fast');
});

test('a slow read of another file is the incident, too', () => {
  const numa = aRead(6.2, { file: 'memory.numa_stat' });
  const finding = findingOf('dying-cgroups', aNode(all(dying(68_452), withReads(aRead(0.0004), numa))));
  expect(finding.severity).toBe('critical');
  expect(textOf(finding)).toContain('reads of memory.stat stay fast, reads of memory.numa_stat do not');
});

test('a large node with some turnover is no warning, up to five thousand dying', () => {
  expect(severity(dying(1500, 1501))).toBe('info');
  expect(severity(dying(1500, 1500))).toBe('warning');
  expect(severity(dying(5000, 9000))).toBe('warning');
});

test('growth says when there are ten times as many', () => {
  const growing = (growthPerSecond: number) => (model: Parameters<typeof findingOf>[1]) => ({
    ...model,
    memcg: { ...model.memcg, growthPerSecond },
  });
  const text = (perSecond: number) => textOf(findingOf('dying-cgroups', aNode(all(dying(58_000), growing(perSecond)))));
  // 42,000 more at 420 an hour: 100 hours.
  expect(text(420 / 3600)).toContain('they grow by 420 an hour: 100,000 in 4 d 4 h');
  expect(text(-420 / 3600)).toContain('they shrink by 420 an hour');
  expect(text(2 / 3600)).not.toContain('an hour');
});

test('unknown where the count is missing or makes no sense, never healthy', () => {
  for (const count of [MISSING, Number.NaN, -1]) {
    const finding = findingOf(
      'dying-cgroups',
      aNode((model) => ({ ...model, memcg: { ...model.memcg, dying: count } })),
    );
    expect(finding.severity).toBe('unknown');
    expect(finding.reason).toBeDefined();
  }
});
