import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { openLiveHost } from '../../src/host/live-host.ts';
import { isOneRecord } from '../../src/host/one-record.ts';
import { makeBlocking } from '../support/blocking-file.ts';
import { makeFolder } from '../support/cleanup.ts';

const folder = makeFolder(tmpdir(), 'waiting-read');
afterAll(() => folder.remove());

const put = (name: string, text: string) => writeFileSync(join(folder.path, name), text);
const withoutCost = ({ cost: _, ...answer }: ReturnType<ReturnType<typeof openLiveHost>['timed']>) => answer;

test('a read that hangs holds nobody up, and is answered when it comes back', async () => {
  put('other', 'is read meanwhile\n');
  makeBlocking(join(folder.path, 'memory.stat'));
  const host = openLiveHost(folder.path);
  let answered = false;
  const hanging = host.timedLater('/memory.stat').then((reading) => {
    answered = true;
    return reading;
  });
  expect(host.read('/other')).toMatchObject({ text: 'is read meanwhile\n' });
  await new Promise((settle) => setImmediate(settle));
  expect(answered).toBe(false);
  put('memory.stat', 'cache 0\n');
  const reading = await hanging;
  expect(reading).toMatchObject({ question: 'timed', path: '/memory.stat', text: 'cache 0\n' });
  expect(isMissing(reading.cost?.wallSeconds)).toBe(false);
});

test('the answer is the same as that of a read that is waited for', async () => {
  put('empty', '');
  put('memory.short', 'usage 1\n');
  put('memory.exact', 'x'.repeat(16 * 1024));
  put('large', 'line of many\n'.repeat(20_000));
  mkdirSync(join(folder.path, 'a-folder'));
  const host = openLiveHost(folder.path);
  for (const path of [
    '/empty',
    '/memory.short',
    '/memory.exact',
    '/large',
    '/a-folder',
    '/not-there',
    '/empty/below',
  ]) {
    expect(withoutCost(await host.timedLater(path)), path).toEqual(withoutCost(host.timed(path)));
  }
});

test('no descriptor stays open: that of a cgroup would pin it', async () => {
  put('memory.short', 'usage 1\n');
  const host = openLiveHost(folder.path);
  await host.timedLater('/memory.short');
  const before = readdirSync('/proc/self/fd').length;
  for (const path of ['/memory.short', '/not-there', '/a-folder']) await host.timedLater(path);
  expect(readdirSync('/proc/self/fd')).toHaveLength(before);
});

test('a file of many records is read to its end', () => {
  const files = [
    '/proc/mounts',
    '/proc/1/mountinfo',
    '/proc/slabinfo',
    '/proc/vmstat',
    '/sys/fs/cgroup/a/cgroup.procs',
  ];
  expect(files.filter(isOneRecord)).toEqual([]);
  expect(isOneRecord('/proc/1/task/1/schedstat')).toBe(true);
  expect(isOneRecord('/sys/fs/cgroup/memory/a/memory.stat')).toBe(true);
});
