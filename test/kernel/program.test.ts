import { afterEach, expect, test } from 'vitest';
import { jsonOf } from '../support/program.ts';
import {
  makeDentries,
  makeDying,
  makeLiveCgroups,
  makeTestRoot,
  removeCgroups,
  restingDyingCgroups,
  settle,
  startFakeKubelet,
  whyNoRealKernel,
} from '../support/real-kernel.ts';

const why = whyNoRealKernel();
if (why !== undefined) console.log(`skipped, the real kernel: ${why}`);
const onKernel = test.skipIf(why !== undefined);

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

/** The machine's own cgroups come and go by a few while a test runs. */
const BACKGROUND = 8;

const memcg = async () => (await jsonOf(['--once'])).memcg;

onKernel('live cgroups are counted, and gone when they are removed', async () => {
  const before = await memcg();
  const root = makeTestRoot();
  undo.push(() => removeCgroups(root));
  makeLiveCgroups(root, 300);
  const during = await memcg();
  expect(during.live - before.live).toBeGreaterThanOrEqual(300 - BACKGROUND);
  expect(during.live - before.live).toBeLessThanOrEqual(301 + BACKGROUND);
  removeCgroups(root);
  const after = await settle(memcg, {
    until: (now) => Math.abs(now.live - before.live) <= BACKGROUND,
    timeoutSeconds: 20,
  });
  expect(Math.abs(after.live - before.live)).toBeLessThanOrEqual(BACKGROUND);
});

onKernel(
  'removed cgroups that a page in tmpfs pins are dying, and what they hold is placed below their parent',
  async () => {
    await restingDyingCgroups();
    const before = await memcg();
    const root = makeTestRoot();
    undo.push(() => removeCgroups(root));
    const made = await makeDying({ parent: root, count: 400, pinnedBy: 'tmpfs' });
    undo.push(() => made.release());
    const during = await settle(memcg, {
      until: (now) => Math.abs(now.dying - before.dying - 400) <= BACKGROUND,
      timeoutSeconds: 30,
    });
    expect(Math.abs(during.dying - before.dying - 400)).toBeLessThanOrEqual(BACKGROUND);
    const below = during.heldByDying.where.find((each: { path: string }) => root.endsWith(each.path));
    expect(below?.pageBytes).toBeGreaterThanOrEqual(400 * 4096 * 0.9);
    made.release();
    await settle(memcg, { until: (now) => now.dying <= before.dying + BACKGROUND, timeoutSeconds: 30 });
  },
);

onKernel('dentries made by somebody show as growth', async () => {
  const before = (await jsonOf(['--once'])).dentry.objects;
  const made = makeDentries(20_000);
  undo.push(() => made.release());
  const after = (await jsonOf(['--once'])).dentry.objects;
  expect(after - before).toBeGreaterThan(15_000);
});

onKernel('a kubelet is found, its CPU is told, and the file that it holds open is seen', async () => {
  const kubelet = await startFakeKubelet({ threads: 3, everyMilliseconds: 50, flags: ['--housekeeping-interval=15s'] });
  undo.push(() => kubelet.stop());
  const document = await settle(() => jsonOf(['--once']), {
    until: (now) => !('unavailable' in now.kubelet),
    timeoutSeconds: 20,
  });
  expect(document.kubelet.pid).toBe(kubelet.pid);
  expect(document.kubelet.housekeepingSeconds).toBe(15);
  expect(document.kubelet.threads).toBeGreaterThanOrEqual(3);
  expect(document.kubelet.cpuPct).toBeGreaterThanOrEqual(0);
});
