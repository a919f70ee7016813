import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { hostOfFiles } from '../support/host-of-files.ts';
import { observeHost } from '../support/observe.ts';

const ID = 'a'.repeat(64);
const IN_POD = `/kubepods/burstable/pod1b4e28ba-2fa1-11d2-883f-0016d3cca427/${ID}`;
const OWN = '/system.slice/kubelet.service';

/** A kubelet of pid `pid` that began at `startTicks` and runs in this cgroup. */
const kubelet = (pid: number, startTicks: number, cgroup: string) => ({
  [`/proc/${pid}/stat`]: `${pid} (kubelet) S 1 1 1 0 -1 0 0 0 0 0 9 9 0 0 20 0 3 0 ${startTicks} 0 0${' 0'.repeat(29)}\n`,
  [`/proc/${pid}/comm`]: 'kubelet\n',
  [`/proc/${pid}/cmdline`]: `/usr/bin/kubelet-v1.${pid}.0/kubelet\0--housekeeping-interval=${pid}s\0`,
  [`/proc/${pid}/cgroup`]: `4:memory:${cgroup}\n`,
});

function kubeletOf(...processes: readonly Record<string, string>[]) {
  const { model } = observeHost(hostOfFiles(Object.assign({}, ...processes)));
  if (isMissing(model.kubelet)) throw new Error(model.kubelet.detail);
  return model.kubelet;
}

test("the node's own kubelet wins over one inside a pod, whichever is older; the others are named", () => {
  for (const [own, inPod] of [
    [10, 20],
    [20, 10],
  ] as const) {
    const found = kubeletOf(kubelet(11, own, OWN), kubelet(12, inPod, IN_POD));
    expect(found).toMatchObject({ pid: 11, others: [{ pid: 12, cgroup: IN_POD }] });
  }
});

test('of two candidates the one that was chosen is known: its command line was not the last that was read', () => {
  const found = kubeletOf(kubelet(11, 10, OWN), kubelet(12, 20, IN_POD));
  expect(found).toMatchObject({ housekeepingSeconds: 11, version: 'v1.11.0', command: expect.stringContaining('11') });
});

test('inside a nested node every cgroup has a container above it, and its own kubelet is found all the same', () => {
  const found = kubeletOf(kubelet(11, 20, `/docker/${ID}${OWN}`), kubelet(12, 10, `/docker/${ID}${IN_POD}`));
  expect(found).toMatchObject({ pid: 11, others: [{ pid: 12 }] });
});

test('the only kubelet is found wherever it runs', () => {
  expect(kubeletOf(kubelet(12, 10, IN_POD))).toMatchObject({ pid: 12, others: [] });
});
