import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { blessedPlugin } from './blessed-plugin.mjs';

/**
 * Bundles the program into one CommonJS file that needs nothing but Node: `node src/packaging/build.mjs`, or another
 * entry with `--entry FILE --outfile FILE`; `--metafile FILE` lists what went into it. What the program imports with `import()` stays inside the file and is
 * evaluated when it is first asked for, so that the sampler process, which runs the same file, never pays for it.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    entry: { type: 'string', default: `${root}src/app/main.ts` },
    outfile: { type: 'string', default: `${root}dist/slabtop-k8s.cjs` },
    sourcemap: { type: 'boolean', default: false },
    metafile: { type: 'string' },
  },
});
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

try {
  const { metafile } = await build({
    entryPoints: [options.entry],
    outfile: options.outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Names stay, so that a stack trace in a bug report can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: false,
    sourcemap: options.sourcemap ? 'external' : false,
    legalComments: 'none',
    // The demo is part of the program, so that every package has it.
    loader: { '.slabrec': 'binary' },
    metafile: options.metafile !== undefined,
    define: { __VERSION__: JSON.stringify(version) },
    plugins: [blessedPlugin],
    logLevel: 'warning',
  });
  if (options.metafile !== undefined) await writeFile(options.metafile, JSON.stringify(metafile));
} catch {
  // esbuild has said what is wrong, and where.
  process.exitCode = 1;
}
