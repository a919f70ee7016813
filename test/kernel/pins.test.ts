import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { type Diagnosis, diagnose } from '../../src/diagnosis/diagnose.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { observeFixture } from '../support/observe.ts';
import {
  dyingCgroups,
  makeDying,
  makeLiveCgroups,
  makeTestRoot,
  memoryHierarchy,
  type Pin,
  restingDyingCgroups,
  settle,
  whyNoRealKernel,
} from '../support/real-kernel.ts';

const why = whyNoRealKernel();
if (why !== undefined) console.warn(`skipped, the real kernel cannot be used: ${why}`);
const onKernel = test.skipIf(why !== undefined);

/** 400 pages are 1.6 MB: four times the noise of the counters. */
const COUNT = 400;

/** What moves by itself on a machine that does other things too. */
const BACKGROUND = 40;

onKernel('tmpfs is told, below its parent, and no drop is promised: none would help', async () => {
  const { parent, before, release } = await pinned('tmpfs');
  const { pin, drop } = diagnosed(parent);
  expect(pin).toMatchObject({ by: 'tmpfs' });
  expect(drop).toEqual({ none: { id: 'drop.none-frees-tmpfs', values: {} } });
  execFileSync('sync');
  writeFileSync('/proc/sys/vm/drop_caches', '3');
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(dyingCgroups()).toBeGreaterThan(before + COUNT - BACKGROUND);
  release();
  await backTo(before);
});

onKernel('clean pages are told, below their parent, and the recommended mode frees them', async () => {
  const { parent, before } = await pinned('clean');
  const { pin, drop } = diagnosed(parent);
  expect(pin).toMatchObject({ by: 'clean' });
  expect(drop).toMatchObject({ request: { mode: 1 } });
  obey(drop);
  await backTo(before);
});

onKernel('dirty pages are told from clean ones, and sync comes before the drop', async () => {
  const { parent, before } = await pinned('dirty');
  const { pin, drop } = diagnosed(parent);
  // The kernel writes dirty pages by itself, so that some may be clean by now: then both are named.
  expect(['dirty', 'mixed']).toContain(pin?.by);
  expect(pin?.kinds.map(({ kind }) => kind)).toContain('dirty');
  expect(drop).toMatchObject({ request: { mode: 1, sync: true } });
  obey(drop);
  await backTo(before);
});

onKernel(
  'negative dentries pin nothing here: the kernel hands them to the parent, and it is called no pin',
  async () => {
    const before = await restingDyingCgroups();
    const parent = makeTestRoot();
    makeLiveCgroups(parent, 3);
    const { release } = await makeDying({ parent, count: COUNT, pinnedBy: 'dentries' });
    onTestFinished(release);
    await backTo(before);
    expect(diagnosed(parent).pin).toBeUndefined();
  },
);

onKernel('a few pages are within the noise: cannot tell', async () => {
  const { parent, release } = await pinned('tmpfs', 30);
  expect(diagnosed(parent).pin).toBeUndefined();
  release();
});

async function pinned(pinnedBy: Pin, count = COUNT) {
  const parent = makeTestRoot();
  makeLiveCgroups(parent, 3);
  const before = await restingDyingCgroups();
  const { release } = await makeDying({ parent, count, pinnedBy });
  onTestFinished(release);
  await settle(dyingCgroups, { until: (dying) => Math.abs(dying - before - count) <= BACKGROUND, timeoutSeconds: 30 });
  return { parent, before, release };
}

/** What is said of this machine, and of the test's own parent; what others do on it meanwhile is theirs. */
function diagnosed(parent: string) {
  const { model, observer } = observeFixture('/');
  const path = parent.slice(memoryHierarchy().length);
  const pins = model.memcg.pins;
  // Others may have made dying cgroups on this kernel too: the recommendation is asked for the test's own alone.
  const own = Array.isArray(pins) ? pins.filter((each) => each.path === path) : pins;
  const alone = { ...model, memcg: { ...model.memcg, pins: own, dying: COUNT } };
  const diagnosis: Diagnosis = diagnose(alone, observer.history, { ...DEFAULT_THRESHOLDS, dyingWarning: COUNT / 2 });
  return { pin: diagnosis.pins.where.find((each) => each.path === path), drop: diagnosis.recommendedDrop };
}

function obey(drop: Diagnosis['recommendedDrop']): void {
  if (!('request' in drop)) throw new Error('no drop is recommended');
  if (drop.request.sync) execFileSync('sync');
  writeFileSync('/proc/sys/vm/drop_caches', String(drop.request.mode));
}

async function backTo(before: number): Promise<void> {
  await settle(dyingCgroups, { until: (dying) => dying <= before + BACKGROUND, timeoutSeconds: 60 });
}
