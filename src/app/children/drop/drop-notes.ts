import { join } from 'node:path';
import { isKnown, knownOr } from '../../../core/missing.ts';
import type { HostOrigin } from '../../../host/host.ts';
import {
  encodeOwnDrops,
  OWN_DROPS_FILE,
  type OwnDrop,
  PLAYED_OWN_DROPS_FILE,
  parseOwnDrops,
} from '../../../samplers/own-drops.ts';
import { type NotWritten, readOwnFile, writeOwnFile } from '../../base/own-file.ts';

/** Whoever may look at the node may know who dropped its caches. */
const READABLE = 0o644;

const MOST_NOTES = 200;

/**
 * Notes a drop that is about to be made, so that no instance, of now or later, takes it for somebody else's; answers why
 * it could not, and then others will say "somebody else".
 */
export function noteDrop(origin: HostOrigin, drop: OwnDrop): NotWritten | undefined {
  return write(origin, (drops) => [...drops, drop].slice(-MOST_NOTES));
}

/** Takes the note back: the kernel did not do it. */
export function forgetDrop(origin: HostOrigin, { atEpochMs }: OwnDrop): NotWritten | undefined {
  return write(origin, (drops) => drops.filter((each) => each.atEpochMs !== atEpochMs));
}

/** Adds to the note of a drop what stayed after it: the next instance need not drop again to learn it. */
export function noteOutcome(origin: HostOrigin, { atEpochMs, kept }: OwnDrop): NotWritten | undefined {
  return write(origin, (drops) => drops.map((each) => (each.atEpochMs === atEpochMs ? { ...each, kept } : each)));
}

function write(origin: HostOrigin, change: (drops: readonly OwnDrop[]) => readonly OwnDrop[]): NotWritten | undefined {
  const file = join(origin.root, origin.plays ? PLAYED_OWN_DROPS_FILE : OWN_DROPS_FILE);
  const before = readOwnFile(file, isNotes);
  if (before === 'not-ours') return before;
  const drops = before === undefined ? [] : knownOr(parseOwnDrops(before.text), []);
  return writeOwnFile(file, encodeOwnDrops(change(drops)), READABLE, isNotes);
}

function isNotes(text: string): boolean {
  return isKnown(parseOwnDrops(text));
}
