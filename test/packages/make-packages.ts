import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { makeFolder } from '../support/cleanup.ts';

const PACKAGE = fileURLToPath(new URL('../../src/packaging/package.mjs', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that `npm run package` filled. */
    packages: string;
    /** What `npm run package` told of them. */
    told: string;
  }
}

/** Makes all packages in a folder of its own, so that those of a checkout stay as they are. */
export default function makePackages(project: TestProject): () => void {
  const folder = makeFolder(tmpdir(), 'packages');
  const told = execFileSync(process.execPath, [PACKAGE, '--out', folder.path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(told);
  project.provide('packages', folder.path);
  project.provide('told', told);
  return folder.remove;
}
