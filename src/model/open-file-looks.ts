import { isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import type { Pair } from './latest.ts';
import type { HeldFileModel } from './model.ts';

const NOT_YET = missing('warming-up');

/** How long the looks at open files are kept. */
const LOOKS_SECONDS = 60;

/** Counts over the last minute which memory files processes had open. */
export class OpenFileLooks {
  #looks: { at: number; open: readonly { pid: number; file: string }[]; denied: Maybe<true> }[] = [];

  take({ now }: Pair<'descriptors'>): void {
    if (now === undefined) return;
    const at = now.started.monotonicSeconds;
    const open = now.sample.holders.flatMap(({ pid, files }) => knownOr(files, []).map((file) => ({ pid, file })));
    const refused = now.sample.holders.find(({ files }) => isMissing(files) && files.unavailable === 'denied');
    const denied: Maybe<true> = refused !== undefined && isMissing(refused.files) ? refused.files : true;
    this.#looks = [...this.#looks.filter((look) => at - look.at < LOOKS_SECONDS), { at, open, denied }];
  }

  /** What was open, most often first; `denied` where nothing may be seen. */
  held(commOf: (pid: number) => string): Maybe<readonly HeldFileModel[]> {
    const last = this.#looks.at(-1);
    if (last === undefined) return NOT_YET;
    if (isMissing(last.denied) && this.#looks.every((look) => look.open.length === 0)) return last.denied;
    const counts = new Map<string, { pid: number; file: string; looks: number }>();
    for (const look of this.#looks) {
      for (const { pid, file } of new Map(look.open.map((each) => [`${each.pid} ${each.file}`, each])).values()) {
        const key = `${pid} ${file}`;
        const count = counts.get(key) ?? { pid, file, looks: 0 };
        counts.set(key, { ...count, looks: count.looks + 1 });
      }
    }
    const openNow = new Set(last.open.map(({ pid, file }) => `${pid} ${file}`));
    return [...counts]
      .map(([key, { pid, file, looks }]) => ({
        pid,
        comm: commOf(pid),
        file,
        openPct: (looks / this.#looks.length) * 100,
        openNow: openNow.has(key),
      }))
      .sort((a, b) => b.openPct - a.openPct || a.file.localeCompare(b.file));
  }
}
