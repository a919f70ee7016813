import type { Printer } from '../printer.ts';

const s = (count: number) => (count === 1 ? '' : 's');

/**
 * Everything that findings say, by a name that is independent of the language. Each takes its values and a printer and
 * gives one line without a full stop at its end.
 */
export const SENTENCES = {
  'dying.many': ({ dying, sharePct }: { dying: number; sharePct: number }, p: Printer) =>
    `${p.count(dying)} dying memory cgroup${s(dying)}, ${p.percent(sharePct)} of all`,
  'dying.few': ({ dying }: { dying: number }, p: Printer) => `${p.count(dying)} dying memory cgroup${s(dying)}`,
  'dying.unknown': (_: object) => 'how many memory cgroups are dying is not known',
} as const;
