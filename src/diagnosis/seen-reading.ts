import { isMissing, type Maybe, missing } from '../core/missing.ts';
import type { KubeletModel } from '../model/model.ts';
import { amount } from './amount.ts';

/** kubelet's reads as its own open files show them, over the last minute. */
export interface SeenReading {
  /** Reads in the kernel at a look, on average: 100 is one of them all the time, which is one core. */
  readonly pct: number;
  readonly looks: number;
  /** The files, most often first. */
  readonly files: readonly { readonly file: string; readonly pct: number }[];
}

/** Fewer looks than this are chance. */
const LEAST_SAMPLES = 5;

/** As many files are named. */
const MOST_FILES = 3;

/**
 * Adds up at how many looks kubelet's first read of a memory file had not come back while one of its threads ran in the
 * kernel. It costs no read of ours, and knows nothing of the housekeeping interval.
 */
export function seenReading(kubelet: KubeletModel): Maybe<SeenReading> {
  const { heldFiles } = kubelet;
  const fileLooks = amount(kubelet.fileLooks);
  if (isMissing(heldFiles)) return heldFiles;
  if (isMissing(fileLooks)) return fileLooks;
  if (fileLooks < LEAST_SAMPLES) return missing('warming-up', 'too few samples of open files yet');
  const files: { file: string; pct: number }[] = [];
  for (const { pid, file, ...held } of heldFiles) {
    if (pid !== kubelet.pid) continue;
    const readingPct = amount(held.readingPct);
    if (isMissing(readingPct)) return readingPct;
    if (readingPct > 0) files.push({ file, pct: readingPct });
  }
  files.sort((a, b) => b.pct - a.pct);
  const pct = files.reduce((sum, each) => sum + each.pct, 0);
  return { pct, looks: fileLooks, files: files.slice(0, MOST_FILES) };
}
