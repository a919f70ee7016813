import { createHash } from 'node:crypto';

/** What a part of a path keeps; cgroup names hold anything else but `/`. */
const UNSAFE = /[^A-Za-z0-9._:@+=,~-]/g;

/** Most file systems take names of up to 255 bytes. */
const LONGEST_PART = 200;

/**
 * A path from the node as it can stand in an archive: relative, without `..`, control characters and whatever a shell
 * or another system obeys; those are written as `%2F`. Different paths stay different.
 */
export function safePath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .map(safePart)
    .join('/');
}

/** The same for one name: `/` in it is no separator. */
export function safePart(part: string): string {
  const written = part.replace(UNSAFE, encoded).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length));
  if (written.length <= LONGEST_PART) return written;
  const digest = createHash('sha256').update(part).digest('hex').slice(0, 16);
  return `${written.slice(0, LONGEST_PART - 17)}~${digest}`;
}

function encoded(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
