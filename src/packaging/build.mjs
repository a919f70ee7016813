import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { blessedPlugin } from './blessed-plugin.mjs';
import { makeCodeCache } from './code-cache.mjs';
import { sentencesPlugin } from './sentences.mjs';
import { thirdPartyLicences } from './third-party-licences.mjs';

/**
 * Bundles the program into CommonJS files that need nothing but Node: all of it, its sampler process alone, and the few
 * lines that start either. `node src/packaging/build.mjs`, or one file of another entry with `--entry FILE --outfile
 * FILE`. `--code-cache` adds what this Node compiles of them, `--metafile FILE` lists what went into the first, whose
 * licences are written beside it. What the program imports with `import()` stays inside the file and is evaluated when
 * it is first asked for.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    entry: { type: 'string' },
    outfile: { type: 'string' },
    'code-cache': { type: 'boolean', default: false },
    sourcemap: { type: 'boolean', default: false },
    metafile: { type: 'string' },
  },
});
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

const WHOLE = { entry: `${root}src/app/main.ts`, outfile: `${root}dist/slabtop-k8s.cjs` };
const SAMPLER = {
  entry: `${root}src/app/children/sampler/sampler-main.ts`,
  outfile: `${root}dist/slabtop-k8s-sampler.cjs`,
};
const START = { entry: `${root}src/app/start.ts`, outfile: `${root}dist/slabtop-k8s-start.cjs` };

/** The licences of what is in the bundles; the sampler's are among those of the whole. */
const LICENCES = `${root}dist/third-party-licences.txt`;

const { entry, outfile } = options;
try {
  // The whole program last: it is what tells whether the build is older than the sources.
  if (entry === undefined && outfile === undefined) {
    await bundle(START);
    await bundle(SAMPLER);
  }
  const metafile = await bundle({ entry: entry ?? WHOLE.entry, outfile: outfile ?? WHOLE.outfile });
  if (options.metafile !== undefined) await writeFile(options.metafile, JSON.stringify(metafile));
  // Every package has them: whoever is given the bundle is given what is in it.
  if (entry === undefined) await writeFile(LICENCES, await thirdPartyLicences(root, metafile));
  if (options['code-cache']) {
    const why = await makeCodeCache(process.execPath, root, `${root}dist`);
    if (why !== undefined) process.stderr.write(`slabtop-k8s: starts without a code cache: ${why}\n`);
  }
} catch {
  // esbuild has said what is wrong, and where.
  process.exitCode = 1;
}

/** By this a bundle knows its code cache (`run-bundle.ts`). */
function buildLine(contents) {
  return Buffer.from(`//# build=${createHash('sha256').update(contents).digest('hex')}\n`);
}

async function bundle({ entry, outfile }) {
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    outfile,
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
    metafile: true,
    write: false,
    define: { __VERSION__: JSON.stringify(version) },
    plugins: [blessedPlugin, sentencesPlugin(root)],
    logLevel: 'warning',
  });
  await mkdir(dirname(outfile), { recursive: true });
  for (const { path, contents } of outputFiles) {
    await writeFile(path, path.endsWith('.cjs') ? Buffer.concat([contents, buildLine(contents)]) : contents);
  }
  return metafile;
}
