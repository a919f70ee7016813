import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit, makeFolder } from '../cleanup.ts';
import { removeCgroups } from './cgroups.ts';
import { whyNoRealKernel } from './hierarchy.ts';

/** Programs that a container takes; Debian has them in packages of these names. */
const PACKAGES = {
  containerd: 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  busybox: 'busybox-static',
  unshare: 'util-linux',
};

/** Why no container can be run here, to print beside a skip; undefined where it can. */
export function whyNoContainers(): string | undefined {
  const kernel = whyNoRealKernel();
  if (kernel !== undefined) return kernel;
  for (const [program, where] of Object.entries(PACKAGES)) {
    if (programPath(program) === undefined) return `no ${program} on PATH (Debian package ${where})`;
  }
  const tried = spawnSync('unshare', ['--mount', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? undefined : `unshare --mount: ${tried.stderr.trim()}`;
}

function programPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** One run of a container. */
interface Container {
  /** Its cgroup, from the root of each hierarchy, without its id. */
  readonly below: string;
  readonly command: readonly string[];
  /** Folders of this machine that it sees: `type=bind,src=...`, as ctr takes them. */
  readonly mounts?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a container ended, and what it printed. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A containerd of its own, with folders of its own, in a mount namespace of its own. */
export interface Containers {
  /** Runs a container until it ends; its id is 64 hex digits, as kubelet's are. */
  run(container: Container): Promise<Ended>;
  end(): Promise<void>;
}

/** Starts a containerd that runs containers by runc; what they leave in the hierarchies goes with `root`, a cgroup. */
export async function startContainers(root: string): Promise<Containers> {
  const folder = makeFolder(tmpdir(), 'containerd');
  const rootfs = makeRootfs(folder.path);
  const socket = join(folder.path, 'socket');
  writeFileSync(
    join(folder.path, 'config.toml'),
    `version = 2
root = "${folder.path}/root"
state = "${folder.path}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
  address = "${socket}"
`,
  );
  const daemon = spawn('unshare', ['--mount', '--', 'containerd', '--config', join(folder.path, 'config.toml')], {
    stdio: 'ignore',
  });
  const remove = atExit(() => {
    daemon.kill('SIGKILL');
    for (const hierarchy of readdirSync('/sys/fs/cgroup')) removeCgroups(join('/sys/fs/cgroup', hierarchy, root));
    folder.remove();
  });
  await answering(daemon, socket);
  return {
    run: ({ below, command, mounts = [], environment = {} }) => {
      const id = randomBytes(32).toString('hex');
      const args = ['-a', socket, 'run', '--rm', '--rootfs', '--cgroup', `${below}/${id}`];
      for (const mount of mounts) args.push('--mount', mount);
      for (const [name, value] of Object.entries(environment)) args.push('--env', `${name}=${value}`);
      return run('ctr', [...args, rootfs, id, ...command]);
    },
    end: async () => {
      const over = new Promise((settle) => daemon.once('exit', settle));
      daemon.kill('SIGTERM');
      await over;
      remove();
    },
  };
}

/** busybox, and links to what a container may see of this machine's /usr. */
function makeRootfs(folder: string): string {
  const rootfs = join(folder, 'rootfs');
  for (const name of ['proc', 'sys', 'dev', 'tmp', 'usr', 'host', 'busybox'])
    mkdirSync(join(rootfs, name), { recursive: true });
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) symlinkSync(`usr/${name}`, join(rootfs, name));
  copyFileSync(programPath('busybox') ?? '', join(rootfs, 'busybox/busybox'));
  chmodSync(join(rootfs, 'busybox/busybox'), 0o755);
  return rootfs;
}

async function answering(daemon: ChildProcess, socket: string): Promise<void> {
  while ((await run('ctr', ['-a', socket, '--connect-timeout', '1s', 'version'])).code !== 0) {
    if (daemon.exitCode !== null) throw new Error(`containerd ended with ${daemon.exitCode}`);
    await sleep(200);
  }
}

function run(program: string, args: readonly string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      settle({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}
