import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { atExit } from '../support/cleanup.ts';
import { folderForTests, MADE, VERSION } from './made.ts';
import { doesMainJob } from './main-job.ts';

const folder = folderForTests();
const why = whyNoInstall();
if (why !== undefined) console.log(`skipped, the Debian package: ${why}`);

/** Where man and the shells look. */
const FOR_SHELL_AND_MAN = [
  '/usr/share/man/man1/slabtop-k8s.1.gz',
  '/usr/share/bash-completion/completions/slabtop-k8s',
  '/usr/share/zsh/vendor-completions/_slabtop-k8s',
  '/usr/share/fish/vendor_completions.d/slabtop-k8s.fish',
] as const;

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
    for (const path of FOR_SHELL_AND_MAN) expect(existsSync(path), path).toBe(true);
    expect(gunzipSync(readFileSync(FOR_SHELL_AND_MAN[0])).toString()).toMatch(/^\.TH SLABTOP/);
    expect(execFileSync('/usr/bin/dpkg', ['--verify', 'slabtop-k8s'], { encoding: 'utf8' })).toBe('');
    await doesMainJob({ argv: ['/usr/bin/slabtop-k8s'], env: { PATH: '/usr/bin:/bin' }, lockFolder: folder });
  } finally {
    purge();
  }
  expect(spawnSync('/usr/bin/dpkg', ['--status', 'slabtop-k8s']).status).not.toBe(0);
  expect(
    ['/opt/slabtop-k8s', '/usr/bin/slabtop-k8s', '/usr/share/doc/slabtop-k8s', ...FOR_SHELL_AND_MAN].filter(existsSync),
  ).toEqual([]);
});
