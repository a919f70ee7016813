import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFixtureHost } from '../../src/host/fixture-host.ts';
import { PodChurn } from '../../src/model/pod-churn.ts';
import { podsSampler } from '../../src/samplers/pods.ts';
import { makeFolder } from '../support/cleanup.ts';

const UID = '0c1d2e3f-0000-4000-8000-';

let root: string;
let remove: () => void;

beforeEach(() => {
  ({ path: root, remove } = makeFolder(tmpdir(), 'pod-logs'));
  declare({});
});

afterEach(() => remove());

function declare(errors: Readonly<Record<string, string>>): void {
  writeFileSync(join(root, 'host.json'), JSON.stringify({ fixture: 'slabtop-k8s/1', origin: 'generated', errors }));
}

function folderOf(pod: string, n: number): string {
  return `/var/log/pods/prod_${pod}_${UID}${String(n).padStart(12, '0')}`;
}

function logOf(pod: string, n: number, restarts: number): void {
  const folder = join(root, folderOf(pod, n), 'app');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${restarts}.log`), '');
}

const sample = () => podsSampler.sample(openFixtureHost(root), {});

test('8 crash-looping containers at 6.log are 48 restarts, not 0', () => {
  const churn = new PodChurn();
  expect(churn.derive().restartsPerMinute).toMatchObject({ unavailable: 'warming-up' });
  for (let step = 0; step <= 6; step += 1) {
    for (let n = 0; n < 8; n += 1) logOf(`crash-${n}`, n, step);
    churn.take(step * 30, sample());
    if (step === 1) expect(churn.derive().restartsPerMinute).toMatchObject({ unavailable: 'warming-up' });
  }
  expect(churn.derive()).toMatchObject({ restartsPerMinute: 48 / 3, createdPerMinute: 0 });
  expect(churn.derive().restarting).toContainEqual({ pod: 'prod/crash-3', restarts: 6 });
});

test("a CronJob's pods are counted by their folders, though they are gone with the next list", () => {
  const churn = new PodChurn();
  logOf('web', 1000, 3);
  churn.take(0, sample());
  for (let step = 1; step <= 8; step += 1) {
    logOf(`cron-${step}`, step, 0);
    if (step > 1) rmSync(join(root, folderOf(`cron-${step - 1}`, step - 1)), { recursive: true });
    churn.take(step * 15, sample());
  }
  expect(churn.derive()).toEqual({
    restartsPerMinute: 0,
    createdPerMinute: 4,
    restarting: [],
    creating: [{ namespace: 'prod', pods: 8 }],
  });
});

test('a folder that is refused leaves restarts unknown, and pods counted', () => {
  const churn = new PodChurn();
  logOf('web', 1, 0);
  logOf('db', 2, 0);
  declare({ [folderOf('db', 2)]: 'EACCES' });
  for (const at of [0, 60]) churn.take(at, sample());
  expect(churn.derive()).toMatchObject({ restartsPerMinute: { unavailable: 'partial' }, createdPerMinute: 0 });
});

test('a recording that has the names of pods only says nothing of restarts', () => {
  const churn = new PodChurn();
  logOf('web', 1, 0);
  declare({ [folderOf('web', 1)]: 'not in this recording' });
  for (const at of [0, 60]) churn.take(at, sample());
  expect(churn.derive().restartsPerMinute).toMatchObject({ unavailable: 'partial' });
});

test('without /var/log/pods nothing is counted', () => {
  const churn = new PodChurn();
  for (const at of [0, 60]) churn.take(at, sample());
  expect(churn.derive().restartsPerMinute).toMatchObject({ unavailable: 'absent' });
});

test('what was counted longer than five minutes ago is no churn of now', () => {
  const churn = new PodChurn();
  for (const [at, restarts] of [
    [0, 0],
    [60, 6],
    [120, 6],
    [361, 6],
  ] as const) {
    logOf('web', 1, restarts);
    churn.take(at, sample());
  }
  expect(churn.derive()).toMatchObject({ restartsPerMinute: 0, restarting: [] });
});
