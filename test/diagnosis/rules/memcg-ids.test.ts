import { expect, test } from 'vitest';
import { all, aNode, dying, findingOf, MISSING, onKernel, textOf } from '../a-node.ts';

const RHEL_7_3 = '3.10.0-514.el7.x86_64';
const finding = (release: string, total: number) =>
  findingOf('memcg-ids', aNode(all(onKernel(release), dying(total - 186))));

test('only where an id dies with its css', () => {
  expect(finding(RHEL_7_3, 32_767).severity).toBe('ok');
  expect(finding(RHEL_7_3, 32_768).severity).toBe('warning');
  expect(finding(RHEL_7_3, 58_981).severity).toBe('warning');
  expect(finding(RHEL_7_3, 58_982).severity).toBe('critical');
  expect(textOf(finding(RHEL_7_3, 65_000))).toContain('65,000 of 65,535');
});

test('68,680 cgroups are no alarm where ids are private', () => {
  for (const release of ['4.4.155', '4.18.0-147.el8.x86_64', '3.10.0-1160.el7.x86_64', '6.12.0']) {
    expect(finding(release, 68_680).severity).toBe('ok');
  }
});

const withLive = (release: string, live: number) =>
  findingOf('memcg-ids', aNode(all(onKernel(release), dying(3, live))));

test('live cgroups take an id each, on every kernel', () => {
  for (const release of ['4.4.155', '6.12.0', '3.10.0-514.el7.x86_64', 'nonsense']) {
    expect(withLive(release, 30_000).severity).toBe('ok');
    expect(withLive(release, 33_000).severity).toBe('warning');
    expect(withLive(release, 65_423).severity).toBe('critical');
    expect(textOf(withLive(release, 65_423))).toMatch(/65,42[36]/);
  }
});

test('a count that stands at the last id is all of them where the kernel is not known; past it they are given back', () => {
  expect(finding('3.19.0-80-generic', 65_535).severity).toBe('critical');
  expect(finding('3.19.0-80-generic', 65_518).severity).toBe('unknown');
  expect(finding('3.19.0-80-generic', 65_536).severity).toBe('ok');
});

test('unknown where the kernel is not known and many are taken, or where the count is missing', () => {
  expect(finding('nonsense', 60_000).severity).toBe('unknown');
  expect(finding('nonsense', 1000).severity).toBe('ok');
  const model = aNode((node) => ({ ...node, memcg: { ...node.memcg, total: MISSING } }));
  expect(findingOf('memcg-ids', model).reason).toEqual(MISSING);
});
