// Lets Node 20 run TypeScript: `node --import ./test/bench/typescript.mjs FILE.ts`. Files stay where they are, so that
// what they start by its path beside them is found.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from 'esbuild';

// Node loads the hooks below in a thread of their own, where this file must not register itself again.
if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: 'ts',
    sourcefile: file,
    sourcemap: 'inline',
  });
  return { format: 'module', shortCircuit: true, source: code };
}
