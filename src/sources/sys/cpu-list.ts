import type { Parsed } from '../../core/parsed.ts';
import { malformed, NO_ISSUES, quoted } from '../text.ts';

/** CPU numbers are below NR_CPUS, at most 8,192 on x86; a number above this is no CPU list. */
const HIGHEST_CPU = 65_535;

/**
 * Parses a CPU list as `/sys/devices/system/cpu/{online,possible}` print it (`0-3,8,10-11`) and answers how many CPUs
 * it names. The kernel prints rising ranges without overlap; an empty line names none.
 * https://docs.kernel.org/admin-guide/cputopology.html
 */
export function parseCpuCount(text: string): Parsed<number> {
  const list = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (list === '' && text !== '') return { value: 0, issues: NO_ISSUES };
  let count = 0;
  let previous = -1;
  for (const range of list.split(',')) {
    const [, first, last] = /^([0-9]{1,6})(?:-([0-9]{1,6}))?$/.exec(range) ?? [];
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    if (first === undefined || from <= previous || to < from || to > HIGHEST_CPU) {
      return malformed(1, `expected rising CPU numbers such as 0-3,8, got ${quoted(text)}`);
    }
    count += to - from + 1;
    previous = to;
  }
  return { value: count, issues: NO_ISSUES };
}
