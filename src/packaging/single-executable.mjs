import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'postject';

/** Says to Node that a program was injected: https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * Writes a Node with the program inside. It needs the libraries of the system it runs on, as Node does (glibc 2.28 for
 * the Node of nodejs.org). The bundle is in it a second time, as the text that a worker thread is started with, since a
 * thread cannot be started from the executable.
 */
export async function writeSingleExecutable(node, bundle, executable) {
  const folder = await mkdtemp(join(tmpdir(), 'slabtop-k8s-single-'));
  try {
    const blob = join(folder, 'blob');
    const config = join(folder, 'config.json');
    await writeFile(
      config,
      JSON.stringify({
        main: bundle,
        output: blob,
        disableExperimentalSEAWarning: true,
        useCodeCache: true,
        assets: { 'slabtop-k8s.cjs': bundle },
      }),
    );
    await promisify(execFile)(node, ['--experimental-sea-config', config]);
    await copyFile(node, executable);
    await chmod(executable, 0o755);
    await inject(executable, 'NODE_SEA_BLOB', await readFile(blob), { sentinelFuse: FUSE });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
