import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from '../support/cleanup.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { path: folder, remove } = makeFolder(tmpdir(), 'build');
afterAll(remove);

/** A checkout with a program of its own, so that these tests depend on no other part of the sources. */
beforeAll(() => {
  mkdirSync(join(folder, 'src', 'app', 'children', 'sampler'), { recursive: true });
  for (const path of ['package.json', 'package-lock.json', 'bin', 'src/packaging']) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'src', 'app', 'main.ts'),
    `console.log('version', __VERSION__);
     if (process.argv[2] === 'chart') import('blessed-contrib/lib/widget/charts/line.js').then((chart) => console.log(typeof chart.default));
     globalThis.process.on('exit', () => console.log(new Error('here').stack?.includes('namedByItsSource') || namedByItsSource()));
     function namedByItsSource() { return String(new Error('here').stack).includes('namedByItsSource'); }`,
  );
  writeFileSync(join(folder, 'src', 'app', 'children', 'sampler', 'sampler-main.ts'), `console.log('sampler');`);
  writeFileSync(join(folder, 'src', 'app', 'start.ts'), `require(__dirname + '/slabtop-k8s.cjs');`);
  const longAgo = new Date('2020-01-01');
  utimesSync(join(folder, 'package-lock.json'), longAgo, longAgo);
});

function ready() {
  return spawnSync(process.execPath, [join(folder, 'src', 'packaging', 'ready.mjs')], { encoding: 'utf8' });
}

function start(...args: string[]) {
  return spawnSync(join(folder, 'bin', 'slabtop-k8s'), args, { encoding: 'utf8', cwd: tmpdir() });
}

test('the launcher says what to do before the first build', () => {
  const { status, stderr } = start();
  expect(status).toBe(1);
  expect(stderr).toContain('not built yet; run `npm start`');
});

test('builds what is missing, says so on standard error only, and is silent the next time', () => {
  expect(ready()).toMatchObject({
    ...{ status: 0, stdout: '' },
    // What stands for the program here opens no screen of which the code could be kept.
    stderr: expect.stringMatching(
      /^slabtop-k8s: building dist\/slabtop-k8s\.cjs\nslabtop-k8s: starts without a code cache: the program ended .*\n$/s,
    ),
  });
  expect(ready()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(start()).toMatchObject({ status: 0, stdout: `version ${version}\ntrue\n`, stderr: '' });
});

test.each(['slabtop-k8s-sampler.cjs', 'slabtop-k8s-start.cjs'])('builds again when %s is missing', (name) => {
  rmSync(join(folder, 'dist', name));
  expect(ready().stderr).toContain('building');
  expect(ready().stderr).toBe('');
});

test('builds again when a source is newer', () => {
  const main = join(folder, 'src', 'app', 'main.ts');
  const soon = new Date(Date.now() + 5_000);
  utimesSync(main, soon, soon);
  expect(ready().stderr).toContain('building');
});

test('a build that fails is told, and ends npm start', () => {
  const main = join(folder, 'src', 'app', 'main.ts');
  const good = readFileSync(main, 'utf8');
  writeFileSync(main, 'const = 1;');
  const { status, stderr } = ready();
  writeFileSync(main, good);
  expect(status).toBe(1);
  expect(stderr).toContain('the build failed (exit code 1)');
  expect(stderr).toContain('main.ts:1:6');
});

test('the widgets run from the one file, away from any package folder', () => {
  const bundle = join(folder, 'alone.cjs');
  const main = join(folder, 'src', 'app', 'main.ts');
  const build = join(folder, 'src', 'packaging', 'build.mjs');
  execFileSync(process.execPath, [build, '--entry', main, '--outfile', bundle]);
  const alone = join(makeFolder(folder, 'away').path, 'alone.cjs');
  cpSync(bundle, alone);
  expect(execFileSync(process.execPath, [alone, 'chart'], { encoding: 'utf8' })).toContain('function');
});
