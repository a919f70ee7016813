import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';
import { type Containers, startContainers, whyNoContainers } from '../support/kernel/containers.ts';
import { PROGRAM } from '../support/program.ts';
import { countLiveCgroups, makeTestRoot } from '../support/real-kernel.ts';

const why = whyNoContainers();
if (why !== undefined) console.log(`skipped, real containers: ${why}`);

const BUSYBOX = '/busybox/busybox';

/** Where the program and its Node are, for a container that sees this machine's /usr and the built program. */
const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

describe.skipIf(why !== undefined)('containers of a real containerd and runc', () => {
  let root: string;
  let containers: Containers;

  beforeAll(async () => {
    root = `/${basename(makeTestRoot())}`;
    containers = await startContainers(root);
  });
  afterAll(() => containers.end());

  test('a crash loop and a job every fifteen seconds are seen as churn, by name', { timeout: 300_000 }, async () => {
    const logs = makeFolder(tmpdir(), 'pod-logs');
    const over = new AbortController();
    const loops = [crashLoop(logs.path, over.signal), jobs(logs.path, over.signal)];
    const documents = await watch(logs.path, 10).finally(() => over.abort());
    await Promise.all(loops);
    logs.remove();
    const last = documents.at(-1);
    expect(last.pods.restarting).toContainEqual({ pod: 'shop/crash', restarts: expect.any(Number) });
    expect(last.pods.creating).toContainEqual({ namespace: 'shop', pods: expect.any(Number) });
    expect(last.pods.restartsPerMinute).toBeGreaterThan(0);
    expect(last.pods.createdPerMinute).toBeGreaterThan(0);
    const churn = last.findings.find(({ id }: { id: string }) => id === 'churn');
    expect(['info', 'warning']).toContain(churn.severity);
    expect(JSON.stringify(churn)).toMatch(/shop\/crash/);
  });

  /** As kubelet does it after the first crashes: the next container of the same pod, with a log of its own. */
  async function crashLoop(logs: string, signal: AbortSignal): Promise<void> {
    const uid = randomUUID();
    const folder = join(logs, `shop_crash_${uid}`, 'app');
    mkdirSync(folder, { recursive: true });
    for (let restart = 0; !signal.aborted; restart += 1) {
      writeFileSync(join(folder, `${restart}.log`), 'it crashed\n');
      const crash = [BUSYBOX, 'sh', '-c', `${BUSYBOX} sleep 1; exit 3`];
      const { code } = await containers.run({ below: `${root}/kubepods/burstable/pod${uid}`, command: crash });
      expect(code).toBe(3);
    }
  }

  /** A pod every fifteen seconds, done after three; its log folder stays as that of a completed pod does. */
  async function jobs(logs: string, signal: AbortSignal): Promise<void> {
    for (let n = 0; !signal.aborted; n += 1) {
      const uid = randomUUID();
      mkdirSync(join(logs, `shop_job-${n}_${uid}`, 'job'), { recursive: true });
      writeFileSync(join(logs, `shop_job-${n}_${uid}`, 'job', '0.log'), 'done\n');
      const below = `${root}/kubepods/besteffort/pod${uid}`;
      const waited = sleep(15_000, undefined, { signal }).catch(() => undefined);
      expect((await containers.run({ below, command: [BUSYBOX, 'sleep', '3'] })).code).toBe(0);
      await waited;
    }
  }

  describe('the program in a container', () => {
    const inside = (args: readonly string[], withHost: boolean) => {
      const bind = (from: string, to: string) => `type=bind,src=${from},dst=${to},options=rbind:ro`;
      const cgroups = 'type=cgroup,src=cgroup,dst=/sys/fs/cgroup,options=ro';
      const mounts = [bind('/usr', '/usr'), bind(CHECKOUT, '/opt'), cgroups];
      return containers.run({
        below: `${root}/kubepods/burstable/pod${randomUUID()}`,
        mounts: withHost ? [...mounts, bind('/', '/host')] : mounts,
        environment: { PATH: '/usr/bin:/usr/sbin', HOME: '/tmp' },
        command: [process.execPath, `/opt/bin/${basename(PROGRAM)}`, ...args],
      });
    };
    const SNAPSHOT = ['snapshot', '-o', '-', '--format', 'json'];

    test("with the node's root at /host it tells the node's truth", async () => {
      const { code, stdout, stderr } = await inside([...SNAPSHOT, '--host-root', '/host'], true);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const document = JSON.parse(stdout);
      expect(document.host.cgroupView).toBe('whole');
      expect(document.memcg.live).toBeGreaterThan(3);
      expect(Math.abs(document.memcg.live - countLiveCgroups())).toBeLessThan(document.memcg.live / 2);
      expect(document.memcg.total).toBe(document.memcg.live + document.memcg.dying);
    });

    test('without it: unknown, and what it needs', async () => {
      const { stdout } = await inside(SNAPSHOT, false);
      const document = JSON.parse(stdout);
      const partial = { unavailable: 'partial', detail: expect.stringContaining('--host-root') };
      expect(document.host.cgroupView).toBe('part');
      expect(document.memcg).toMatchObject({ total: partial, live: partial, dying: partial });
      expect(document.overall).toBe('unknown');
      expect(document.pins.recommendedDrop.helps).toBe(false);
      const check = await inside(['check', '--timeout', '60'], false);
      expect(check).toMatchObject({ code: 2, stdout: expect.stringMatching(/^UNKNOWN .*--host-root/) });
    });
  });
});

/** Documents of the program at work, ten seconds apart, with kubelet's log folders where it looks for them. */
function watch(logs: string, count: number): Promise<ReturnType<typeof JSON.parse>[]> {
  const script =
    'mount -t tmpfs none /var/log && mkdir /var/log/pods && mount --bind "$1" /var/log/pods && shift && exec "$@"';
  const args = [
    '--mount',
    'sh',
    '-c',
    script,
    'sh',
    logs,
    PROGRAM,
    '--batch',
    '--json',
    '-n',
    String(count),
    '-d',
    '10',
  ];
  const env = { PATH: process.env.PATH, HOME: '/nonexistent' };
  const child = spawn('unshare', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0)
        settle(
          text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        );
      else fail(new Error(`the program ended with ${code}`));
    });
  });
}
