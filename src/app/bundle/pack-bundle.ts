import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { MANIFEST_NAME, type Manifest } from './manifest.ts';

/** One file of a bundle. */
export interface BundleFile {
  /** Below the bundle's folder; parts made of names from the node have gone through `safePath`. */
  readonly path: string;
  readonly format: string;
  readonly about: string;
  readonly bytes: Uint8Array;
}

/** What a bundle is packed from. */
export interface BundleContents {
  /** The one folder in it, so that unpacking makes no mess. */
  readonly folder: string;
  readonly manifest: Omit<Manifest, 'entries'>;
  readonly files: readonly BundleFile[];
  /** Empty folders, by their path. */
  readonly folders: readonly string[];
}

const compressed = promisify(gzip);

/** The bytes of a `.tar.gz`: the manifest with the checksum of every other file first. */
export async function packBundle({ folder, manifest, files, folders }: BundleContents): Promise<Uint8Array> {
  const entries = files.map(({ path, format, about, bytes }) => ({
    path,
    format,
    about,
    bytes: bytes.length,
    sha256: sha256(bytes),
  }));
  const mtime = new Date(manifest.moment);
  const tar = pack();
  const add = (path: string, bytes: Uint8Array) =>
    tar.entry({ name: `${folder}/${path}`, mode: 0o600, mtime }, Buffer.from(bytes));
  add(MANIFEST_NAME, Buffer.from(`${JSON.stringify({ ...manifest, entries }, undefined, 2)}\n`));
  for (const { path, bytes } of files) add(path, bytes);
  for (const path of folders) tar.entry({ name: `${folder}/${path}/`, type: 'directory', mode: 0o700, mtime });
  tar.finalize();
  return compressed(await buffer(tar));
}

/** The checksum of a file, as the manifest has it. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
