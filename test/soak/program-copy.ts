import { copyFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../support/cleanup.ts';
import { PROGRAM } from '../support/program.ts';

/** The built program in a folder of its own: a build in the meantime must not change what runs for half an hour. */
export function copyProgram(): string {
  const { path } = makeFolder(tmpdir(), 'program');
  const built = dirname(dirname(PROGRAM));
  const bundles = ['slabtop-k8s.cjs', 'slabtop-k8s-sampler.cjs', 'slabtop-k8s-start.cjs'].map((name) =>
    join('dist', name),
  );
  for (const file of ['bin/slabtop-k8s', ...bundles]) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    copyFileSync(join(built, file), join(path, file));
  }
  return join(path, 'bin/slabtop-k8s');
}
