import { isMissing, type Maybe } from '../core/missing.ts';
import type { Drop, DropNumbers } from '../model/drop.ts';
import { bytes, count, percent, seconds } from './quantity.ts';
import { valueText } from './value.ts';

/** One row of the proof: a number before, after, and a minute later. */
export interface DropRow {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly minuteAfter: string;
}

/** The numbers that a drop is judged by, as text. */
export function dropRows(drop: Drop): readonly DropRow[] {
  const row = (title: string, value: (numbers: DropNumbers) => Maybe<number>, print: (known: number) => string) => {
    const text = (numbers: Maybe<DropNumbers>) => textOf(isMissing(numbers) ? numbers : value(numbers), print);
    return { title, before: text(drop.before), after: text(drop.after), minuteAfter: text(drop.minuteAfter) };
  };
  return [
    row('dying memory cgroups', (numbers) => numbers.dying, count),
    row('dentries', (numbers) => numbers.dentries, count),
    row('slab', (numbers) => numbers.slabBytes, bytes),
    row('root memory.stat read', (numbers) => numbers.rootReadSeconds, seconds),
    row('kubelet system CPU', (numbers) => numbers.kubeletSystemPct, percent),
  ];
}

/** What was not measured after its moment is not there yet, whatever was known before it. */
function textOf(value: Maybe<number>, print: (known: number) => string): string {
  return isMissing(value) && value.unavailable === 'warming-up' ? 'not yet' : valueText(value, print);
}
