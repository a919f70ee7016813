import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sharedLibrariesOf } from './shared-libraries.mjs';

/**
 * What is in the relocatable folder, in the order in which it is packed: `{path, mode, data}`, paths relative to it.
 * `node` is the one that is shipped, `caches` the folder of what it has compiled; its loader and libraries lie beside it,
 * so that a system with an older libc (CentOS 7 has 2.17, Node wants 2.28), or with none, runs it all the same.
 */
export async function archiveContent(root, node, caches) {
  const file = async (path, mode, from) => ({ path, mode, data: await readFile(from) });
  const libraries = await sharedLibrariesOf(node.executable);
  return [
    await file('bin/slabtop-k8s', 0o755, join(root, 'src/packaging/launcher.sh')),
    await file('bin/kubectl-slabtop', 0o755, join(root, 'bin/kubectl-slabtop')),
    await file('lib/slabtop-k8s.cjs', 0o644, join(root, 'dist/slabtop-k8s.cjs')),
    await file('lib/slabtop-k8s-sampler.cjs', 0o644, join(root, 'dist/slabtop-k8s-sampler.cjs')),
    await file('lib/slabtop-k8s-start.cjs', 0o644, join(root, 'dist/slabtop-k8s-start.cjs')),
    ...(await Promise.all(CACHES.map((name) => file(`lib/${name}`, 0o644, join(caches, name))))),
    await file('lib/node', 0o755, node.executable),
    ...(await Promise.all(libraries.map((path) => file(`lib/${basename(path)}`, 0o755, path)))),
    await file('LICENSE', 0o644, join(root, 'LICENSE')),
    await file('licences/bundled-packages.txt', 0o644, join(root, 'dist/third-party-licences.txt')),
    await file('licences/node.txt', 0o644, node.licence),
    ...(await Promise.all(systemLicences().map(([name, path]) => file(`licences/${name}.txt`, 0o644, path)))),
    ...madeByTheProgram(join(root, 'dist/slabtop-k8s.cjs')),
    ...(existsSync(join(root, 'README.md')) ? [await file('README.md', 0o644, join(root, 'README.md'))] : []),
  ];
}

/** The man page and the completion of each shell, in the folders of Debian's /usr/share. */
function madeByTheProgram(program) {
  const printed = (path, ...words) => ({
    path,
    mode: 0o644,
    data: execFileSync(process.execPath, [program, ...words]),
  });
  return [
    printed('share/man/man1/slabtop-k8s.1', 'print', 'man-page'),
    printed('share/bash-completion/completions/slabtop-k8s', 'completion', 'bash'),
    printed('share/zsh/vendor-completions/_slabtop-k8s', 'completion', 'zsh'),
    printed('share/fish/vendor_completions.d/slabtop-k8s.fish', 'completion', 'fish'),
  ];
}

/** What V8 compiled of the two bundles. */
const CACHES = ['slabtop-k8s.cjs.cache', 'slabtop-k8s-sampler.cjs.cache'];

/** Where Debian keeps the licences of the libraries. */
function systemLicences() {
  const doc = '/usr/share/doc';
  return [
    ['glibc', `${doc}/libc6/copyright`],
    ['gcc-libraries', `${doc}/libstdc++6/copyright`],
  ].filter(([, path]) => existsSync(path));
}
