import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import type { Host } from '../../src/host/host.ts';
import { hostOfFiles } from '../support/host-of-files.ts';
import { observeHost } from '../support/observe.ts';

const statOf = (tid: number) => `${tid} (kubelet) S 1 1 1 0 -1 0 0 0 0 0 9 9 0 0 20 0 3 0 77 0 0${' 0'.repeat(29)}\n`;

/** A kubelet whose main thread sleeps, while another is put on a CPU `slices` times a second. */
function hostOf(slices: (seconds: number) => string): Host {
  let seconds = 0;
  const at = () =>
    hostOfFiles({
      '/proc/11/stat': statOf(11),
      '/proc/11/comm': 'kubelet\n',
      '/proc/11/cmdline': '/usr/bin/kubelet\0',
      '/proc/11/task/11/stat': statOf(11),
      '/proc/11/task/11/schedstat': '1000 1000 3\n',
      '/proc/11/task/12/stat': statOf(12),
      '/proc/11/task/12/schedstat': slices(seconds),
    });
  return {
    ...at(),
    clock: { now: () => 1_700_000_000_000 + seconds * 1000, monotonic: () => 1000 + seconds },
    atTick: (tick) => {
      seconds = tick;
    },
    read: (path) => at().read(path),
    list: (path) => at().list(path),
  };
}

const switches = (host: Host) => {
  const { kubelet } = observeHost(host, 3).model;
  return isMissing(kubelet) ? kubelet : kubelet.contextSwitchesPerSecond;
};

test('context switches are those of all threads: the main thread of a busy kubelet sleeps', () => {
  expect(switches(hostOf((seconds) => `1000 1000 ${500 + seconds * 1200}\n`))).toBe(1200);
});

test('a kernel that keeps no scheduler statistics does not say 0', () => {
  const host = hostOf(() => '0 0 0\n');
  const none = { ...host, read: (path: string) => host.read(path.replace('task/11/schedstat', 'task/12/schedstat')) };
  expect(switches(none)).toMatchObject({ unavailable: 'unsupported' });
});

test("a thread's id that is used again has no rate", () => {
  expect(switches(hostOf((seconds) => `1000 1000 ${seconds < 2 ? 5000 : 1}\n`))).toMatchObject({
    unavailable: 'counter-reset',
  });
});
