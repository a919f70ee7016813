import { isMissing, knownOr } from '../core/missing.ts';
import type { CgroupCountsSample } from './cgroup-counts.ts';

/** To this part of what they were when something was read. */
const FELL_TO = 0.5;

/** Fewer make no read slow. */
const LEAST = 500;

/**
 * Whether so many memory cgroups have gone that a slow read of before says nothing any more: after a drop they go
 * minutes later, all within seconds, and the read that was slow by them would rest for an hour and lead the verdict.
 */
export class CountFall {
  #count: number | undefined;
  #atReads: number | undefined;

  /** Something was read whose cost goes with the number of cgroups. */
  read(): void {
    if (this.#count !== undefined) this.#atReads = Math.max(this.#count, this.#atReads ?? 0);
  }

  /** Takes the kernel's count: says once that it has fallen far below what it was at one of the reads. */
  counted({ controllers, v2Root }: CgroupCountsSample): boolean {
    const row = knownOr(controllers, []).find(({ name }) => name === 'memory');
    const count = row?.cgroups ?? (isMissing(v2Root) ? undefined : knownOr(v2Root.dyingDescendants, undefined));
    if (count === undefined) return false;
    this.#count = count;
    const before = this.#atReads;
    if (before === undefined || count > before * FELL_TO || before - count < LEAST) return false;
    this.#atReads = undefined;
    return true;
  }
}
