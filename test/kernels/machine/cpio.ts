import { closeSync, openSync, writeSync } from 'node:fs';

/** One entry of an archive that the kernel unpacks as its first root. Paths have no leading slash. */
export type CpioEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly content: Uint8Array; readonly executable: boolean }
  | { readonly kind: 'character-device'; readonly path: string; readonly major: number; readonly minor: number };

/** `c_mode` of each kind: type and permissions (stat(2)). */
const MODES = { folder: 0o040_755, file: 0o100_644, executable: 0o100_755, device: 0o020_600 };

/**
 * Writes an archive in the "newc" form, uncompressed: an emulated processor takes longer to inflate 100 MB than to copy
 * them. https://docs.kernel.org/driver-api/early-userspace/buffer-format.html
 */
export function writeCpio(file: string, entries: readonly CpioEntry[]): void {
  const descriptor = openSync(file, 'w', 0o600);
  try {
    entries.forEach((entry, index) => {
      for (const part of encode(entry, index + 1)) writeSync(descriptor, part);
    });
    writeSync(descriptor, header('TRAILER!!!', { inode: 0, mode: 0, size: 0, major: 0, minor: 0 }));
  } finally {
    closeSync(descriptor);
  }
}

function encode(entry: CpioEntry, inode: number): Uint8Array[] {
  const plain = { inode, size: 0, major: 0, minor: 0 };
  switch (entry.kind) {
    case 'folder':
      return [header(entry.path, { ...plain, mode: MODES.folder })];
    case 'character-device':
      return [header(entry.path, { ...plain, mode: MODES.device, major: entry.major, minor: entry.minor })];
    case 'file': {
      const { content, executable } = entry;
      const mode = executable ? MODES.executable : MODES.file;
      return [header(entry.path, { ...plain, mode, size: content.length }), content, padding(content.length)];
    }
  }
}

interface Fields {
  readonly inode: number;
  readonly mode: number;
  readonly size: number;
  readonly major: number;
  readonly minor: number;
}

/** The header is 110 characters; what follows name and content begins at a multiple of four. */
function header(name: string, { inode, mode, size, major, minor }: Fields): Uint8Array {
  const nameBytes = Buffer.byteLength(name) + 1;
  const numbers = [inode, mode, 0, 0, 1, 0, size, 0, 0, major, minor, nameBytes, 0];
  const hex = numbers.map((number) => number.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([Buffer.from(`070701${hex}${name}\0`), padding(110 + nameBytes)]);
}

function padding(length: number): Uint8Array {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
