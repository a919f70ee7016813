import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { enterRoot, whyNoOtherRoot } from './enter-root.ts';
import { folderForTests, unpackArchive } from './made.ts';
import { doesMainJob, outputOf } from './main-job.ts';

const folder = folderForTests();
const why = whyNoOtherRoot();
if (why !== undefined) console.log(`skipped, an empty root folder: ${why}`);

/** What the launcher does, for a place that has no shell to run it. */
const WITHOUT_SHELL = [
  '/slabtop-k8s/lib/ld-linux-x86-64.so.2',
  '--inhibit-cache',
  '--library-path',
  '/slabtop-k8s/lib',
  '/slabtop-k8s/lib/node',
  '/slabtop-k8s/lib/slabtop-k8s-start.cjs',
];

test.skipIf(why !== undefined)('runs in a root folder that has nothing but it and /proc', async () => {
  const root = join(folder, 'empty');
  unpackArchive(root);
  const argv = enterRoot(root, ['proc']);
  const document = await doesMainJob({ argv: [...argv, ...WITHOUT_SHELL], lockFolder: '/' });
  expect(document.host.distribution).toMatchObject({ unavailable: 'absent' });
});

test('its launcher is found through a link, in a folder with a blank in its name', async () => {
  const place = join(folder, 'another place');
  unpackArchive(place);
  const link = join(folder, 'slabtop-k8s');
  symlinkSync(join(place, 'slabtop-k8s', 'bin', 'slabtop-k8s'), link);
  await doesMainJob({ argv: [link], env: { PATH: '/usr/bin:/bin' }, lockFolder: folder });
});

test('it has the man page, and completion for each shell', () => {
  const place = join(folder, 'shared');
  unpackArchive(place);
  const file = (path: string) => readFileSync(join(place, 'slabtop-k8s/share', path), 'utf8');
  expect(file('man/man1/slabtop-k8s.1')).toMatch(/^\.TH SLABTOP/);
  expect(file('bash-completion/completions/slabtop-k8s')).toContain('complete -F');
  expect(file('zsh/vendor-completions/_slabtop-k8s')).toMatch(/^#compdef slabtop-k8s/);
  expect(file('fish/vendor_completions.d/slabtop-k8s.fish')).toContain('complete -c slabtop-k8s');
});

test('V8 takes the code that was compiled when it was packaged, with the flags of the launcher', () => {
  const place = join(folder, 'compiled');
  unpackArchive(place);
  const told = fileURLToPath(new URL('./code-cache-told.cjs', import.meta.url));
  const log = join(place, 'log');
  const env = { PATH: '/usr/bin:/bin', NODE_OPTIONS: `--require ${told}`, SLABTOP_K8S_LOCK_FILE: join(place, 'lock') };
  const ran = spawnSync(join(place, 'slabtop-k8s/bin/slabtop-k8s'), ['--once', '--log', log], {
    env,
    encoding: 'utf8',
  });
  expect(ran.stderr).toContain('code cache of slabtop-k8s.cjs: taken\n');
  // Standard error of the sampler process, which has flags of its own.
  expect(readFileSync(log, 'utf8')).toContain('code cache of slabtop-k8s-sampler.cjs: taken\n');
});

test('its launcher refuses a folder that the loader would take for two', async () => {
  const place = join(folder, 'a:b');
  mkdirSync(place);
  unpackArchive(place);
  const command = { argv: [join(place, 'slabtop-k8s/bin/slabtop-k8s')], env: { PATH: '/usr/bin:/bin' } } as const;
  await expect(outputOf({ ...command, lockFolder: folder }, '--version')).rejects.toThrow('the loader cannot use');
});
