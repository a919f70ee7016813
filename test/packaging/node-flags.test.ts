import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const flagsIn = (text: string) => text.match(/--[a-z][a-z-]*(?:=\d+)?/g) ?? [];

/** What the program is started with from a checkout and from the npm package: the first line of its launcher. */
const FLAGS = flagsIn(textOf('bin/slabtop-k8s').split('\n', 1)[0] ?? '');

test('every launcher starts Node with the same flags', () => {
  expect(FLAGS).toContain('--single-threaded');
  const launcher = textOf('src/packaging/launcher.sh').split('exec ').at(-1) ?? '';
  const ofOthers = {
    'own-process.ts': flagsIn(/const NODE_FLAGS = \[[^\]]*\]/.exec(textOf('src/app/own-process.ts'))?.[0] ?? ''),
    'launcher.sh': flagsIn(launcher).filter((flag) => !LOADER_FLAGS.includes(flag)),
    Containerfile: flagsIn(/^ENTRYPOINT.*$/m.exec(textOf('src/packaging/Containerfile'))?.[0] ?? '').filter(
      (flag) => !LOADER_FLAGS.includes(flag),
    ),
  };
  for (const [file, flags] of Object.entries(ofOthers)) expect(flags, file).toEqual(FLAGS);
});

/** Those of the dynamic loader, which starts Node in the relocatable archive. */
const LOADER_FLAGS = ['--inhibit-cache', '--library-path'];

test('nothing relies on Math.random, which these flags make the same in every run', () => {
  const sources = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' });
  const using = sources.filter((path) => path.endsWith('.ts') && textOf(`src/${path}`).includes('Math.random('));
  expect(sources.length).toBeGreaterThan(100);
  expect(using).toEqual([]);
});
