import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HOOK = fileURLToPath(new URL('./code-cache-hook.cjs', import.meta.url));

const BUNDLES = ['slabtop-k8s.cjs', 'slabtop-k8s-sampler.cjs'];

const PATIENCE_MS = 60_000;

/** A second frame has been drawn, with rates. */
const SETTLE_MS = 3500;

/**
 * Makes the code cache of the two bundles in `folder`, for this Node: what V8 has compiled of each after a screen was
 * open on this machine for a moment, so that it holds the functions that a start needs and few others. The flags are
 * the launcher's: V8 takes a cache only with those that were in force when it was made. Answers why there is none, where
 * the screen cannot be opened here.
 */
export async function makeCodeCache(node, root, folder) {
  if (process.platform !== 'linux') return 'the live screen runs on Linux only';
  const { spawn } = await import('@lydell/node-pty');
  const made = await mkdtemp(join(tmpdir(), 'slabtop-k8s-code-cache-'));
  const pty = spawn(
    node,
    [...(await launcherFlags(root)), '--require', HOOK, join(folder, 'slabtop-k8s-start.cjs'), '-d', '1'],
    {
      cols: 160,
      rows: 45,
      cwd: made,
      env: {
        ...{ PATH: process.env.PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8', HOME: made },
        ...{ CODE_CACHE_FOLDER: made, SLABTOP_K8S_LOCK_FILE: join(made, 'lock') },
      },
    },
  );
  let shown = '';
  let ended;
  pty.onData((data) => {
    shown += data;
  });
  pty.onExit(({ exitCode }) => {
    ended = exitCode;
  });
  const until = async (holds, what) => {
    const end = performance.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (ended !== undefined) throw new Error(`the program ended with ${ended} before ${what}: ${shown.slice(-400)}`);
      if (performance.now() > end) throw new Error(`${what}: not within ${PATIENCE_MS / 1000} s`);
      await sleep(50);
    }
  };
  try {
    await until(() => shown.includes('SLOWEST READ'), 'the first frame');
    await sleep(SETTLE_MS);
    const children = await readFile(`/proc/${pty.pid}/task/${pty.pid}/children`, 'utf8');
    for (const pid of [pty.pid, ...children.trim().split(' ').map(Number)]) process.kill(pid, 'SIGUSR2');
    for (const name of BUNDLES) {
      const path = join(made, `${name}.cache`);
      await until(
        () =>
          stat(path).then(
            () => true,
            () => false,
          ),
        `the code cache of ${name}`,
      );
      const bundle = await readFile(join(folder, name), 'latin1');
      const build = bundle.trimEnd().split('\n').at(-1);
      await writeFile(join(folder, `${name}.cache`), Buffer.concat([Buffer.from(build), await readFile(path)]));
    }
    return undefined;
  } catch (error) {
    return error.message;
  } finally {
    if (ended === undefined) {
      pty.write('q');
      await Promise.race([until(() => ended !== undefined, 'its end').catch(() => {}), sleep(2000)]);
      if (ended === undefined) process.kill(pty.pid, 'SIGKILL');
    }
    await rm(made, { recursive: true, force: true });
  }
}

/** Node's flags, from the one place where they are for a checkout. */
async function launcherFlags(root) {
  const launcher = await readFile(join(root, 'bin/slabtop-k8s'), 'utf8');
  const [, flags] = /^':' \/\/; exec node (.*) "\$0"/m.exec(launcher) ?? [];
  if (flags === undefined) throw new Error('bin/slabtop-k8s does not start Node as it did');
  return flags.split(' ');
}
