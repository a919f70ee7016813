import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inject } from 'vitest';
import { MADE } from '../../packages/made.ts';

/** Where the relocatable archive lies inside the machine. */
const PLACE = 'opt/slabtop-k8s';

/** The relocatable archive: its Node, that Node's loader and libraries, the program and its code cache. */
export interface Packaged {
  /** By their path inside the machine, without a leading slash. */
  readonly files: readonly { readonly path: string; readonly from: string; readonly executable: boolean }[];
  /** What its launcher executes: the machine has no shell but busybox's, by another name. */
  readonly argv: readonly string[];
  /** Its Node alone, for a script of the guest's. */
  readonly node: readonly string[];
}

/** Unpacks the archive that was made for this run below a folder. */
export function unpackPackaged(folder: string): Packaged {
  if (inject('packages') === '') throw new Error('no packages were made');
  execFileSync('tar', ['xzf', MADE.archive, '-C', folder, '--strip-components=1']);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((from) => ({
      ...{ from, path: `${PLACE}/${relative(folder, from)}` },
      executable: (statSync(from).mode & 0o111) !== 0,
    }));
  const lib = `/${PLACE}/lib`;
  const node = [`${lib}/ld-linux-x86-64.so.2`, '--inhibit-cache', '--library-path', lib, `${lib}/node`];
  const [, flags = ''] = /^ {2}(--\S.*) "\$lib/m.exec(readFileSync(join(folder, 'bin/slabtop-k8s'), 'utf8')) ?? [];
  if (flags === '') throw new Error('the launcher gives Node no flags');
  return { files, node, argv: [...node, ...flags.split(' '), `${lib}/slabtop-k8s-start.cjs`] };
}
