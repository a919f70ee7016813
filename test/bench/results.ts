import type { Day } from './day/measure-day.ts';
import type { Cost } from './meter.ts';
import type { KeyTimes, OwnRow } from './own.ts';
import type { ProfileRow } from './profiles.ts';
import type { Runtime } from './runtime.ts';
import type { WalkRow } from './walks.ts';

/** One program in one situation, or why it was not measured. */
export interface Row {
  readonly situation: string;
  readonly program: string;
  readonly result: Cost | { readonly skipped: string };
}

/** Something that was left out, and why. */
interface Skipped {
  readonly what: string;
  readonly why: string;
}

/** All that one run found, in the form of its JSON file. What may be missing was left out, or is of a later version. */
export interface Results {
  readonly schema: 'slabtop-k8s-bench/1';
  readonly at: string;
  readonly machine: {
    readonly kernel: string;
    readonly processor: string;
    readonly cpus: number;
    readonly node: string;
  };
  readonly seconds: number;
  readonly rows: readonly Row[];
  /** Measured where the machine is quiet. */
  readonly runtime?: Runtime;
  readonly own: readonly OwnRow[];
  readonly walks?: readonly WalkRow[];
  /** From a profile to its flame graph. */
  readonly profiles?: readonly ProfileRow[];
  readonly keysWhileBlocked?: KeyTimes;
  readonly day?: Day;
  readonly skipped: readonly Skipped[];
}

/** What a program cost in a situation; undefined where it was not measured. */
export function costIn(results: Pick<Results, 'rows'>, situation: string, program: string): Cost | undefined {
  const result = results.rows.find((row) => row.situation === situation && row.program === program)?.result;
  return result === undefined || 'skipped' in result ? undefined : result;
}

/** Results as text that is the same after the repository's formatter; figures have six digits, which is more than is true. */
export function encodeResults(results: object): string {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);
  return `${JSON.stringify(results, rounded, 2)}\n`;
}
