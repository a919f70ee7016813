import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Makes a fresh or changed checkout ready to run: installs when the packages are missing or older than the lock file,
 * builds when the bundle is older than anything it is made from. Silent, and a few milliseconds, when all is done.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const lock = modifiedAt('package-lock.json');

if (lock > modifiedAt('node_modules/.package-lock.json')) {
  say('installing packages (npm install)');
  // Not `npm ci`: it refuses a lock file without the packages of every other platform, which some registries lack. The
  // versions are those of the lock file all the same, and `--no-save` leaves it as it is.
  run(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm install failed; is the registry reachable?',
  );
}
const built = Math.min(
  ...['dist/slabtop-k8s.cjs', 'dist/slabtop-k8s-sampler.cjs', 'dist/slabtop-k8s-start.cjs'].map(modifiedAt),
);
if (Math.max(lock, modifiedAt('package.json'), newestIn('src')) > built) {
  say('building dist/slabtop-k8s.cjs');
  run(process.execPath, [join('src', 'packaging', 'build.mjs'), '--code-cache'], 'the build failed');
}

/** A folder's own time counts too: it changes when a file is removed. */
function newestIn(folder) {
  let newest = modifiedAt(folder);
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path) : modifiedAt(path));
  }
  return newest;
}

/** Milliseconds since 1970, 0 for a file that is not there, which is older than every file. */
function modifiedAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function run(command, args, failure) {
  const { error, status, signal } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  say(`${failure} (${error?.message ?? signal ?? `exit code ${status}`})`);
  process.exit(1);
}

/** On standard error: standard output belongs to the report. */
function say(text) {
  process.stderr.write(`slabtop-k8s: ${text}\n`);
}
