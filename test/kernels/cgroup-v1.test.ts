import { expect, test } from 'vitest';
import {
  agreesWithKernel,
  DEAD,
  documentOf,
  expectWarning,
  hasPodNames,
  knowsItsPlace,
  machine,
  onKernels,
  placesTheDead,
  STOCKS_BYTES,
  saysWhatIsDenied,
  seesDrops,
  timesReads,
} from './expectations.ts';
import { CPUS } from './machine/boot.ts';
import type { Said } from './machine/tour.ts';
import { DYING, V1 } from './plan.ts';

onKernels(['6.1'], 'cgroup v1, alone and with an empty v2 hierarchy beside it', (series) => {
  const step = machine(series, V1);

  test('a quiet machine: one cgroup, none dying, healthy', () => {
    const document = documentOf(step('quiet'));
    agreesWithKernel(step('quiet'));
    expect(document.host).toMatchObject({ cgroup: 'v1', hybrid: false, cgroupRoot: V1.hierarchy, cpus: CPUS });
    expect(document.memcg).toMatchObject({ live: 1, dying: 0, heldByDying: { where: [] } });
    expect(step('check quiet')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OK /) });
  });

  test('live and dying together are the row of /proc/cgroups, whatever the v2 hierarchy beside it says', () => {
    const document = documentOf(step('dying'));
    agreesWithKernel(step('dying'));
    expect(document.host).toMatchObject({ cgroup: 'v1', hybrid: true });
    expect(document.memcg.total).toBe(step('dying').before.controllers.memory.cgroups);
    expect(document.memcg.dying).toBe(DYING);
  });

  test('what the dying hold is placed below the parents they died in, pages and kernel memory apart', () => {
    const document = documentOf(step('dying'));
    placesTheDead(document);
    for (const { below, count, bytes } of DEAD) {
      const held = document.memcg.heldByDying.where.find(({ path }: Said) => path === below);
      expect(Math.abs(held.pageBytes - count * bytes), below).toBeLessThan(STOCKS_BYTES);
      expect(held.kmemBytes, below).toBeGreaterThan(0);
    }
  });

  test('pods by both grammars bear the names of their log folders', () => hasPodNames(documentOf(step('dying'))));

  test('memory.stat and memory.numa_stat are timed', () => {
    timesReads(documentOf(step('dying')), ['memory.stat', 'memory.numa_stat']);
  });

  test('check finds the dying', () => expectWarning(step('check dying')));

  test('without privileges the report says what it could not read', () => saysWhatIsDenied(step('unprivileged')));

  test('drops are counted, and free none of them', () => seesDrops(step('drop')));

  test('in a container with its own cgroup namespace it says unknown, and at /host the truth', () =>
    knowsItsPlace(step));

  test('the dying go when the files are removed', () => {
    agreesWithKernel(step('released'));
    expect(documentOf(step('released')).memcg).toMatchObject({ dying: 0, heldByDying: { where: [] } });
  });
});
