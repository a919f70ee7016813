import { isKnown, type Maybe, missing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { countsOf, eachLine, issueOf, unreadable, wordsOf } from './text.ts';

/** CPU time since boot, in ticks of 1/100 s. The counters of idle and iowait can go back by a little: the kernel says so. */
export interface CpuTicks {
  /** Contains that of guests. */
  readonly userTicks: number;
  /** Contains that of niced guests. */
  readonly niceTicks: number;
  readonly systemTicks: number;
  readonly idleTicks: number;
  readonly iowaitTicks: number;
  readonly irqTicks: number;
  readonly softirqTicks: number;
  /** Wanted by this machine and given to another by the hypervisor. */
  readonly stealTicks: number;
}

/** The node's CPU time and scheduling since boot. */
export interface ProcStat {
  /** Summed over all CPUs. */
  readonly total: Maybe<CpuTicks>;
  /** The CPUs that are online, by their numbers. */
  readonly cpus: readonly (CpuTicks & { readonly cpu: number })[];
  /** Counter. */
  readonly contextSwitches: Maybe<number>;
  /** Processes and threads created since boot. */
  readonly forks: Maybe<number>;
}

/**
 * Parses `/proc/stat`:
 *
 *     cpu  1327 0 22903 17871 3 0 518 0 0 0
 *
 * `intr` can be 20 kB on a large machine and is passed over unread.
 * https://docs.kernel.org/filesystems/proc.html#miscellaneous-kernel-statistics-in-proc-stat
 */
export function parseStat(text: string): Parsed<ProcStat> {
  const issues: Issue[] = [];
  const cpus: (CpuTicks & { cpu: number })[] = [];
  const scalars = new Map<string, Maybe<number>>();
  let total: Maybe<CpuTicks> = missing('absent', 'no row cpu');
  let known = 0;
  let cut = -1;
  eachLine(text, (start, end, line, torn) => {
    // The one found past an earlier line's end is still the next: blank lines would else be searched through each time.
    if (cut < start) cut = text.indexOf(' ', start);
    if (cut === -1) cut = text.length;
    if (cut >= end) return;
    const name = text.slice(start, cut);
    const isCpu = /^cpu\d{0,6}$/.test(name);
    if (!isCpu && !SCALARS.has(name)) return;
    known++;
    const stood = text.slice(cut, end);
    const words = torn ? [] : wordsOf(stood);
    const malformed = (expected: string) => {
      const issue = issueOf(line, `${expected} for ${name}`, stood);
      issues.push(issue);
      return missing('malformed', issue.message);
    };
    if (!isCpu) {
      scalars.set(name, countsOf(words, 1)?.[0] ?? malformed('a count'));
      return;
    }
    const ticks = cpuTicksOf(words) ?? malformed('ten counts');
    if (name === 'cpu') total = ticks;
    else if (isKnown(ticks)) cpus.push({ cpu: Number(name.slice('cpu'.length)), ...ticks });
  });
  if (known === 0) return unreadable('rows such as "cpu 1 0 2 ..."', text);
  const scalar = (name: string): Maybe<number> => scalars.get(name) ?? missing('absent', `no row ${name}`);
  const value: ProcStat = {
    total,
    cpus,
    contextSwitches: scalar('ctxt'),
    forks: scalar('processes'),
  };
  return { value, issues };
}

const SCALARS: ReadonlySet<string> = new Set(['ctxt', 'processes']);
const CPU_COLUMNS = 10;

function cpuTicksOf(words: readonly string[]): CpuTicks | undefined {
  const counts = countsOf(words, CPU_COLUMNS);
  if (counts === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = counts;
  return {
    userTicks: user,
    niceTicks: nice,
    systemTicks: system,
    idleTicks: idle,
    iowaitTicks: iowait,
    irqTicks: irq,
    softirqTicks: softirq,
    stealTicks: steal,
  };
}
