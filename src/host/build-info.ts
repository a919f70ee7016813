import { closeSync, constants, openSync, readSync } from 'node:fs';
import { bytesOfPath } from './file-name.ts';

/** The linker's section of it, and what it begins with (debug/buildinfo of Go). */
const SECTION = '.go.buildinfo';
const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');

/** Bit of the byte behind the pointer size: the strings stand right there. Go 1.18 and later. */
const INLINE_STRINGS = 2;

/** Tables of sections are some kilobytes; a text of build information with all modules of kubelet has 20 KiB. */
const MOST_BYTES = 1024 * 1024;

/** Says of a file that it is no Go program that tells how it was built; no kernel says it of reading one. */
class NoBuildInfo extends Error {
  readonly code = 'ENODATA';
}

/**
 * What a Go program says of how it was built, as `go version -m` prints it without the modules that it is made of: by
 * four small reads, of a file of a hundred megabytes. Throws what the system calls throw, and `ENODATA` for a program
 * that is not Go's, was built before Go 1.18, or for other processors than ours in width and byte order.
 * https://cs.opensource.google/go/go/+/master:src/debug/buildinfo/buildinfo.go
 */
export function readBuildInfo(file: string): string {
  const descriptor = openSync(bytesOfPath(file), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    return textIn(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function textIn(descriptor: number): string {
  const { offset, size } = sectionOf(descriptor);
  const bytes = bytesAt(descriptor, offset, Math.min(size, MOST_BYTES));
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC) || ((bytes[15] ?? 0) & INLINE_STRINGS) === 0)
    throw new NoBuildInfo();
  const version = stringAt(bytes, 32);
  const modules = stringAt(bytes, version.end);
  // It stands between two marks of 16 bytes, by which programs of older Go found it.
  const lines = modules.text.slice(16, -16).split('\n');
  return [`go\t${version.text}`, ...lines.filter((line) => /^(?:path|mod|build)\t/.test(line))].join('\n');
}

/** Where the section is: ELF64, little endian; https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html */
function sectionOf(descriptor: number): { readonly offset: number; readonly size: number } {
  const header = bytesAt(descriptor, 0, 64);
  if (header.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') throw new NoBuildInfo();
  const [entryBytes, count, namesAt] = [header.readUInt16LE(58), header.readUInt16LE(60), header.readUInt16LE(62)];
  if (entryBytes !== 64 || count === 0 || namesAt >= count) throw new NoBuildInfo();
  const table = bytesAt(descriptor, Number(header.readBigUInt64LE(40)), count * entryBytes);
  const entry = (index: number) => {
    const at = index * entryBytes;
    return {
      name: table.readUInt32LE(at),
      offset: Number(table.readBigUInt64LE(at + 24)),
      size: Number(table.readBigUInt64LE(at + 32)),
    };
  };
  const { offset, size } = entry(namesAt);
  const names = bytesAt(descriptor, offset, Math.min(size, MOST_BYTES)).toString('latin1');
  for (let index = 0; index < count; index += 1) {
    const section = entry(index);
    if (names.startsWith(`${SECTION}\0`, section.name)) return section;
  }
  throw new NoBuildInfo();
}

/** A string behind its length, which is a varint. */
function stringAt(bytes: Buffer, at: number): { readonly text: string; readonly end: number } {
  let [length, place, next] = [0, 1, at];
  for (; ; next += 1, place *= 128) {
    const byte = bytes[next];
    if (byte === undefined || place > MOST_BYTES) throw new NoBuildInfo();
    length += (byte & 127) * place;
    if (byte < 128) break;
  }
  const end = next + 1 + length;
  if (end > bytes.length) throw new NoBuildInfo();
  return { text: bytes.toString('utf8', next + 1, end), end };
}

function bytesAt(descriptor: number, offset: number, size: number): Buffer {
  if (!Number.isSafeInteger(offset) || size > MOST_BYTES) throw new NoBuildInfo();
  const bytes = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(descriptor, bytes, filled, size - filled, offset + filled);
    if (count === 0) throw new NoBuildInfo();
    filled += count;
  }
  return bytes;
}
