import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../plan.ts';
import { type CpioEntry, writeCpio } from './cpio.ts';
import type { Packaged } from './packaged.ts';
import type { Parts } from './parts.ts';

/**
 * Writes an initramfs: busybox, unshare, the program as it is packaged with its Node, the guest's scripts, and nothing else.
 * `plan` is what the guest is told to do, as JSON in `/plan.json`.
 */
export function writeInitramfs(file: string, { busybox, unshare }: Parts, packaged: Packaged, plan: Plan): void {
  const told = { ...plan, program: packaged.argv };
  const files = [
    executable('bin/busybox', busybox),
    executable('bin/unshare', unshare),
    ...[busybox, unshare].flatMap(librariesOf).map((library) => executable(library.slice(1), library)),
    ...packaged.files.map(
      (each) =>
        ({ kind: 'file', path: each.path, content: readFileSync(each.from), executable: each.executable }) as const,
    ),
    // What runs the guest's script, under the name by which init calls it.
    {
      kind: 'file',
      path: 'bin/node',
      content: Buffer.from(`#!/bin/busybox sh\nexec ${packaged.node.join(' ')} "$@"\n`),
      executable: true,
    } as const,
    executable('init', fileURLToPath(new URL('../guest/init.sh', import.meta.url))),
    executable('enter-and-write.sh', fileURLToPath(new URL('../guest/enter-and-write.sh', import.meta.url))),
    executable('in-container.sh', fileURLToPath(new URL('../guest/in-container.sh', import.meta.url))),
    executable('tour.mjs', fileURLToPath(new URL('../guest/tour.mjs', import.meta.url))),
    executable('kernel.mjs', fileURLToPath(new URL('../guest/kernel.mjs', import.meta.url))),
    { kind: 'file', path: 'plan.json', content: Buffer.from(JSON.stringify(told)), executable: false } as const,
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
