import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Why no other root folder can be entered here, to print beside a skip; undefined where it can. */
export function whyNoOtherRoot(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root: enters another root folder';
  try {
    execFileSync('/usr/bin/unshare', ['--mount', '--propagation', 'private', 'chroot', '/', '/bin/true']);
  } catch (error) {
    return `cannot enter another root folder: ${error instanceof Error ? error.message : String(error)}`;
  }
  return undefined;
}

/** What is mounted below the root before it is entered. */
export type Mount = 'proc' | 'dev' | 'sys' | 'host';

const MOUNTING: Readonly<Record<Mount, string>> = {
  proc: 'mount -t proc proc "$root/proc"',
  dev: 'mount --rbind /dev "$root/dev"',
  sys: 'mount --rbind /sys "$root/sys"',
  host: 'mount --rbind / "$root/host"',
};

/**
 * The start of a command that is run with `root` as its root folder. The mounts are in a name space of the command's
 * own: they are never seen outside, and go with its last process, however that ends.
 */
export function enterRoot(root: string, mounts: readonly Mount[]): [string, ...string[]] {
  for (const mount of mounts) mkdirSync(join(root, mount), { recursive: true });
  const chroot = execFileSync('which', ['chroot'], { encoding: 'utf8' }).trim();
  const script = `set -e; root=$1; shift; ${mounts.map((mount) => MOUNTING[mount]).join('; ')}; exec ${chroot} "$root" "$@"`;
  return ['/usr/bin/unshare', '--mount', '--propagation', 'private', '/bin/sh', '-c', script, 'sh', root];
}
