import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { atExit } from '../support/cleanup.ts';
import { folderForTests, MADE, VERSION } from './made.ts';
import { doesMainJob } from './main-job.ts';

const folder = folderForTests();
const why = whyNoInstall();
if (why !== undefined) console.log(`skipped, the Debian package: ${why}`);

/** Why it cannot be installed on this machine; undefined where it can. */
function whyNoInstall(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root: installs a package';
  if (spawnSync('/usr/bin/dpkg', ['--version']).error !== undefined) return 'no dpkg here';
  if (spawnSync('/usr/bin/dpkg', ['--status', 'slabtop-k8s']).status === 0) return 'one is installed here, and stays';
  return undefined;
}

test.skipIf(why !== undefined)('installs, runs and is removed without a trace', async () => {
  const purge = atExit(() => void execFileSync('/usr/bin/dpkg', ['--purge', 'slabtop-k8s'], { stdio: 'pipe' }));
  try {
    execFileSync('/usr/bin/dpkg', ['--install', MADE.debian], { stdio: 'pipe' });
    const status = execFileSync('/usr/bin/dpkg', ['--status', 'slabtop-k8s'], { encoding: 'utf8' });
    expect(status).toContain(`Version: ${VERSION}\n`);
    expect(status).toContain('Status: install ok installed\n');
    expect(execFileSync('/usr/bin/dpkg', ['--verify', 'slabtop-k8s'], { encoding: 'utf8' })).toBe('');
    await doesMainJob({ argv: ['/usr/bin/slabtop-k8s'], env: { PATH: '/usr/bin:/bin' }, lockFolder: folder });
  } finally {
    purge();
  }
  expect(spawnSync('/usr/bin/dpkg', ['--status', 'slabtop-k8s']).status).not.toBe(0);
  expect(['/opt/slabtop-k8s', '/usr/bin/slabtop-k8s', '/usr/share/doc/slabtop-k8s'].filter(existsSync)).toEqual([]);
});
