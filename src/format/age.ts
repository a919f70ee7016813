import type { EpochMs } from '../core/clock.ts';
import { lastDrop } from '../model/last-drop.ts';
import type { Model } from '../model/model.ts';
import type { MeasuredGroup, Moment } from '../model/moment.ts';
import { momentOf } from '../model/moments.ts';
import { duration } from './quantity.ts';
import { type Run, run } from './styled.ts';

/** What the age of its values is told from. */
type Aged = Pick<Model, 'moments' | 'events' | 'drops'>;

/**
 * How old a value is, where it is too old to stand there as if it were now: `90 s old`; `before the drop` where it is
 * of before the last one, however new; else nothing.
 */
function ageText(model: Aged, moment: Moment | undefined): string {
  if (moment === undefined) return '';
  const drop = lastDrop(model);
  if (drop !== undefined && moment.at < drop.writtenAt) return 'before the drop';
  return moment.isOld ? `${secondsText(moment.ageSeconds)} old` : '';
}

/** The same as it stands behind a value, with a blank before it. */
export function ageBehind(model: Aged, moment: Moment | undefined): string {
  const text = ageText(model, moment);
  return text === '' ? '' : ` (${text})`;
}

/** The same in yellow, behind the value of a pane; nothing where the value is as new as it can be. */
export function ageRuns(model: Aged, of: MeasuredGroup, what = ''): Run[] {
  const text = ageText(model, momentOf(model, of));
  return text === '' ? [] : [run(` (${what}${text})`, { ink: 'yellow' })];
}

/** What the verdict rests on and is too old to stand there as if it were now: ` (live cgroups counted 90 s ago)`. */
export function ageBehindVerdict(model: Pick<Model, 'moments'>): string {
  const told = [
    ['live cgroups counted', momentOf(model, 'dying')],
    ['root read', momentOf(model, 'rootRead')],
    ['kubelet sampled', momentOf(model, 'kubelet')],
  ] as const;
  const old = told.flatMap(([what, moment]) =>
    moment?.isOld === true ? [`${what} ${secondsText(moment.ageSeconds)} ago`] : [],
  );
  return old.length === 0 ? '' : ` (${old.join(', ')})`;
}

/** The age of a read in a table's cell: reads rest for minutes where they are slow. */
export function readAge(at: EpochMs, now: EpochMs): string {
  return shortDuration(Math.max(0, (now - at) / 1000));
}

/** In the largest unit alone: `45 s`, `5 min`, `2 h`. */
function shortDuration(value: number): string {
  return duration(value).split(' ').slice(0, 2).join(' ');
}

/** Up to two minutes in seconds: `90 s`. */
function secondsText(value: number): string {
  return value < 120 ? `${Math.round(value)} s` : duration(value);
}
