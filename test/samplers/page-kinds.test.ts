import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openHost } from '../../src/host/open-host.ts';
import { kindsSampler } from '../../src/samplers/page-kinds.ts';
import { makeFolder } from '../support/cleanup.ts';

const MOUNT = '/sys/fs/cgroup/memory';

interface Rows {
  readonly [row: string]: number;
}

/** A made-up hierarchy: `/a` with two live children; what is not given is 0. */
function hostWith(version: 'v1' | 'v2', files: Readonly<Record<string, Rows>>) {
  const { path: root, remove } = makeFolder(tmpdir(), 'kinds');
  onTestFinished(remove);
  writeFileSync(join(root, 'host.json'), JSON.stringify({ fixture: 'slabtop-k8s/1', origin: 'made up' }));
  const zero = version === 'v1' ? rowsOfV1({}) : rowsOfV2({});
  for (const [path, rows] of Object.entries(files)) {
    const folder = join(root, MOUNT, path);
    mkdirSync(folder, { recursive: true });
    const text = Object.entries({ ...zero, ...rows }).map(([name, value]) => `${name} ${value}\n`);
    writeFileSync(join(folder, 'memory.stat'), text.join(''));
  }
  return { host: openHost(root), memory: { version, path: MOUNT }, root };
}

const V1_ROWS = ['cache', 'rss', 'dirty', 'writeback', 'inactive_anon', 'active_anon', 'inactive_file', 'active_file'];
const V2_ROWS = ['anon', 'file', 'kernel', 'shmem', 'file_dirty', 'file_writeback', 'inactive_anon', 'active_anon'];

function rowsOfV1(rows: Rows): Rows {
  return Object.fromEntries(V1_ROWS.flatMap((name) => [name, `total_${name}`]).map((name) => [name, rows[name] ?? 0]));
}

function rowsOfV2(rows: Rows): Rows {
  return Object.fromEntries([...V2_ROWS, 'inactive_file', 'active_file'].map((name) => [name, rows[name] ?? 0]));
}

test('v1: the parent without its own processes, and the live children added up', () => {
  const { host, memory } = hostWith('v1', {
    '/a': { inactive_file: 5, total_inactive_file: 105, total_active_file: 10, dirty: 1, total_dirty: 4, total_rss: 7 },
    '/a/one': { total_inactive_file: 20, total_rss: 3, rss: 3 },
    '/a/two': { total_inactive_file: 30, total_inactive_anon: 8 },
  });
  const [below] = kindsSampler.sample(host, { memory, parents: ['/a'] }).below;
  expect(below).toMatchObject({
    path: '/a',
    parent: { fileListBytes: 110, unwrittenBytes: 3, anonBytes: 7, anonListBytes: 0, cacheBytes: 0 },
    childrenBefore: { fileListBytes: 50, anonBytes: 3, anonListBytes: 8 },
    childrenAfter: { fileListBytes: 50 },
  });
  expect(below?.parent).toHaveProperty('kmemBytes.unavailable', 'unsupported');
});

test('v2: every row covers what is below, and kernel memory is among them', () => {
  const { host, memory } = hostWith('v2', {
    '/a': { file: 100, inactive_file: 60, active_file: 0, inactive_anon: 40, kernel: 900, file_dirty: 2 },
    '/a/one': { kernel: 100, inactive_anon: 5, anon: 5 },
  });
  const [below] = kindsSampler.sample(host, { memory, parents: ['/a'] }).below;
  expect(below?.parent).toEqual({
    anonListBytes: 40,
    fileListBytes: 60,
    anonBytes: 0,
    unwrittenBytes: 2,
    cacheBytes: 100,
    kmemBytes: 900,
  });
  expect(below?.childrenBefore).toMatchObject({ kmemBytes: 100, anonBytes: 5 });
});

test('a parent that is gone says so; a child that cannot be read makes no sum', () => {
  const { host, memory } = hostWith('v1', { '/a': {}, '/a/one': {} });
  const [gone] = kindsSampler.sample(host, { memory, parents: ['/b'] }).below;
  expect(gone?.parent).toMatchObject({ unavailable: 'gone' });
  const torn = hostWith('v1', { '/a': { total_dirty: 4 }, '/a/one': {} });
  writeFileSync(join(torn.root, MOUNT, '/a/one/memory.stat'), 'nonsense\n');
  const [below] = kindsSampler.sample(torn.host, { memory, parents: ['/a'] }).below;
  expect(below?.parent).toMatchObject({ unwrittenBytes: 4 });
  expect(below?.childrenBefore).toMatchObject({ unavailable: 'malformed' });
});

test('a child that went away between listing and reading is not missed', () => {
  const { host, memory, root } = hostWith('v1', { '/a': {}, '/a/one': { total_inactive_file: 20 } });
  mkdirSync(join(root, MOUNT, '/a/empty'));
  const [below] = kindsSampler.sample(host, { memory, parents: ['/a'] }).below;
  expect(below?.childrenBefore).toMatchObject({ fileListBytes: 20 });
});

test('arguments of another form are refused', () => {
  expect(() => kindsSampler.parseArgs({ memory: { version: 'v3', path: '/' }, parents: [] })).toThrow();
  expect(() => kindsSampler.parseArgs({ memory: { version: 'v1', path: '/' }, parents: [1] })).toThrow();
});
