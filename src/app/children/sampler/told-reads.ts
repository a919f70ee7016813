import type { Instant } from '../../../core/clock.ts';
import { isMissing } from '../../../core/missing.ts';
import type { LockContent } from '../../../samplers/peer-lock.ts';
import type { StatRead } from '../../../samplers/stat-reads.ts';

type ToldRead = LockContent['reads'][number];

/** The lock file is read every few seconds: it tells the ancestors, not every leaf of the node. */
const MOST_READS = 32;

/** The read times that the lock file tells other instances: of each file the latest, and the slowest of all of them. */
export class ToldReads {
  readonly #reads = new Map<string, ToldRead>();

  /** Slowest first. */
  get reads(): ToldRead[] {
    return [...this.#reads.values()].sort((a, b) => b.wallSeconds - a.wallSeconds);
  }

  /** Takes a read. A file that cannot be read any more is no longer told. */
  take(read: StatRead, { at }: Instant): void {
    const { path, file, wallSeconds, cpuSeconds } = read;
    const key = `${file} ${path}`;
    if (isMissing(wallSeconds)) {
      this.#reads.delete(key);
      return;
    }
    const cpu = isMissing(cpuSeconds) ? {} : { cpuSeconds };
    this.#reads.set(key, { path, file, wallSeconds, ...cpu, atEpochMs: at });
    const quickest = this.#reads.size > MOST_READS ? this.reads.at(-1) : undefined;
    if (quickest !== undefined) this.#reads.delete(`${quickest.file} ${quickest.path}`);
  }
}
