import { expect, test } from 'vitest';
import type { HostModel } from '../../../src/model/model.ts';
import { aNode, findingOf, MISSING, textOf } from '../a-node.ts';

const host = (more: Partial<HostModel>) =>
  findingOf(
    'hybrid-host',
    aNode((model) => ({ ...model, host: { ...model.host, ...more }, memcg: { ...model.memcg, dying: 20_000 } })),
  );

test('memory on v1 beside a v2 hierarchy is told', () => {
  const finding = host({ hybrid: true, cgroup: 'v1' });
  expect(finding.severity).toBe('info');
  expect(textOf(finding)).toContain('does not count the 20,000 that are dying');
});

test('clear where there is one version, or memory is on v2', () => {
  expect(host({ hybrid: false, cgroup: 'v1' }).severity).toBe('ok');
  expect(host({ hybrid: true, cgroup: 'v2' }).severity).toBe('ok');
});

test('unknown where the mounts could not be read', () => {
  expect(host({ hybrid: MISSING }).reason).toEqual(MISSING);
  expect(host({ hybrid: true, cgroup: MISSING }).reason).toEqual(MISSING);
});
