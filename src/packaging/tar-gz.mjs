import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** Every file bears this time, so that the same content makes the same archive. */
const MODIFIED = new Date('2000-01-01T00:00:00Z');

/**
 * A gzipped tar archive, as a Buffer. An entry is `{path, mode, data}`, or `{path, linkTo}` for a symbolic link; all
 * belong to root, and the folders on the way are entries too, before what is in them.
 */
export async function tarGz(entries) {
  const tar = pack();
  const all = buffer(tar.pipe(createGzip({ level: 6 })));
  const owner = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: MODIFIED };
  for (const folder of foldersOf(entries)) tar.entry({ ...owner, name: `${folder}/`, type: 'directory', mode: 0o755 });
  for (const { path, mode, data, linkTo } of entries) {
    if (linkTo === undefined) tar.entry({ ...owner, name: path, mode }, data);
    else tar.entry({ ...owner, name: path, type: 'symlink', linkname: linkTo });
  }
  tar.finalize();
  return all;
}

function foldersOf(entries) {
  const folders = new Set();
  for (const { path } of entries) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  return [...folders].sort();
}
