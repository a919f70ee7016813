import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { healthy } from '../support/play/incident.ts';
import type { Script } from '../support/play/scene.ts';
import { played, watch } from '../support/play/watch.ts';
import { jsonOf } from '../support/program.ts';

/* No value without its moment, on a node that goes on while it is watched. */

const KUBELET = { pid: 1342, userPct: 8, systemPct: 5, open: [] };

/** A look at this process's file is held up for so long, as by a busy node: it costs no CPU time. */
const heldUp = (seconds: number) => ({ '/proc/20000/stat': seconds });

const quick = healthy()(0, []).readSeconds;

test('a first look that was preempted does not hide kubelet for minutes', async () => {
  const script: Script = (seconds) => ({
    ...healthy()(seconds, []),
    kubelet: seconds < 4 ? undefined : KUBELET,
    readSeconds: { ...quick, ...heldUp(seconds < 3 ? 0.63 : 0) },
  });
  const pty = watch(played(script));
  await pty.waitFor('no kubelet');
  await pty.waitFor('kubelet 1342');
});

test('a kubelet that was restarted is found again within seconds, however dear the looks are', async () => {
  const script: Script = (seconds) => ({
    ...healthy()(seconds, []),
    kubelet: seconds < 6 ? KUBELET : seconds < 12 ? undefined : { ...KUBELET, pid: 2000 },
    readSeconds: { ...quick, ...heldUp(0.3) },
  });
  const pty = watch(played(script));
  await pty.waitFor('kubelet 1342');
  await pty.waitFor('no kubelet');
  await pty.waitFor('kubelet 2000');
});

test('--once waits for the second sample of kubelet, however dear the first was', async () => {
  const host = played((seconds) => ({ ...healthy()(seconds, []), readSeconds: { ...quick, '/proc/1342/stat': 0.05 } }));
  const { kubelet } = await jsonOf(['--once', '--host-root', host.root]);
  expect(kubelet.cpuPct).toBeGreaterThan(0);
});

test('the state is unknown while nobody reads the kernel', async () => {
  const host = played(healthy());
  const pty = watch(host);
  await pty.waitFor(/^ OK /);
  const { pid } = JSON.parse(readFileSync(`${host.root}/slabtop-k8s.lock`, 'utf8'));
  process.kill(pid, 'SIGSTOP');
  await pty.waitFor(/^ UNKNOWN .*nothing has been read for \d+ s; before: OK/);
  process.kill(pid, 'SIGCONT');
  await pty.waitFor(/^ OK /);
});
