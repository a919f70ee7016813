import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { tarGz } from './tar-gz.mjs';

/**
 * A Debian package, as a Buffer, of the relocatable folder in /opt: it depends on nothing, so that it installs on any
 * release. It is an `ar` archive of three members (deb(5)), written here so that it can be made on any system.
 */
export async function debianPackage(content, { version, description }) {
  const installed = content.map((file) => (file.path.startsWith('share/') ? inUsr(file) : inOpt(file)));
  const licence = content.find(({ path }) => path === 'LICENSE');
  installed.push({ ...licence, path: 'usr/share/doc/slabtop-k8s/copyright' });
  const links = ['slabtop-k8s', 'kubectl-slabtop'].map((name) => ({
    path: `usr/bin/${name}`,
    linkTo: `/opt/slabtop-k8s/bin/${name}`,
  }));
  const control = [
    { path: 'control', mode: 0o644, data: controlFile(version, description, installed) },
    { path: 'md5sums', mode: 0o644, data: md5sums(installed) },
  ];
  return arArchive([
    ['debian-binary', Buffer.from('2.0\n')],
    ['control.tar.gz', await tarGz(control)],
    ['data.tar.gz', await tarGz([...installed, ...links])],
  ]);
}

function inOpt({ path, ...rest }) {
  return { path: `opt/slabtop-k8s/${path}`, ...rest };
}

/** Where man and the shells look. */
function inUsr({ path, data, ...rest }) {
  // Debian wants its man pages compressed; the date in the header would differ from build to build, and is 0 here.
  if (path.startsWith('share/man/')) return { ...rest, path: `usr/${path}.gz`, data: gzipSync(data, { level: 9 }) };
  return { ...rest, path: `usr/${path}`, data };
}

function controlFile(version, description, installed) {
  const kib = Math.ceil(installed.reduce((sum, { data }) => sum + data.length, 0) / 1024);
  return `Package: slabtop-k8s
Version: ${version}
Architecture: amd64
Maintainer: The slabtop-k8s authors <slabtop-k8s@localhost>
Installed-Size: ${kib}
Section: admin
Priority: optional
Description: terminal monitor for nodes with dying memory cgroups
 ${description}.
 Node and its libraries are inside.
`;
}

function md5sums(installed) {
  return installed.map(({ path, data }) => `${createHash('md5').update(data).digest('hex')}  ${path}\n`).join('');
}

/** The common form of `ar`: a header of 60 columns per member, members begin at even offsets. */
function arArchive(members) {
  const parts = [Buffer.from('!<arch>\n')];
  for (const [name, data] of members) {
    const header = [name.padEnd(16), '0'.padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)];
    parts.push(Buffer.from(`${header.join('')}${String(data.length).padEnd(10)}\`\n`), data);
    if (data.length % 2 === 1) parts.push(Buffer.from('\n'));
  }
  return Buffer.concat(parts);
}
