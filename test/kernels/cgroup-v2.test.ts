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
import { BUSY, DELEGATING, DYING, V2 } from './plan.ts';

onKernels(['6.1', '6.12'], 'cgroup v2', (series) => {
  const step = machine(series, V2);

  test('a quiet machine: one cgroup, none dying, healthy', () => {
    const document = documentOf(step('quiet'));
    // 6.12 makes no room for processors that the firmware says are not there yet (seen in this machine).
    const cpus = series === '6.1' ? CPUS : { ...CPUS, possible: CPUS.online };
    agreesWithKernel(step('quiet'));
    expect(document.host).toMatchObject({ cgroup: 'v2', hybrid: false, cgroupRoot: '/sys/fs/cgroup', cpus });
    expect(document.memcg).toMatchObject({ live: 1, dying: 0, heldByDying: { where: [] } });
    expect(step('check quiet')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OK /) });
  });

  test('live and dying are what cgroup.stat says, below each parent too', () => {
    const { memcg } = documentOf(step('dying'));
    const { rows } = step('dying').before;
    agreesWithKernel(step('dying'));
    expect(memcg.dying).toBe(DYING);
    expect(rows.find(({ path }: Said) => path === '/').dying).toBe(DYING);
    for (const { path, dying } of rows) {
      expect(memcg.cgroups.find((each: Said) => each.path === path).dyingBelow, path).toBe(dying);
    }
  });

  test('what the dying hold is placed below the parents they died in, and told as tmpfs', () => {
    const document = documentOf(step('dying'));
    placesTheDead(document);
    for (const { below, count, bytes } of DEAD) {
      const held = document.memcg.heldByDying.where.find(({ path }: Said) => path === below);
      // One counter on v2, with the dead cgroups' own structures in it; memory.stat tells the two apart.
      expect(held.bytes, below).toBeGreaterThanOrEqual(count * bytes - STOCKS_BYTES);
      expect(held.kmemBytes, below).toBeGreaterThan(0);
      expect(held.pageBytes + held.kmemBytes, below).toBe(held.bytes);
    }
  });

  test('what a live cgroup uses is not held by the dying: neither its own nor that of a child without controller', () => {
    const { memcg } = documentOf(step('dying'));
    const rowOf = (path: string) => memcg.cgroups.find((each: Said) => each.path === path);
    expect(rowOf(BUSY.path).usageBytes).toBeGreaterThanOrEqual(BUSY.bytes);
    expect(rowOf(DELEGATING.path)).toMatchObject({ dyingBelow: 0, heldPageBytes: { unavailable: 'disabled' } });
    expect(rowOf(DELEGATING.path).usageBytes).toBeGreaterThanOrEqual(DELEGATING.bytes);
    expect(rowOf(`${DELEGATING.path}/inner`).usageBytes).toMatchObject({ unavailable: 'disabled' });
  });

  test('pods by both grammars bear the names of their log folders', () => hasPodNames(documentOf(step('dying'))));

  test('memory.stat is timed, and no file that v2 does not have', () => {
    const document = documentOf(step('dying'));
    timesReads(document, ['memory.stat']);
    expect(document.reads.filter(({ file }: Said) => file !== 'memory.stat')).toEqual([]);
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
