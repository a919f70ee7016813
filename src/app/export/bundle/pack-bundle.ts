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

/** Files between two breaths: 20,000 of them take two seconds, in which the screen has keys to obey. */
const FILES_AT_ONCE = 200;

/** The bytes of a `.tar.gz`: the manifest with the checksum of every other file first. */
export async function packBundle({ folder, manifest, files, folders }: BundleContents): Promise<Uint8Array> {
  const entries: Manifest['entries'] = [];
  for (const { path, format, about, bytes } of files) {
    entries.push({ path, format, about, bytes: bytes.length, sha256: sha256(bytes) });
    await breathAfter(entries.length);
  }
  const mtime = new Date(manifest.moment);
  const tar = pack();
  const packed = buffer(tar);
  const add = (path: string, bytes: Uint8Array) =>
    tar.entry({ name: `${folder}/${path}`, mode: 0o600, mtime }, Buffer.from(bytes));
  add(MANIFEST_NAME, Buffer.from(`${JSON.stringify({ ...manifest, entries }, undefined, 2)}\n`));
  for (const [index, { path, bytes }] of files.entries()) {
    add(path, bytes);
    await breathAfter(index + 1);
  }
  for (const path of folders) tar.entry({ name: `${folder}/${path}/`, type: 'directory', mode: 0o700, mtime });
  tar.finalize();
  return compressed(await packed);
}

async function breathAfter(count: number): Promise<void> {
  if (count % FILES_AT_ONCE === 0) await new Promise((settle) => setImmediate(settle));
}

/** The checksum of a file, as the manifest has it. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
