import { beforeAll, describe, expect } from 'vitest';
import { CPUS } from './machine/boot.ts';
import type { KernelSeries } from './machine/kernel-image.ts';
import { findParts } from './machine/parts.ts';
import { type Said, tour } from './machine/tour.ts';
import { ALL_CRASHED, CRASH_LOOP, DYING, JOBS, LIVE_PODS, type Plan, podNameOf, SLICES } from './plan.ts';

/** Runs the tests on a kernel of each series, or says what is missing for it. */
export function onKernels(series: readonly KernelSeries[], title: string, tests: (series: KernelSeries) => void): void {
  for (const each of series) {
    const parts = findParts(each);
    const why = 'missing' in parts ? parts.missing : undefined;
    if (why !== undefined) console.log(`skipped, Linux ${each} in an emulator: ${why}`);
    describe.skipIf(why !== undefined)(`Linux ${each}: ${title}`, () => tests(each));
  }
}

/** Rounding of the page counters: a stock of up to 32 pages for each of the CPUs that are online. */
export const STOCKS_BYTES = CPUS.online * 32 * 4096;

export const DEAD = [CRASH_LOOP, ALL_CRASHED, JOBS, SLICES];

/** Boots before the tests; the answer gives what a step said. */
export function machine(
  series: KernelSeries,
  plan: Plan,
  kernelArguments: readonly string[] = [],
): (name: string) => Said {
  let said: ReadonlyMap<string, Said>;
  beforeAll(async () => {
    const parts = findParts(series);
    if ('missing' in parts) throw new Error(parts.missing);
    said = await tour(parts, plan, kernelArguments);
  });
  return (name) => said.get(name) ?? expect.unreachable(`no step ${name}`);
}

/** The document that the program printed in a step, after its exit code was looked at. */
export function documentOf({ code, stdout, stderr }: Said): Said {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** What holds for every document, whatever the version: each figure against the kernel's own. */
export function agreesWithKernel(step: Said): void {
  const { memcg } = documentOf(step);
  const rows = new Map<string, Said>(step.before.rows.map((row: Said) => [row.path, row]));
  expect(memcg.live).toBe(rows.size);
  expect(memcg.total).toBe(memcg.live + memcg.dying);
  expect(memcg.cgroups.map(({ path }: Said) => path).sort()).toEqual([...rows.keys()].sort());
  for (const { path, usageBytes, kmemBytes } of memcg.cgroups) {
    const kernel = rows.get(path);
    if (path !== '/' && kernel.usageBytes !== null) expect(usageBytes, path).toBe(kernel.usageBytes);
    if (kernel.kmemBytes !== null) expect(kmemBytes, path).toBe(kernel.kmemBytes);
  }
}

export function hasPodNames(document: Said): void {
  for (const { uid, qos, path, containers } of LIVE_PODS) {
    const { namespace, pod } = podNameOf(uid);
    for (const each of [path, ...containers]) {
      const row = document.memcg.cgroups.find((cgroup: Said) => cgroup.path === each);
      expect(row, each).toMatchObject({ pod: `${namespace}/${pod}`, qos });
    }
  }
}

/** The kinds of pages that the dying hold below each parent, and nowhere else. */
export function placesTheDead(document: Said): void {
  const { heldByDying, pins } = document.memcg;
  expect(heldByDying.pinnedBy).toBe('tmpfs');
  expect(heldByDying.where.map(({ path }: Said) => path).sort()).toEqual(DEAD.map(({ below }) => below).sort());
  for (const { below, count, bytes } of DEAD) {
    const pin = pins.find(({ path }: Said) => path === below);
    expect(Math.abs(pin.tmpfsBytes - count * bytes), below).toBeLessThan(STOCKS_BYTES);
    expect(pin, below).toMatchObject({ fileBytes: 0, anonBytes: 0 });
  }
  const crashLoop = LIVE_PODS.find(({ path }) => path === CRASH_LOOP.below);
  expect(heldByDying.where).toContainEqual(
    expect.objectContaining({ path: CRASH_LOOP.below, pod: `shop/${podNameOf(crashLoop?.uid ?? '').pod}` }),
  );
}

export function timesReads(document: Said, files: readonly string[]): void {
  for (const path of ['/', '/kubepods', '/kubepods/burstable', '/kubepods.slice']) {
    for (const file of files) {
      const read = document.reads.find((each: Said) => each.path === path && each.file === file);
      expect(read?.wallSeconds, `${path} ${file}`).toBeGreaterThan(0);
    }
  }
}

/** A drop of slab and one of both: the kernel counts them, the program sees them, and tmpfs lets nobody go. */
export function seesDrops({ before, answers, after, documents }: Said): void {
  expect(answers).toMatchObject([
    { mode: 2, code: 0, said: [{ kind: 'noted' }, { kind: 'done', writeSeconds: expect.any(Number) }] },
    { mode: 3, code: 0, said: [{ kind: 'noted' }, { kind: 'done', writeSeconds: expect.any(Number) }] },
  ]);
  expect(after).toEqual({ slab: before.slab + 2, pageCache: before.pageCache + 1 });
  const last = documents.at(-1);
  // Noted where they were made, and so told as those of another instance, not as somebody else's.
  const seen = last.events.filter(({ kind }: Said) => kind === 'drop-by-instance');
  expect(seen.reduce((sum: number, { slabDrops }: Said) => sum + slabDrops, 0)).toBe(2);
  expect(last.events.filter(({ kind }: Said) => kind === 'drop-by-other')).toEqual([]);
  expect(last.dying).toBe(DYING);
}

export function expectWarning(check: Said): void {
  expect(check).toMatchObject({ code: 1, stdout: expect.stringMatching(/^WARNING 1,180 dying memory cgroups/) });
}

/** In a container the program says that it sees a part; at the node's root it tells what the kernel does. */
export function knowsItsPlace(step: (name: string) => Said): void {
  const partial = { unavailable: 'partial', detail: expect.stringContaining('--host-root') };
  const part = documentOf(step('inside'));
  expect(part.host).toMatchObject({ cgroupView: 'part' });
  expect(part.memcg).toMatchObject({ total: partial, live: partial, dying: partial, heldByDying: partial });
  expect(part.overall).toBe('unknown');
  expect(part.pins.recommendedDrop.helps).toBe(false);
  expect(step('check inside')).toMatchObject({ code: 2, stdout: expect.stringMatching(/^UNKNOWN .*--host-root/) });
  const whole = documentOf(step('inside with /host'));
  expect(whole.host).toMatchObject({ cgroupView: 'whole' });
  const live = step('inside with /host').before.rows.length;
  expect(whole.memcg).toMatchObject({ live, dying: CRASH_LOOP.count, total: live + CRASH_LOOP.count });
}

export function saysWhatIsDenied({ code, stdout }: Said): void {
  expect(code).toBe(0);
  expect(stdout).toMatch(/1,180 dying/);
  expect(stdout).toMatch(/slabinfo: EACCES/);
  expect(stdout).not.toMatch(/undefined|NaN|\[object|null/);
}
