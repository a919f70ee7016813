import * as v from 'valibot';
import type { EpochMs } from '../core/clock.ts';
import { issueWithoutContent, parseJson } from '../core/json.ts';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { oneLine } from '../core/printable.ts';
import { textOf } from '../core/reading.ts';
import { argsOf } from './args.ts';
import type { Sampler } from './sampler.ts';

/** Where instances of this program note their drops: gone with the next boot, as the kernel's own counters are. */
export const OWN_DROPS_FILE = '/run/slabtop-k8s.drops';

/** The same in a fixture that plays: its folder is no node. */
export const PLAYED_OWN_DROPS_FILE = '/slabtop-k8s.drops';

const content = v.object({
  slabtopDrops: v.array(
    v.object({
      atEpochMs: v.pipe(v.number(), v.finite()),
      mode: v.picklist([1, 2, 3]),
      kept: v.optional(v.object({ bytes: v.pipe(v.number(), v.finite()), dying: v.pipe(v.number(), v.finite()) })),
    }),
  ),
});

/** A drop that an instance of this program has made, or is about to make. */
export interface OwnDrop {
  readonly atEpochMs: EpochMs;
  readonly mode: 1 | 2 | 3;
  /**
   * What stayed once it was followed to its end: kernel memory that the dying held before it and still hold, 0 bytes
   * where it was freed, and how many are dying. Absent where nobody followed it, or the note is of an older version.
   */
  readonly kept?: { readonly bytes: number; readonly dying: number } | undefined;
}

const args = v.object({ file: v.string() });

/** The drops of all instances since boot, oldest first. */
export interface OwnDropsSample {
  readonly drops: Maybe<readonly OwnDrop[]>;
}

/** Samples what instances of this program have noted: the kernel counts drops, and not whose they were. */
export const ownDropsSampler: Sampler<v.InferOutput<typeof args>, OwnDropsSample> = {
  parseArgs: argsOf(args),
  sample: (host, { file }) => {
    const text = textOf(host.read(file));
    if (!isMissing(text)) return { drops: parseOwnDrops(text) };
    return { drops: text.unavailable === 'absent' ? [] : text };
  },
};

/** Parses the notes; `malformed` where they were torn, or are not ours. */
export function parseOwnDrops(text: string): Maybe<readonly OwnDrop[]> {
  const json = parseJson(text);
  if (isMissing(json)) return missing('malformed', `the notes of drops: ${json.detail}`);
  const parsed = v.safeParse(content, json.value);
  if (parsed.success) return parsed.output.slabtopDrops;
  return missing('malformed', oneLine(issueWithoutContent(parsed.issues[0])));
}

/** The notes as they are written. */
export function encodeOwnDrops(drops: readonly OwnDrop[]): string {
  return `${JSON.stringify({ slabtopDrops: drops })}\n`;
}
