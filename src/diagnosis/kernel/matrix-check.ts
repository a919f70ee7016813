import type { KernelItem, KernelStatus } from './items.ts';
import type { ItemVerdict } from './verdict.ts';

/** What was measured of one file's read, judged by thresholds that are not this module's business. */
export interface ReadMeasurement {
  readonly speed: 'slow' | 'fast' | 'not-measured';
  /** Of which there are so many that a kernel that walks them would show it: most of them are of this kind. */
  readonly many: 'dying' | 'live' | 'no';
}

/** The last word on a file: what was measured, and what the matrix has to say to it. */
export interface Reconciled {
  readonly item: KernelItem;
  /** Whether reads of this file suffer from the number of cgroups on this node. A version alone never makes it `yes` or `no`. */
  readonly suffers: 'yes' | 'no' | 'unknown';
  /** How matrix and measurement stand to each other; `untested` where one of them has no word on the other. */
  readonly agreement: 'agree' | 'disagree' | 'untested';
  /** One or two sentences for people. */
  readonly statement: string;
}

/** Says what holds: the measurement decides, the version explains, and where they differ the statement says so. */
export function reconcileKernel(verdict: ItemVerdict, measured: ReadMeasurement): Reconciled {
  const { item, status, reason } = verdict;
  const settle = (suffers: Reconciled['suffers'], agreement: Reconciled['agreement'], statement: string) => ({
    item,
    suffers,
    agreement,
    statement,
  });
  const word = wordOf(status, reason);
  if (measured.speed === 'not-measured')
    return settle('unknown', 'untested', `${item} was not timed here: slow or not is unknown. ${word}`);
  if (measured.speed === 'slow' && measured.many === 'no')
    return settle('unknown', 'untested', `${item} is slow, but too few cgroups explain it: another cause. ${word}`);
  if (measured.speed === 'fast' && measured.many === 'no')
    return settle('no', 'untested', `${item} is fast, but with too few dying cgroups to tell. ${word}`);
  return measured.speed === 'slow'
    ? settle('yes', ...onSlow(item, status, word, measured.many === 'live'))
    : settle('no', ...onFast(item, status, word));
}

type Rest = [agreement: Reconciled['agreement'], statement: string];

function onSlow(item: KernelItem, status: KernelStatus, word: string, live: boolean): Rest {
  const measured = `${item} is slow while ${live ? 'there are many cgroups, most of them live' : 'many cgroups are dying'}`;
  if (status === 'affected') return ['agree', `${measured}, as expected. ${word}`];
  if (status === 'unknown') return ['untested', `${measured}. ${word} The measurement decides.`];
  return [
    'disagree',
    `${measured}, though this kernel counts as fixed: the measurement wins. ${word} Lock contention is slow, too.`,
  ];
}

function onFast(item: KernelItem, status: KernelStatus, word: string): Rest {
  const measured = `${item} is fast although many cgroups are dying`;
  if (status === 'fixed') return ['agree', `${measured}, as expected. ${word}`];
  if (status === 'unknown') return ['untested', `${measured}. ${word} The measurement decides.`];
  return [
    'disagree',
    `${measured}, though this kernel counts as affected: the measurement wins. ${word} With few possible CPUs a walk is cheap.`,
  ];
}

function wordOf(status: KernelStatus, reason: string): string {
  const calls = {
    affected: 'This kernel is affected',
    fixed: 'This kernel is fixed',
    unknown: 'Unknown for this kernel',
  };
  return `${calls[status]}: ${reason}.`;
}
