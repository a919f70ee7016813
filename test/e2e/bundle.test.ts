import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { captured, copyOfCaptured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { namedNode } from '../support/named-node.ts';
import { jsonOf, runProgram } from '../support/program.ts';
import { framesIn, type Unpacked, unpack } from '../support/unpacked.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'bundle');
afterAll(remove);

async function bundleOf(root: string, name: string, ...more: string[]): Promise<string> {
  const path = join(folder, name);
  const { code, stderr } = await runProgram([
    'snapshot',
    '--format',
    'bundle',
    '-o',
    path,
    '--host-root',
    root,
    ...more,
  ]);
  if (code !== 0) throw new Error(stderr);
  return path;
}

/** Every text in a bundle: names of files, their bytes, and what the recording decompresses to. */
function textsIn({ files, paths }: Unpacked): ReadonlyMap<string, string> {
  const texts = new Map<string, string>([['names', paths.join('\n')]]);
  for (const [path, bytes] of files) texts.set(path, bytes.toString('latin1'));
  const recording = files.get('recording.slabrec') ?? Buffer.alloc(0);
  texts.set('frames', JSON.stringify(framesIn(recording)));
  return texts;
}

function leftIn(unpacked: Unpacked, originals: readonly string[]): string[] {
  const texts = [...textsIn(unpacked)].map(([path, text]) => [path, text.toLowerCase()] as const);
  return originals.flatMap((name) =>
    texts.filter(([, text]) => text.includes(name.toLowerCase())).map(([path]) => `${name} in ${path}`),
  );
}

describe('a bundle of the captured incident', () => {
  test('holds the snapshot in every form, the recording, raw text and a manifest of all that', async () => {
    const { files, folder: top } = unpack(await bundleOf(captured('incident'), 'all.tar.gz'));
    const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '');
    expect(manifest).toMatchObject({ schema: 'slabtop-k8s-bundle/1', origin: 'fixture', redacted: [] });
    expect(manifest.node).toEqual({ name: 'node-sick', kernel: '4.4.155' });
    const paths = manifest.entries.map(({ path }: { path: string }) => path);
    expect(paths.slice(0, 5)).toEqual([
      'snapshot.md',
      'snapshot.json',
      'snapshot.txt',
      'screen.svg',
      'recording.slabrec',
    ]);
    expect(paths.toSorted()).toEqual([...files.keys()].filter((path) => path !== 'manifest.json').toSorted());
    for (const { path, bytes, sha256 } of manifest.entries) {
      const content = files.get(path) ?? Buffer.alloc(0);
      expect([path, content.length]).toEqual([path, bytes]);
      expect([path, createHash('sha256').update(content).digest('hex')]).toEqual([path, sha256]);
    }
    expect(files.get('raw/proc/slabinfo')).toEqual(readFileSync(join(captured('incident'), 'proc/slabinfo')));
    expect(top).toMatch(/slabtop-k8s-node-sick-\d{8}T\d{6}Z$/);
  });

  test('opens in replay in another folder, without what it was made of', async () => {
    const root = copyOfCaptured('incident');
    const made = await bundleOf(root, 'moved.tar.gz');
    rmSync(root, { recursive: true });
    const path = join(makeFolder(folder, 'elsewhere').path, 'ticket.tar.gz');
    renameSync(made, path);
    const replayed = await jsonOf(['replay', path, '--once']);
    const snapshot = JSON.parse(unpack(path).files.get('snapshot.json')?.toString() ?? '');
    delete snapshot.memcg.cgroups;
    expect(replayed).toEqual(snapshot);
    expect(replayed.memcg).toMatchObject({ dying: 19_896, live: 186 });
  });

  test("its raw text is a fixture that gives the incident's numbers again", async () => {
    const { folder: top } = unpack(await bundleOf(captured('incident'), 'raw.tar.gz'));
    const document = await jsonOf(['--once', '--host-root', join(top, 'raw')]);
    expect(document.memcg).toMatchObject({ total: 20_082, live: 186, dying: 19_896 });
    expect(document.reads[0]).toMatchObject({ path: '/', wallSeconds: 3.6632 });
    expect(document.slab.totalBytes).toBe(913_543_168);
  });

  test('has the profile that was taken, and not whose it was where it is redacted', async () => {
    const profile = join(folder, 'of-treasury-node.pb.gz');
    copyFileSync(new URL('../fixtures/kubelet-1.20.2/profile.pb.gz', import.meta.url), profile);
    const plain = unpack(await bundleOf(captured('incident'), 'profile.tar.gz', '--profile', profile));
    expect(plain.files.get('profile.folded')?.toString()).toMatch(/housekeeping.* \d+\n/);
    expect(plain.files.get('profile.svg')?.toString()).toContain('CPU profile of kubelet');
    expect(leftIn(plain, ['of-treasury'])).not.toEqual([]);
    const redacted = unpack(
      await bundleOf(captured('incident'), 'no-profile.tar.gz', '--profile', profile, '--redact'),
    );
    expect(redacted.files.get('profile.folded')).toEqual(plain.files.get('profile.folded'));
    expect(leftIn(redacted, ['of-treasury', folder])).toEqual([]);
  });

  test('goes to standard output as it is', async () => {
    const { stdout, code } = await runProgram([
      'snapshot',
      '--format',
      'bundle',
      '-o',
      '-',
      '--host-root',
      captured('healthy'),
    ]);
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(10_000);
  });

  test('has no name left when it is redacted, and the same numbers', async () => {
    const root = captured('incident');
    const cgroups = readdirSync(join(root, 'sys/fs/cgroup'), { recursive: true, encoding: 'utf8' }).join('\n');
    const ids = [...new Set(cgroups.match(/[0-9a-f]{64}/g))];
    const uids = [...new Set(cgroups.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))];
    expect(ids.length).toBeGreaterThan(100);
    expect(uids.length).toBeGreaterThan(50);
    const path = await bundleOf(root, 'redacted.tar.gz', '--redact');
    const originals = ['node-sick', ...uids, ...ids.flatMap((id) => [id, id.slice(0, 13), id.slice(0, 12)]), root];
    expect(leftIn(unpack(path), originals)).toEqual([]);
    const document = await jsonOf(['replay', path, '--once']);
    expect(document.memcg).toMatchObject({ total: 20_082, live: 186, dying: 19_896 });
    expect(document.host).toMatchObject({ name: 'node-1', kernel: '4.4.155' });
    expect(document.memcg.heldByDying.where[0]).toMatchObject({ path: '/kubepods/burstable', bytes: 654_753_792 });
  });
});

describe.each(['cgroupfs', 'systemd'] as const)('a node with named pods, %s', (driver) => {
  const { host, originals } = namedNode(driver);
  afterAll(() => host.remove());

  test('the names are there when nothing is redacted', async () => {
    const left = leftIn(unpack(await bundleOf(host.root, `${driver}.tar.gz`)), originals);
    for (const name of ['worker-frankfurt-17', 'payments-prod', 'ledger-writer', 'frankfurt', 'nas-03']) {
      expect([name, left.some((line) => line.startsWith(`${name} in`))]).toEqual([name, true]);
    }
  });

  test('secrets on command lines are not even in one that is not redacted', async () => {
    const unpacked = unpack(await bundleOf(host.root, `${driver}-secrets.tar.gz`));
    expect(leftIn(unpacked, ['abcdef.0123456789abcdef', 'hunter2'])).toEqual([]);
    expect(leftIn(unpacked, ['--bootstrap-token'])).toContain('--bootstrap-token in raw/proc/1342/cmdline');
  });

  test('no original name, uid or id is left in any byte of a redacted bundle', async () => {
    const path = await bundleOf(host.root, `${driver}-redacted.tar.gz`, '--redact');
    const unpacked = unpack(path);
    expect(leftIn(unpacked, originals)).toEqual([]);
    const manifest = JSON.parse(unpacked.files.get('manifest.json')?.toString() ?? '');
    expect(manifest.redacted.join(' ')).toMatch(/pods \(12\)/);
    expect(manifest.node.name).toBe('node-1');
  });

  test('pods keep one name each in it, and cgroups their form', async () => {
    const path = await bundleOf(host.root, `${driver}-stable.tar.gz`, '--redact');
    const document = JSON.parse(unpack(path).files.get('snapshot.json')?.toString() ?? '');
    const rows: { path: string; pod: unknown; unit: unknown }[] = document.memcg.cgroups;
    const names = new Map<string, Set<unknown>>();
    for (const { path: cgroup, pod } of rows) {
      const uid = /00000000[-_]0000[-_]4000[-_]8000[-_][0-9a-f]{12}/.exec(cgroup)?.[0];
      if (uid !== undefined) names.set(uid, (names.get(uid) ?? new Set()).add(pod));
    }
    expect(names.size).toBe(12);
    for (const pods of names.values()) expect([...pods]).toEqual([expect.stringMatching(/^namespace-\d\/pod-\d+$/)]);
    expect(new Set([...names.values()].map((pods) => [...pods][0])).size).toBe(12);
    const original = await jsonOf(['--once', '--host-root', host.root]);
    expect(document.memcg.live).toBe(original.memcg.live);
    expect(document.kubelet.housekeepingSeconds).toBe(10);
  });

  test.each(['md', 'json', 'text', 'svg'])('%s alone has none of them either', async (format) => {
    const args = ['snapshot', '--redact', '--format', format, '-o', '-', '--host-root', host.root];
    const { stdout, code } = await runProgram(args);
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(1000);
    const text = stdout.toLowerCase();
    expect(originals.filter((name) => text.includes(name.toLowerCase()))).toEqual([]);
  });
});

describe('what is no bundle is refused in one line', () => {
  const cases: [string, (path: string) => Promise<void>, RegExp][] = [
    ['text', async (path) => writeFileSync(path, 'hello\n'), /is not a recording of slabtop-k8s/],
    ['nothing', async (path) => writeFileSync(path, ''), /is not a recording of slabtop-k8s/],
    [
      'a truncated one',
      async (path) => {
        const whole = readFileSync(await bundleOf(captured('healthy'), `${Date.now()}.tar.gz`));
        writeFileSync(path, whole.subarray(0, whole.length / 2));
      },
      /cut short or damaged/,
    ],
  ];

  test.each(cases)('%s', async (name, make, message) => {
    const path = join(folder, `bad-${name.replaceAll(' ', '-')}`);
    await make(path);
    const { code, stdout, stderr } = await runProgram(['replay', path, '--once']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
    expect(stdout).toBe('');
  });
});

test.each([
  [['--once', '--redact'], 'is for files that go elsewhere; give snapshot --redact -o -; see slabtop-k8s --help'],
  [['--batch', '--redact'], 'is for files that go elsewhere; give snapshot --redact -o -; see slabtop-k8s --help'],
  [
    ['replay', 'a', '--once', '--redact'],
    'is for files that go elsewhere; give snapshot --redact -o -; see slabtop-k8s replay --help',
  ],
  [['--redact', 'diff', 'a', 'b'], 'means nothing to diff; see slabtop-k8s diff --help'],
])('%j is refused: it would print names', async (args, why) => {
  const { code, stdout, stderr } = await runProgram(args);
  expect(stderr).toBe(`slabtop-k8s: --redact ${why}\n`);
  expect([code, stdout]).toEqual([2, '']);
});
