import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CpioEntry, writeCpio } from './cpio.ts';
import type { Parts } from './parts.ts';

const ROOT = new URL('../../../', import.meta.url);

/** Where things are inside the machine. */
const PROGRAM = 'opt/slabtop-k8s';

/**
 * Writes an initramfs: busybox, unshare, this Node with its libraries, the built program, the guest's scripts, and nothing
 * else. `plan` is what the guest is told to do, as JSON in `/plan.json`.
 */
export function writeInitramfs(file: string, { busybox, unshare }: Parts, plan: unknown): void {
  const node = realpathSync(process.execPath);
  const files = [
    executable('bin/busybox', busybox),
    executable('bin/node', node),
    executable('bin/unshare', unshare),
    ...[busybox, node, unshare].flatMap(librariesOf).map((library) => executable(library.slice(1), library)),
    executable(`${PROGRAM}/bin/slabtop-k8s`, fileURLToPath(new URL('bin/slabtop-k8s', ROOT))),
    ...['slabtop-k8s.cjs', 'slabtop-k8s-sampler.cjs', 'slabtop-k8s-start.cjs'].map((name) =>
      executable(`${PROGRAM}/dist/${name}`, fileURLToPath(new URL(`dist/${name}`, ROOT))),
    ),
    executable('init', fileURLToPath(new URL('../guest/init.sh', import.meta.url))),
    executable('enter-and-write.sh', fileURLToPath(new URL('../guest/enter-and-write.sh', import.meta.url))),
    executable('in-container.sh', fileURLToPath(new URL('../guest/in-container.sh', import.meta.url))),
    executable('tour.mjs', fileURLToPath(new URL('../guest/tour.mjs', import.meta.url))),
    executable('kernel.mjs', fileURLToPath(new URL('../guest/kernel.mjs', import.meta.url))),
    { kind: 'file', path: 'plan.json', content: Buffer.from(JSON.stringify(plan)), executable: false } as const,
  ];
  // A library that two programs need is there once.
  const unique = [...new Map(files.map((each) => [each.path, each])).values()];
  writeCpio(file, [...foldersOf(unique.map(({ path }) => path)), console, ...unique]);
}

/** The kernel opens it for its first process before that one has mounted /dev. */
const console: CpioEntry = { kind: 'character-device', path: 'dev/console', major: 5, minor: 1 };

function executable(path: string, from: string): CpioEntry {
  return { kind: 'file', path, content: readFileSync(from), executable: true };
}

/** ldd(1), a part of the C library. */
const LOADER_QUERY = 'ldd';

/** The shared libraries of a program, and the loader that it names; none for a static one. */
function librariesOf(program: string): string[] {
  let printed: string;
  try {
    printed = execFileSync(LOADER_QUERY, [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error instanceof Error && /not a dynamic executable/.test(error.message)) return [];
    throw error;
  }
  return [...printed.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].flatMap(([, path]) => (path === undefined ? [] : [path]));
}

/** Every folder that a file lies in, outermost first, and those that the guest mounts on. */
function foldersOf(files: readonly string[]): CpioEntry[] {
  const folders = new Set(['dev', 'proc', 'sys', 'run', 'tmp', 'var', 'var/log', 'var/log/pods']);
  for (const file of files) {
    for (let above = dirname(file); above !== '.'; above = dirname(above)) folders.add(above);
  }
  return [...folders].sort().map((path) => ({ kind: 'folder', path }));
}
