import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Each depends on the newest of Debian's kernels of its series for virtual machines: what a node has, without most of
 * its drivers. 6.1 counts no dying memory cgroups by themselves, 6.12 does (`nr_dying_subsys_memory`).
 */
const META_PACKAGES = { '6.1': 'linux-image-cloud-amd64', '6.12': 'linux-image-6.12-cloud-amd64' } as const;

/** A series of Debian's kernels. */
export type KernelSeries = keyof typeof META_PACKAGES;

const CACHE = join(tmpdir(), `slabtop-k8s-kernels-${process.getuid?.() ?? 0}`);

/**
 * The file of Debian's kernel, fetched by apt once and kept below the temporary folder; nothing is installed. Throws
 * where apt does not know the package or cannot fetch it.
 */
export function fetchKernelImage(series: KernelSeries): string {
  const name = packageName(META_PACKAGES[series]);
  const image = join(CACHE, name);
  if (existsSync(image)) return image;
  mkdirSync(CACHE, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(CACHE, 'fetched-'));
  try {
    run('apt-get', ['download', '-qq', name], folder);
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
    if (archive === undefined) throw new Error(`apt-get download ${name} left no package`);
    run('dpkg-deb', ['-x', archive, 'unpacked'], folder);
    const boot = join(folder, 'unpacked', 'boot');
    const kernel = readdirSync(boot).find((file) => file.startsWith('vmlinuz-'));
    if (kernel === undefined) throw new Error(`${name} has no kernel in /boot`);
    renameSync(join(boot, kernel), image);
    return image;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packageName(meta: string): string {
  const depends = run('apt-cache', ['depends', meta], '/');
  const name = /Depends: (linux-image-\S+-cloud-amd64)/.exec(depends)?.[1];
  if (name === undefined) throw new Error(`apt does not know ${meta}; apt-get update may help`);
  return name;
}

function run(program: string, args: readonly string[], folder: string): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
