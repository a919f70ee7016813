import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, expect, test } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';
import { jsonOf, PROGRAM } from '../support/program.ts';
import { makeTestRoot, memoryHierarchy, removeCgroups, whyNoRealKernel } from '../support/real-kernel.ts';

/** What a container with namespaces of its own is made by, where this machine allows it. */
function whyNoNamespaces(): string | undefined {
  const tried = spawnSync('unshare', ['-C', '-m', 'true'], { encoding: 'utf8' });
  if (tried.error !== undefined) return `unshare: ${tried.error.message}`;
  return tried.status === 0 ? undefined : `unshare -C -m: ${tried.stderr.trim()}`;
}

const why = whyNoRealKernel() ?? whyNoNamespaces();
if (why !== undefined) console.log(`skipped, a namespaced view on the real kernel: ${why}`);
const onKernel = test.skipIf(why !== undefined);

const undo: (() => unknown)[] = [];
afterEach(() => {
  for (const each of undo.splice(0).toReversed()) each();
});

const folder = makeFolder(tmpdir(), 'namespaced');
afterAll(folder.remove);

/** Runs the program in a cgroup, with namespaces of its own and the part of the hierarchy that these show. */
function inContainer(cgroup: string, args: readonly string[]) {
  const mounts = 'mount -t cgroup -o memory none "$1" && mount --bind "$1" "$2" && shift 2 && exec "$@"';
  const enter = `echo $$ >"$1/cgroup.procs" && shift && exec unshare -C -m sh -c '${mounts}' sh "$@"`;
  const given = [cgroup, folder.path, memoryHierarchy(), PROGRAM, ...args];
  return spawnSync('sh', ['-c', enter, 'sh', ...given], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

onKernel('a container with its own cgroup namespace and mount says unknown, and what it needs', async () => {
  const root = makeTestRoot();
  undo.push(() => removeCgroups(root));
  const part = JSON.parse(inContainer(root, ['snapshot', '-o', '-', '--format', 'json']).stdout);
  const partial = { unavailable: 'partial', detail: expect.stringContaining('--host-root') };
  expect(part.host.cgroupView).toBe('part');
  expect(part.memcg).toMatchObject({ total: partial, live: partial, dying: partial, heldByDying: partial });
  expect(part.overall).toBe('unknown');
  expect(part.pins.recommendedDrop.helps).toBe(false);
  expect(inContainer(root, ['check', '--timeout', '30']).stdout).toMatch(/^UNKNOWN .*--host-root/);
  const whole = await jsonOf(['--once']);
  expect(whole.host.cgroupView).toBe('whole');
  expect(whole.memcg.live).toBeGreaterThan(0);
});
