import { isKnown, isMissing, knownOr, type Maybe, type Missing, mapKnown, NOT_YET } from '../core/missing.ts';
import type { HeldFile } from '../samplers/descriptors.ts';
import type { Pair } from './latest.ts';
import type { HeldFileModel } from './model.ts';

/** How long the looks at open files are kept. */
const SAMPLES_SECONDS = 60;

interface Look {
  readonly at: number;
  readonly open: readonly OpenFile[];
  readonly denied: Maybe<true>;
}

interface OpenFile {
  readonly pid: number;
  readonly file: string;
  /** Whether its first read was in the kernel. */
  readonly reading: Maybe<boolean>;
}

interface Count {
  readonly pid: number;
  readonly file: string;
  looks: number;
  readingLooks: number;
  /** Looks at which it was open and the position could not be had, and why. */
  untoldLooks: number;
  untold: Maybe<true>;
}

/** Counts over the last minute which memory files processes had open, and which of them were being read. */
export class OpenFileLooks {
  #looks: readonly Look[] = [];

  /** How many looks at kubelet's open files the counts rest on. */
  get looks(): Maybe<number> {
    return this.#looks.length === 0 ? NOT_YET : this.#looks.length;
  }

  /** Takes a look; `kubelet` tells whether one of its threads runs in the kernel. */
  take({ now }: Pair<'descriptors'>, kubelet: Pair<'kubelet'>): void {
    if (now === undefined) return;
    const at = now.started.monotonicSeconds;
    const open = now.sample.holders.flatMap(({ pid, files }) => {
      const inKernel = kubelet.now?.sample.pid === pid ? runsInKernel(kubelet) : true;
      return distinct(knownOr(files, [])).map(({ file, positionBytes }) => ({
        pid,
        file,
        reading: mapKnown(positionBytes, (position) => (position > 0 ? false : inKernel)),
      }));
    });
    const denied = refusalOf(now.sample.holders.map(({ files }) => files));
    this.#looks = [...this.#looks.filter((look) => at - look.at < SAMPLES_SECONDS), { at, open, denied }];
  }

  /** Forgets what was seen: after caches were dropped reads are others, and looks from before would speak of now. */
  startAnew(): void {
    this.#looks = [];
  }

  /** What was open, most often first; `denied` where nothing may be seen. */
  held(commOf: (pid: number) => string): Maybe<readonly HeldFileModel[]> {
    const last = this.#looks.at(-1);
    if (last === undefined) return NOT_YET;
    if (isMissing(last.denied) && this.#looks.every((look) => look.open.length === 0)) return last.denied;
    const openNow = new Set(last.open.map(keyOf));
    return [...this.#counts()]
      .map(([key, count]) => ({
        pid: count.pid,
        comm: commOf(count.pid),
        file: count.file,
        openPct: (count.looks / this.#looks.length) * 100,
        readingPct: this.#readingPct(count),
        openNow: openNow.has(key),
      }))
      .sort((a, b) => b.openPct - a.openPct || a.file.localeCompare(b.file));
  }

  #counts(): ReadonlyMap<string, Count> {
    const counts = new Map<string, Count>();
    for (const each of this.#looks.flatMap((look) => look.open)) {
      const { pid, file, reading } = each;
      const count = counts.get(keyOf(each)) ?? { pid, file, looks: 0, readingLooks: 0, untoldLooks: 0, untold: true };
      count.looks += 1;
      if (isMissing(reading)) {
        count.untoldLooks += 1;
        count.untold = reading;
      } else if (reading) count.readingLooks += 1;
      counts.set(keyOf(each), count);
    }
    return counts;
  }

  /** Looks at which nobody could tell do not count; where there are no others it is not known. */
  #readingPct({ looks, readingLooks, untoldLooks, untold }: Count): Maybe<number> {
    if (isMissing(untold) && untoldLooks === looks) return untold;
    return (readingLooks / (this.#looks.length - untoldLooks)) * 100;
  }
}

function keyOf({ pid, file }: OpenFile): string {
  return `${pid} ${file}`;
}

/** A file that a process has open more than once counts once; as being read where one of them is. */
function distinct(files: readonly HeldFile[]): readonly HeldFile[] {
  const byFile = new Map<string, HeldFile>();
  for (const each of files) {
    const before = byFile.get(each.file);
    const least = (held: HeldFile | undefined) => knownOr(held?.positionBytes ?? NOT_YET, Number.POSITIVE_INFINITY);
    if (before === undefined || least(each) < least(before)) byFile.set(each.file, each);
  }
  return [...byFile.values()];
}

/**
 * Whether one of kubelet's threads runs in the kernel: on a CPU or uninterruptible, with system time since the look
 * before. A file that is open, was never read and has nobody at work behind it is no read.
 */
function runsInKernel({ before, now }: Pair<'kubelet'>): Maybe<boolean> {
  if (now === undefined) return NOT_YET;
  const earlier = before?.sample.pid === now.sample.pid ? knownOr(before.sample.threads, []) : [];
  const ticksBefore = new Map(earlier.filter(isKnown).map((thread) => [thread.pid, thread.systemTicks]));
  return mapKnown(
    now.sample.threads,
    (threads): Maybe<boolean> =>
      threads.some(
        ({ pid, state, systemTicks }) =>
          (state === 'R' || state === 'D') && systemTicks > (ticksBefore.get(pid) ?? Number.NEGATIVE_INFINITY),
      ),
  );
}

/**
 * Why nothing may be said of who holds a file open: the first of the processes, which is kubelet where there is one, may
 * not be looked at. Another one that refuses hides its own files only.
 */
function refusalOf(files: readonly Maybe<unknown>[]): Maybe<true> {
  const isRefused = (each: Maybe<unknown>): each is Missing => isMissing(each) && each.unavailable === 'denied';
  const [first] = files;
  if (first === undefined) return true;
  return isRefused(first) ? first : true;
}
