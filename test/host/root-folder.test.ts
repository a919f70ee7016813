import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readNamedFile, readRegular } from '../../src/host/regular-file.ts';
import { answer, insideRoot, readWhole } from '../../src/host/root-folder.ts';
import { makeFolder } from '../support/cleanup.ts';

const folder = makeFolder(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'root');
afterAll(folder.remove);
const outside = join(folder.path, 'outside');
mkdirSync(outside);
writeFileSync(join(outside, 'secret'), 'of the container');

/** A root folder with these links, in which `/etc/release` is a file. */
function rootWith(links: Readonly<Record<string, string>>): string {
  const root = join(folder.path, 'node');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'etc/release'), 'of the node');
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  return root;
}

const textAt = (root: string, path: string) => answer('read', path, () => readWhole(insideRoot(root, path)));

test('an absolute link is one of the node, and `..` ends at its root', () => {
  const root = rootWith({ 'etc/os-release': '/etc/release', 'etc/up': '../../../../etc/release', 'etc/self': '/etc' });
  for (const path of ['/etc/release', '/etc/os-release', '/etc/up', '/etc/self/self/os-release', '/../etc/release']) {
    expect(textAt(root, path)).toMatchObject({ text: 'of the node' });
  }
});

test('whatever links a node has and whatever is asked for, nothing outside its root is read', () => {
  const part = fc.constantFrom('a', 'b', 'c', '..', '.', '', 'etc', 'secret', 'outside', 'release');
  const inside = fc.oneof(
    fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/')),
    fc.constantFrom('a', 'b', 'etc/a', 'a/release', 'b/secret', 'etc/../a', 'etc/b/release'),
  );
  const target = fc.oneof(
    inside,
    inside.map((path) => `/${path}`),
    fc.constantFrom(join(outside, 'secret'), outside, '../outside', '../../outside/secret', '/', '/etc/release'),
  );
  const links = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'etc/a', 'etc/b'),
    target.filter((path) => path !== ''),
  );
  let read = 0;
  fc.assert(
    fc.property(links, inside, (made, path) => {
      const root = rootWith(made);
      const found = answer('read', path, () => insideRoot(root, `/${path}`));
      if ('text' in found) expect(`${found.text}/`.startsWith(`${root}/`)).toBe(true);
      const text = textAt(root, `/${path}`);
      if ('text' in text) read += 1;
      expect('text' in text ? text.text : '').not.toContain('container');
    }),
    { numRuns: 4000 },
  );
  // Not all were refused: one in seventy or so leads to a file.
  expect(read).toBeGreaterThan(20);
});

test('links in a circle, and a chain of links that is longer than any, lead nowhere', () => {
  const root = rootWith({ 'etc/x': 'y', 'etc/y': 'x' });
  expect(textAt(root, '/etc/x')).toMatchObject({ errno: 'ELOOP' });
  for (const length of [31, 32, 33, 36, 39, 60]) {
    const chain = Object.fromEntries(
      Array.from({ length }, (_, n) => [`etc/l${n}`, n === length - 1 ? join(outside, 'secret') : `l${n + 1}`]),
    );
    const found = textAt(rootWith(chain), '/etc/l0');
    expect([length, 'text' in found ? found.text : '']).toEqual([length, '']);
  }
});

test('of what is no regular file nothing is read, and nobody waits for it; a file of /proc is one', () => {
  const at = (name: string) => join(folder.path, name);
  execFileSync('mkfifo', [at('fifo')]);
  symlinkSync(at('outside/secret'), at('link'));
  const errnos = { [at('fifo')]: 'EINVAL', [at('outside')]: 'EISDIR', '/dev/zero': 'EINVAL', [at('link')]: 'ELOOP' };
  for (const [path, errno] of Object.entries(errnos)) {
    expect(answer('own', path, () => readRegular(path))).toEqual({ question: 'own', path, errno });
  }
  expect(readRegular(at('outside/secret'))).toBe('of the container');
  expect(readRegular('/proc/self/stat')).toContain(`${process.pid} (`);
});

test('a file that a person names may be a link, and is neither a FIFO, a device, a folder nor without end', () => {
  const at = (name: string) => join(folder.path, name);
  const bytes = (path: string, most = 100) => answer('own', path, () => readNamedFile(path, most).toString());
  execFileSync('mkfifo', [at('named-fifo')]);
  symlinkSync(at('outside/secret'), at('named-link'));
  symlinkSync('/dev/zero', at('to-zero'));
  expect(bytes(at('named-link'))).toMatchObject({ text: 'of the container' });
  expect(bytes(at('named-link'), 4)).toMatchObject({ errno: 'EFBIG' });
  for (const path of [at('named-fifo'), at('to-zero'), '/dev/zero']) {
    expect(bytes(path)).toMatchObject({ errno: 'EINVAL' });
  }
  expect(bytes(at('outside'))).toMatchObject({ errno: 'EISDIR' });
});
