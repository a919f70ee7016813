import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NODE_FLAGS } from '../support/program.ts';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const flagsIn = (text: string) => text.match(/--[a-z][a-z-]*(?:=\d+)?/g) ?? [];

const mallocIn = (text: string) =>
  Array.from(text.matchAll(/(MALLOC_[A-Z_]+)(?:=|: ')(\d+)/g), ([, name, value]) => [name, value]);

test('every launcher starts Node with the same flags', () => {
  expect(NODE_FLAGS).toContain('--single-threaded');
  const launcher = textOf('src/packaging/launcher.sh').split('exec ').at(-1) ?? '';
  const ofOthers = {
    'own-process.ts': flagsIn(
      /const NODE_FLAGS = \[[^\]]*\]/.exec(textOf('src/app/children/own-process.ts'))?.[0] ?? '',
    ),
    'launcher.sh': flagsIn(launcher).filter((flag) => !LOADER_FLAGS.includes(flag)),
    Containerfile: flagsIn(/^ENTRYPOINT.*$/m.exec(textOf('src/packaging/Containerfile'))?.[0] ?? '').filter(
      (flag) => !LOADER_FLAGS.includes(flag),
    ),
  };
  for (const [file, flags] of Object.entries(ofOthers)) expect(flags, file).toEqual(NODE_FLAGS);
});

test('every launcher has malloc give back what is free', () => {
  const expected = mallocIn(textOf('bin/slabtop-k8s'));
  expect(expected).toHaveLength(3);
  for (const file of ['src/app/children/own-process.ts', 'src/packaging/launcher.sh', 'src/packaging/Containerfile']) {
    expect(mallocIn(textOf(file)), file).toEqual(expected);
  }
});

test('no first line is longer than the 127 bytes that Linux before 5.1 takes', () => {
  for (const file of ['bin/slabtop-k8s', 'src/packaging/launcher.sh']) {
    expect(textOf(file).split('\n', 1)[0]?.length, file).toBeLessThanOrEqual(127);
  }
});

/** Those of the dynamic loader, which starts Node in the relocatable archive. */
const LOADER_FLAGS = ['--inhibit-cache', '--library-path'];

test('nothing relies on Math.random, which these flags make the same in every run', () => {
  const sources = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' });
  const using = sources.filter((path) => path.endsWith('.ts') && textOf(`src/${path}`).includes('Math.random('));
  expect(sources.length).toBeGreaterThan(100);
  expect(using).toEqual([]);
});
