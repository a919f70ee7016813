import { execFile, execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { archiveContent } from './archive-content.mjs';
import { makeCodeCache } from './code-cache.mjs';
import { debianPackage } from './debian-package.mjs';
import { shippedNode } from './shipped-node.mjs';
import { writeSingleExecutable } from './single-executable.mjs';
import { tarGz } from './tar-gz.mjs';

/**
 * Makes the packages that reach a node, and tells the size of each: `npm run package`, into `dist/packages` or the
 * folder given with `--out`. The same sources make the same archives but for the code that V8 compiled, which differs
 * from run to run, as the single executable does.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
/** What an installed program is loaded from. */
const BUNDLES = ['slabtop-k8s.cjs', 'slabtop-k8s-sampler.cjs', 'slabtop-k8s-start.cjs'];
const { values: options } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist/packages') } } });
const { name, version, description } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

execFileSync(process.execPath, [join(root, 'src/packaging/build.mjs')], { stdio: 'inherit' });
await rm(options.out, { recursive: true, force: true });
await mkdir(options.out, { recursive: true });

const archive = `${name}-${version}-linux-x64.tar.gz`;
const node = await shippedNode(root);
const compiled = join(options.out, 'compiled');
await mkdir(compiled);
for (const file of BUNDLES) await copyFile(join(root, 'dist', file), join(compiled, file));
const why = await makeCodeCache(node.executable, root, compiled);
if (why !== undefined) throw new Error(`no code cache: ${why}`);
const content = await archiveContent(root, node, compiled);
await rm(compiled, { recursive: true });
await writeFile(
  join(options.out, archive),
  await tarGz(content.map((file) => ({ ...file, path: `${name}/${file.path}` }))),
);
await told(archive);

const debian = `${name}_${version}_amd64.deb`;
await writeFile(join(options.out, debian), await debianPackage(content, { version, description }));
await told(debian);

const { stdout } = await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', options.out], {
  cwd: root,
});
await told(stdout.trim());

const single = `${name}-${version}-linux-x64`;
await writeSingleExecutable(node.executable, join(root, 'dist/slabtop-k8s.cjs'), join(options.out, single));
await told(single, `, starts in ${startMs(join(options.out, single), [])} ms`);
const plain = startMs(node.executable, [join(root, 'dist/slabtop-k8s.cjs')]);
process.stdout.write(`for comparison: node dist/slabtop-k8s.cjs starts in ${plain} ms\n`);

async function told(file, more = '') {
  const { size } = await stat(join(options.out, file));
  process.stdout.write(`${join(options.out, file)}  ${(size / 1024 / 1024).toFixed(1)} MiB${more}\n`);
}

/** The quickest of five runs that print the version: what a start costs when the file is in the page cache. */
function startMs(command, args) {
  const times = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    execFileSync(command, [...args, '--version']);
    return performance.now() - begin;
  });
  return Math.round(Math.min(...times));
}
