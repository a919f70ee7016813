import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';
import { healthy, incident } from '../support/play/incident.ts';
import type { Script } from '../support/play/scene.ts';
import { both, played, watch } from '../support/play/watch.ts';
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

test('numbers that are older than three of their intervals say so on every pane and in exports', async () => {
  const { path: folder, remove } = makeFolder(tmpdir(), 'exports');
  onTestFinished(remove);
  const pty = watch(played(incident({ rootSeconds: 90 })), [], { SLABTOP_K8S_EXPORT_FOLDER: folder });
  // Nothing else is read meanwhile: the walk is due every 10 s, slabinfo every 5 s.
  await pty.waitFor(/live.*\d+ s old/);
  for (const key of ['2', '3', '1']) {
    pty.type(key);
    await pty.waitFor(/\d+ s old/);
  }
  pty.type('e');
  await pty.waitFor('written: ');
  pty.type('q');
  await pty.exited;
  const [page = '', numbers = ''] =
    pty.bytes
      .toString()
      .match(/\/\S+\.(?:md|json)/g)
      ?.slice(-2) ?? [];
  expect(readFileSync(page, 'utf8')).toMatch(/\d+ s old/);
  const { moments } = JSON.parse(readFileSync(numbers, 'utf8'));
  expect(moments.find(({ of }: { of: string }) => of === 'live')).toMatchObject({ isOld: true });
});

test('a jump of thousands is on the screen while the walk still waits for a slow read', async () => {
  const script: Script = (seconds, drops) => ({
    ...incident({ rootSeconds: 60 })(seconds, drops),
    dying: seconds < 10 ? 1 : 7000,
  });
  const pty = watch(played(script));
  await pty.waitFor(both(/live \+ 1 dying/, /s so far/));
  await pty.waitFor(both(/live \+ 7,000 dying/, /s so far/));
  await pty.waitFor(both(/7,000 dying memory cgroups/, /s so far/));
});

test('--once waits for the second sample of kubelet, however dear the first was', async () => {
  const host = played((seconds) => ({ ...healthy()(seconds, []), readSeconds: { ...quick, '/proc/1342/stat': 0.05 } }));
  const { kubelet } = await jsonOf(['--once', '--host-root', host.root]);
  expect(kubelet.cpuPct).toBeGreaterThan(0);
});

test('a rate is not taken from two walks a second apart', async () => {
  // Another pod with every half second: three cgroups come and three go.
  const host = played((seconds) => ({ ...healthy()(seconds, []), morePods: [Math.floor(seconds * 2)] }));
  const { memcg } = await jsonOf(['--once', '--host-root', host.root]);
  expect(memcg.removedPerMinute).toMatchObject({ unavailable: expect.any(String) });
  expect(memcg.createdPerMinute).toMatchObject({ unavailable: expect.any(String) });
});

test('growth says that it is not known until it has its span', async () => {
  const pty = watch(played(incident({ rootSeconds: 0.2, dyingPerHour: 0 })));
  await pty.waitFor('root 200 ms');
  await pty.waitFor(/growth not known yet/);
});

test('nothing is called healthy while another process takes a whole core, or kubelet does', async () => {
  const busy = played(healthy({ otherPct: 100 }));
  const other = await jsonOf(['--once', '--host-root', busy.root]);
  expect(other.headline).toContain('worker');
  const own = played(healthy({ kubelet: { ...KUBELET, userPct: 100 } }));
  const kubelet = await jsonOf(['--once', '--host-root', own.root]);
  expect(kubelet.headline).toContain('kubelet');
});

test('the state is unknown while nobody reads the kernel', async () => {
  const host = played(healthy());
  const pty = watch(host);
  await pty.waitFor(/^ OK /);
  const { pid } = JSON.parse(readFileSync(`${host.root}/slabtop-k8s.lock`, 'utf8'));
  process.kill(pid, 'SIGSTOP');
  await pty.waitFor(/^ UNKNOWN .*no sample for \d+ s; before: OK/);
  process.kill(pid, 'SIGCONT');
  await pty.waitFor(/^ OK /);
});
