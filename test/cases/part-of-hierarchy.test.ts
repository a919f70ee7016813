import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { type GeneratedHost, generateHost } from '../support/generated-host.ts';
import { type Observed, observeFixture } from '../support/observe.ts';

/**
 * A nested node (kind, LXC, Docker in Docker) and a pod with its own cgroup mount see their own part of the hierarchy,
 * while the kernel counts the whole machine: what is outside looks like 1,390 dying cgroups.
 */
const nested = {
  'a nested node, by the root field of mountinfo': {
    cgroup: 'v1',
    file: '/proc/1/mountinfo',
    text: '510 500 0:35 /docker/23e606 /sys/fs/cgroup/memory ro,nosuid master:12 - cgroup cgroup rw,memory\n',
  },
  'a pod on v1, by files that a root does not have alone': {
    cgroup: 'v1',
    file: '/sys/fs/cgroup/memory/notify_on_release',
    text: '0\n',
  },
  'a pod on v2, by a file that a root does not have': {
    cgroup: 'v2',
    file: '/sys/fs/cgroup/cgroup.events',
    text: 'populated 1\nfrozen 0\n',
  },
} as const;

describe.each(Object.entries(nested))('%s', (_, { cgroup, file, text }) => {
  let host: GeneratedHost;
  let seen: Observed;
  beforeAll(() => {
    host = generateHost({ live: 39, dying: cgroup === 'v1' ? 1390 : 0, cgroup });
    mkdirSync(join(host.root, file, '..'), { recursive: true });
    writeFileSync(join(host.root, file), text);
    seen = observeFixture(host.root, 2);
  });
  afterAll(() => host.remove());

  test('no count and no residue is told of the node', () => {
    const { memcg } = seen.model;
    const partial = { unavailable: 'partial', detail: expect.stringContaining('--host-root') };
    const { total, live, dying, createdPerMinute, removedPerMinute, heldByDying, pins } = memcg;
    for (const value of [total, live, dying, createdPerMinute, removedPerMinute, heldByDying, pins]) {
      expect(value).toEqual(partial);
    }
    expect(memcg.cgroups).toHaveLength(39);
  });

  test('the verdict is unknown with the way out, and no drop is recommended', () => {
    const { overall, headline, findings, recommendedDrop } = diagnose(
      seen.model,
      seen.observer.history,
      DEFAULT_THRESHOLDS,
    );
    expect(overall).toBe('unknown');
    expect(JSON.stringify(headline)).toContain('--host-root');
    expect(recommendedDrop).toHaveProperty('none');
    const silent = ['dying-cgroups', 'what-pins', 'memcg-ids', 'leftover-directories', 'churn'];
    if (cgroup === 'v1') silent.push('other-hierarchy');
    for (const id of [...silent, 'slow-memory-stat']) {
      const finding = findings.find((each) => each.id === id);
      expect(finding?.severity, id).toBe('unknown');
      expect(finding?.reason?.unavailable, id).toBe('partial');
    }
  });
});

test('the whole hierarchy is told as before', () => {
  const host = generateHost({ live: 39, dying: 1390 });
  writeFileSync(join(host.root, host.mount, 'release_agent'), '\n');
  const { model } = observeFixture(host.root);
  host.remove();
  expect(model.host.cgroupView).toBe('whole');
  expect(model.memcg).toMatchObject({ total: 1429, live: 39, dying: 1390 });
});
