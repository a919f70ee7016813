import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dropCaches, whyNoDrop } from '../../src/actions/drop-caches.ts';
import { openHost } from '../../src/host/open-host.ts';
import { makeFolder } from '../support/cleanup.ts';

/** A fixture with a file where a node has the one that drops. */
function fixture(declared: object): { root: string; file: string } {
  const { path: root, remove } = makeFolder(tmpdir(), 'drop');
  onTestFinished(remove);
  const file = join(root, 'proc/sys/vm/drop_caches');
  mkdirSync(join(root, 'proc/sys/vm'), { recursive: true });
  writeFileSync(file, '');
  writeFileSync(join(root, 'host.json'), JSON.stringify({ fixture: 'slabtop-k8s/1', origin: 'by hand', ...declared }));
  return { root, file };
}

test('nothing is written for a fixture, whatever asks for it', () => {
  const { root, file } = fixture({});
  const { origin } = openHost(root);
  expect(whyNoDrop(origin, false)).toContain('fixture');
  expect(() => dropCaches(origin, { mode: 2, sync: false }, () => {})).toThrow('fixture');
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('a fixture that plays is told beside its host.json, and not where a kernel would listen', () => {
  const { root, file } = fixture({ plays: 'slept' });
  const { origin } = openHost(root);
  dropCaches(origin, { mode: 3, sync: true }, () => {});
  dropCaches(origin, { mode: 1, sync: false }, () => {});
  expect(readFileSync(join(root, 'played-drops'), 'utf8')).toBe('3\n1\n');
  expect(readFileSync(file, 'utf8')).toBe('');
  expect(whyNoDrop(origin, true)).toContain('--read-only');
});

test('a fixture that plays leads nowhere else by a link', () => {
  const { root, file } = fixture({ plays: 'slept' });
  symlinkSync(file, join(root, 'played-drops'));
  expect(() => dropCaches(openHost(root).origin, { mode: 2, sync: false }, () => {})).toThrow('ELOOP');
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('in a folder of files drop_caches may be a link to anything: nothing can be dropped there', () => {
  const { path: root, remove } = makeFolder(tmpdir(), 'no-kernel');
  onTestFinished(remove);
  const precious = join(root, 'precious');
  writeFileSync(precious, 'precious');
  mkdirSync(join(root, 'proc/sys/vm'), { recursive: true });
  symlinkSync(precious, join(root, 'proc/sys/vm/drop_caches'));
  const why = whyNoDrop({ kind: 'live', root: root }, false);
  expect(why).toMatch(process.geteuid?.() === 0 ? /is no file of a kernel/ : /only root/);
  expect(readFileSync(precious, 'utf8')).toBe('precious');
});
