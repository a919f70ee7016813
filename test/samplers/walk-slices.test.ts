import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import type { Host } from '../../src/host/host.ts';
import { walkSampler } from '../../src/samplers/walk.ts';
import { WalkReceiver, WalkSender } from '../../src/samplers/walk-changes.ts';
import { hostOfFiles } from '../support/host-of-files.ts';

const MEMORY = { version: 'v1', path: '/sys/fs/cgroup/memory' } as const;

/** A hierarchy of these cgroups; `/` is always there. */
function hostOf(paths: readonly string[]): Host {
  const files = ['', ...paths].map((path) => [`${MEMORY.path}${path}/memory.kmem.usage_in_bytes`, '4096\n']);
  return hostOfFiles(Object.fromEntries(files));
}

/** Walks the whole hierarchy in slices of `most`, each on the host that `hostAt` gives. */
function walked(
  hostAt: (slice: number) => Host,
  most: number,
  sender = new WalkSender(),
  receiver = new WalkReceiver(),
) {
  const slices: ReturnType<WalkReceiver['sample']>[] = [];
  for (let after: string | undefined; slices.length < 1000; ) {
    const sample = walkSampler.sample(hostAt(slices.length), {
      memory: MEMORY,
      most,
      ...(after === undefined ? {} : { after }),
    });
    slices.push(receiver.sample(sender.changes(sample)));
    after = sample.until;
    if (after === undefined) return slices;
  }
  throw new Error('the walk does not end');
}

const paths = (slices: ReturnType<typeof walked>) => slices.at(-1)?.rows.map(({ path }) => path) ?? [];

test('a tree in slices of any size is the tree in one walk', () => {
  const name = fc.constantFrom('a', 'b', 'a-b', 'a.slice', 'ab', 'é', 'z:1');
  const tree = fc.array(fc.array(name, { minLength: 1, maxLength: 4 }), { maxLength: 30 });
  fc.assert(
    fc.property(tree, fc.integer({ min: 1, max: 9 }), (parts, most) => {
      const host = hostOf(parts.map((names) => `/${names.join('/')}`));
      const whole = walked(() => host, Number.POSITIVE_INFINITY);
      const slices = walked(() => host, most);
      expect(paths(slices)).toEqual(paths(whole));
      expect(slices.at(-1)).toMatchObject({ complete: true, live: { atLeast: paths(whole).length, isAll: true } });
    }),
  );
});

test('while the walk goes on, live cgroups are told only where nothing but leaves is left', () => {
  const scopes = Array.from({ length: 50 }, (_, n) => `/system.slice/run-${n}.scope`);
  const [first, ...rest] = walked(() => hostOf([...scopes, '/user.slice/user-0.slice']), 10);
  // The folders of the root are seen: what is below user.slice is not.
  expect(first).toMatchObject({ complete: false, live: { isAll: false } });
  expect(rest.at(-1)?.live).toEqual({ atLeast: 54, isAll: true });
  const flat = walked(() => hostOf(scopes), 10);
  expect(flat[0]).toMatchObject({ complete: false, live: { atLeast: 52, isAll: true } });
});

describe('between two walks', () => {
  const before = ['/a', '/a/x', '/b', '/b/y', '/c'];
  const after = ['/a', '/a/x', '/a/x/new', '/b', '/c', '/d'];

  test('what came and went is told by the slice that it is in, and nothing in the first walk', () => {
    const [sender, receiver] = [new WalkSender(), new WalkReceiver()];
    const first = walked(() => hostOf(before), 2, sender, receiver);
    expect(first.flatMap(({ created, removed }) => [...created, ...removed])).toEqual([]);
    const second = walked(() => hostOf(after), 2, sender, receiver);
    expect(second.flatMap(({ created }) => created)).toEqual(['/a/x/new', '/d']);
    expect(second.flatMap(({ removed }) => removed)).toEqual(['/b/y']);
    expect(paths(second).sort()).toEqual(['/', ...after].sort());
  });

  test('a cgroup that goes away where a slice ended does not stop the walk', () => {
    const slices = walked((slice) => hostOf(slice < 2 ? before : ['/b', '/b/y', '/c']), 2);
    expect(paths(slices)).toEqual(expect.arrayContaining(['/', '/b', '/b/y', '/c']));
    expect(slices.at(-1)?.complete).toBe(true);
  });
});

test('slices of a recording that begins in the middle of a walk are not the whole of it', () => {
  const host = hostOf(['/a', '/b', '/c']);
  const [sender, receiver] = [new WalkSender(), new WalkReceiver()];
  const end = walkSampler.sample(host, { memory: MEMORY, most: 10, after: '/a' });
  expect(receiver.sample(sender.changes(end))).toMatchObject({ complete: false, live: { isAll: false } });
  const begin = walkSampler.sample(host, { memory: MEMORY, most: 2 });
  expect(receiver.sample(sender.changes(begin))).toMatchObject({ complete: true, live: { atLeast: 4, isAll: true } });
});

test('a walk recorded before there were slices is one walk', () => {
  const sample = walkSampler.sample(hostOf(['/a', '/b']), walkSampler.parseArgs({ memory: MEMORY }));
  expect(sample.rows).toHaveLength(3);
  expect(sample).not.toHaveProperty('until');
  expect(sample.countBefore).toEqual(missing('absent', expect.anything()));
});

test('whatever value of a row changes, the row is sent again', () => {
  const first = walkSampler.sample(hostOf(['/a']), { memory: MEMORY, most: 10 });
  const row = first.rows.find(({ path }) => path === '/a');
  if (row === undefined) throw new Error('no row');
  const values = Object.keys(row).filter((key) => key !== 'path');
  expect(values.length).toBeGreaterThan(3);
  // One that no row has yet stands for the next one that is added.
  for (const key of [...values, 'added']) {
    const sender = new WalkSender();
    sender.changes(first);
    const changed = { ...row, [key]: 4711 };
    const rows = first.rows.map((each) => (each === row ? changed : each));
    expect(sender.changes({ ...first, rows }).changed, key).toEqual([changed]);
    expect(sender.changes({ ...first, rows }).changed, key).toEqual([]);
  }
});

test('a forged or torn listing is walked once: a folder without a name, one that stands there twice', () => {
  const listings = new Map([
    ['', '3 \n3 a\n3 a\n3 ../..\n3'],
    ['/a', '3 b\n3 b\n3 '],
    ['/a/b', '2 c\n2 c'],
  ]);
  const host: Host = {
    ...hostOf(['/a', '/a/b', '/a/b/c']),
    dirs: (path) => {
      const text = listings.get(path.slice(MEMORY.path.length));
      return text === undefined ? { question: 'dirs', path, errno: 'ENOENT' } : { question: 'dirs', path, text };
    },
  };
  const { rows } = walkSampler.sample(host, { memory: MEMORY, most: 1000 });
  expect(rows.map(({ path }) => path)).toEqual(['/', '/a', '/a/b', '/a/b/c']);
});
