import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { CannotWrite, exportName, writeNewFile } from '../../../src/app/base/new-file.ts';
import { makeFolder } from '../../support/cleanup.ts';

function folder(): string {
  const { path, remove } = makeFolder(tmpdir(), 'new-file');
  onTestFinished(remove);
  return path;
}

test('a new file is 0600, and whole', () => {
  const path = join(folder(), 'export.json');
  writeNewFile(path, 'content');
  expect(readFileSync(path, 'utf8')).toBe('content');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('nothing is written over a file, a folder, or through a link', () => {
  const place = folder();
  const [file, link, dangling, below] = ['file', 'link', 'dangling', 'below'].map((name) => join(place, name));
  writeFileSync(file ?? '', 'mine');
  symlinkSync(file ?? '', link ?? '');
  symlinkSync(join(place, 'nowhere'), dangling ?? '');
  mkdirSync(below ?? '');
  for (const path of [file, link, dangling, below]) {
    expect(() => writeNewFile(path ?? '', 'theirs')).toThrow(CannotWrite);
  }
  expect(() => writeNewFile(join(place, 'absent', 'export'), 'theirs')).toThrow('no such file or folder');
  expect(readFileSync(file ?? '', 'utf8')).toBe('mine');
  // No unfinished file is left either.
  expect(readdirSync(place).toSorted()).toEqual(['below', 'dangling', 'file', 'link']);
});

test('the name of an export is a plain file name, whatever the node is called', () => {
  const at = new Date('2026-11-23T14:03:22.123Z');
  expect(exportName('node-7.example', at, 'md')).toBe('slabtop-k8s-node-7.example-20261123T140322Z.md');
  const character = fc.oneof(fc.constantFrom('/', '.', '\0', '\n', ' ', '\u001b', '$'), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 300 }), (node) => {
      const name = exportName(node, at, 'json');
      expect(name).toMatch(/^slabtop-k8s-[A-Za-z0-9_][A-Za-z0-9._-]*-20261123T140322Z\.json$/);
      expect(name.length).toBeLessThan(120);
    }),
    { numRuns: 500 },
  );
});
