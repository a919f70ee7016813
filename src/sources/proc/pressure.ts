import { type Maybe, missing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { countOf, decimalOf, eachLine, issueOf, unreadable } from './text.ts';

/** How long work stood still for want of one resource. */
export interface PressureShare {
  readonly avg60Pct: number;
}

/** The pressure on CPU, memory or I/O. */
export interface Pressure {
  /** At least one task waited. `absent` for `irq`. */
  readonly some: Maybe<PressureShare>;
  /** Nothing but waiting went on. `absent` for `cpu` before Linux 5.13. */
  readonly full: Maybe<PressureShare>;
}

/**
 * Parses `/proc/pressure/{cpu,memory,io,irq}` and `<cgroup>/{cpu,memory,io}.pressure`:
 *
 *     some avg10=0.00 avg60=0.21 avg300=0.48 total=11977905
 *
 * https://docs.kernel.org/accounting/psi.html
 */
export function parsePressure(text: string): Parsed<Pressure> {
  const issues: Issue[] = [];
  const shares: Record<'some' | 'full', Maybe<PressureShare>> = {
    some: missing('absent', 'no row some'),
    full: missing('absent', 'no row full'),
  };
  let known = 0;
  eachLine(text, (start, end, line, torn) => {
    const stood = text.slice(start, end);
    const kind = stood.startsWith('some ') ? 'some' : stood.startsWith('full ') ? 'full' : undefined;
    if (kind === undefined) return;
    known++;
    const share = torn ? undefined : shareOf(stood);
    const issue = issueOf(line, 'avg10, avg60, avg300, total', stood);
    if (share === undefined) issues.push(issue);
    shares[kind] = share ?? missing('malformed', issue.message);
  });
  return known === 0 ? unreadable('rows "some" and "full"', text) : { value: shares, issues };
}

function shareOf(line: string): PressureShare | undefined {
  const found = /^\w+ avg10=(\S+) avg60=(\S+) avg300=(\S+) total=(\S+)$/.exec(line);
  const [avg10Pct, avg60Pct, avg300Pct] = [found?.[1], found?.[2], found?.[3]].map(decimalOf);
  const whole = [avg10Pct, avg300Pct, countOf(found?.[4])].every((number) => number !== undefined);
  return avg60Pct === undefined || !whole ? undefined : { avg60Pct };
}
