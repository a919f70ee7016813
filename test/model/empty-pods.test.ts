import { expect, test } from 'vitest';
import { EmptyPods } from '../../src/model/empty-pods.ts';
import { PodNames } from '../../src/model/pod-names.ts';
import type { WalkRow } from '../../src/samplers/walk.ts';

const MISSING = { unavailable: 'denied', detail: 'made missing by the test' } as const;
const UID = '8ac829e3-bb83-38d7-4cfb-45ebe834d8e1';
const PATH = `/kubepods/burstable/pod${UID}`;

function row(populated: WalkRow['populated'], path = PATH): WalkRow {
  const rest = { usageBytes: 0, kmemBytes: 0, children: 0, dyingBelow: MISSING, hasProcesses: false };
  return { path, ...rest, ...(populated === undefined ? {} : { populated }) };
}

const logs = { containers: MISSING, restarts: MISSING };
const named = { ...logs, names: new Map([[UID, { namespace: 'prod', pod: 'web-0' }]]) };

test('a pod is left over after five minutes without a process, by the name that it had', () => {
  const pods = new EmptyPods();
  const names = new PodNames();
  names.take(named);
  pods.take(100, [row(true)], names);
  expect(pods.derive(undefined)).toMatchObject({ cgroups: 1, withoutProcess: 0, leftover: 0 });
  pods.take(110, [row(false)], names);
  // kubelet removes the log folder with the pod.
  names.take({ ...logs, names: new Map() });
  pods.take(409, [row(false)], names);
  expect(pods.derive(undefined)).toMatchObject({ withoutProcess: 1, leftover: 0 });
  pods.take(410, [row(false)], names);
  expect(pods.derive(undefined)).toMatchObject({
    leftover: 1,
    empty: [{ path: PATH, pod: 'prod/web-0', emptySeconds: 300 }],
  });
});

test('one process begins the time anew, and a cgroup that went is forgotten', () => {
  const pods = new EmptyPods();
  const names = new PodNames();
  pods.take(0, [row(false)], names);
  pods.take(400, [row(true)], names);
  pods.take(410, [row(false)], names);
  expect(pods.derive(undefined)).toMatchObject({ withoutProcess: 1, leftover: 0 });
  pods.take(420, [], names);
  pods.take(1000, [row(false)], names);
  expect(pods.derive(undefined)).toMatchObject({ withoutProcess: 1, leftover: 0 });
});

test('where no pod could be asked the reason stands for the counts; a cgroup of no pod counts for none', () => {
  const pods = new EmptyPods();
  pods.take(0, [row(MISSING), row(undefined, '/system.slice')], new PodNames());
  expect(pods.derive(undefined)).toMatchObject({ cgroups: MISSING, empty: MISSING });
  pods.take(1, [row(undefined, '/system.slice')], new PodNames());
  expect(pods.derive(undefined)).toMatchObject({ cgroups: 0, withoutProcess: 0 });
  expect(pods.derive(MISSING).cgroups).toEqual(MISSING);
});
