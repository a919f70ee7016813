import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { fetchKernelImage, type KernelSeries } from './kernel-image.ts';

/** What the machines are made of: paths of programs and of the kernel. */
export interface Parts {
  readonly qemu: string;
  readonly busybox: string;
  /** Of util-linux: busybox's has no cgroup namespaces. */
  readonly unshare: string;
  readonly kernel: string;
}

/** The parts, or in one sentence which of them are not to be had and what brings them. */
export function findParts(series: KernelSeries): Parts | { readonly missing: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: `the kernel is for Linux on x64, this is ${process.platform} on ${process.arch}` };
  }
  const qemu = findProgram('qemu-system-x86_64');
  const busybox = findProgram('busybox');
  const unshare = findProgram('unshare');
  const packages = [qemu ?? 'qemu-system-x86', busybox ?? 'busybox-static', unshare ?? 'util-linux'].filter(
    (each) => !each.startsWith('/'),
  );
  if (qemu === undefined || busybox === undefined || unshare === undefined) {
    return { missing: `not installed: ${packages.join(', ')} (Debian packages)` };
  }
  try {
    return { qemu, busybox, unshare, kernel: fetchKernelImage(series) };
  } catch (error) {
    return { missing: `Debian's kernel cannot be fetched: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/bin', '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return file.startsWith('/');
  } catch {
    return false;
  }
}
