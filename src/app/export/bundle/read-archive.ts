import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { errnoSentence } from '../../../core/errno.ts';
import { type Maybe, missing } from '../../../core/missing.ts';
import { printable } from '../../../core/printable.ts';
import { missingOfErrno } from '../../../core/reading.ts';
import { readNamedFile } from '../../../host/regular-file.ts';

/** No bundle comes near it: the last hour takes at most 64 MiB, and texts beside it a few more. */
const MOST_PACKED_BYTES = 512 * 1024 * 1024;

/** What may be kept of an archive in memory: a small file can unpack to anything. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

/**
 * What an archive may unpack to for each of its bytes, and beside that. A bundle's texts pack to a tenth, its recording
 * to itself; so the work that a file makes is bounded by its size.
 */
const UNPACKED_PER_BYTE = 100;
const UNPACKED_BYTES = 16 * 1024 * 1024;

/** The first bytes of every gzip file. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** An archive that no bundle is; the message says why. */
class Refused extends Error {}

/**
 * The wanted files of a `.tar.gz`, by their path below its one folder. Nothing is written anywhere. Missing, in words,
 * where it is no such archive, is cut short, or holds anything that a bundle never holds: links, devices, names that
 * lead out of its folder.
 */
export async function readArchive(
  path: string,
  wanted: readonly string[],
): Promise<Maybe<ReadonlyMap<string, Buffer>>> {
  try {
    const bytes = readNamedFile(path, MOST_PACKED_BYTES);
    if (!GZIP.equals(bytes.subarray(0, GZIP.length)))
      return missing('malformed', `${path} is not a bundle: it is no gzip file`);
    return await unpacked(bytes, wanted);
  } catch (error) {
    if (error instanceof Refused) return missing('malformed', `${path} is not a bundle: ${error.message}`);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^(?:Z_|ERR_STREAM_PREMATURE|ERR_BUFFER)/.test(code) || isTarError(error)) {
      const why = error instanceof Error ? error.message : code;
      return missing('malformed', `${path}: the bundle is cut short or damaged (${why})`);
    }
    if (code === 'EFBIG') return missing('malformed', `${path} is larger than any bundle`);
    if (code === 'EISDIR' || code === 'EINVAL') return missing('malformed', `${path}: ${errnoSentence(code)}`);
    if (/^E[A-Z0-9]+$/.test(code)) {
      return missing(missingOfErrno(code, path).unavailable, `${path}: ${errnoSentence(code)}`);
    }
    throw error;
  }
}

async function unpacked(bytes: Uint8Array, wanted: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const tar = extract();
  let keptBytes = 0;
  const reading = (async () => {
    for await (const entry of tar) {
      const { header } = entry;
      const name = nameOf(header);
      const size = header.size ?? 0;
      if (!wanted.includes(name)) {
        entry.resume();
        continue;
      }
      keptBytes += size;
      if (keptBytes > MOST_KEPT_BYTES) throw new Refused(`${name} is larger than that of any bundle`);
      found.set(name, await buffer(entry));
    }
  })();
  const [piped, read] = await Promise.allSettled([
    pipeline(Readable.from([bytes]), createGunzip(), atMost(UNPACKED_BYTES + UNPACKED_PER_BYTE * bytes.length), tar),
    reading,
  ]);
  // What we refused breaks the pipe too, and says more than the broken pipe does.
  for (const { reason } of [piped, read].filter((one) => one.status === 'rejected')) {
    if (reason instanceof Refused) throw reason;
  }
  if (piped.status === 'rejected') throw piped.reason;
  if (read.status === 'rejected') throw read.reason;
  return found;
}

/** Lets so many bytes pass, wherever in the archive they are: names and attributes of its entries take room too. */
function atMost(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      left -= chunk.length;
      done(left < 0 ? new Refused('it unpacks to more than any bundle') : null, chunk);
    },
  });
}

/** The path of an entry below the archive's first folder. */
function nameOf({ name, type }: Header): string {
  if (type !== 'file' && type !== 'directory') throw new Refused(`"${printable(name)}" in it is a ${type ?? 'thing'}`);
  const parts = name.split('/');
  if (name.startsWith('/') || parts.includes('..') || name.includes('\\') || printable(name) !== name) {
    throw new Refused(`an entry is named "${printable(name)}"`);
  }
  return parts.slice(1).join('/');
}

/** tar-stream has no codes. */
function isTarError(error: unknown): boolean {
  return error instanceof Error && /tar|header|Unexpected end of data|unexpected end/i.test(error.message);
}
