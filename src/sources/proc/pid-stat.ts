import type { Parsed } from '../../core/parsed.ts';
import { NO_ISSUES } from '../text.ts';
import { countAt, unreadable } from './text.ts';

/** One process, or one thread, as the scheduler counts it. Ticks are 1/USER_HZ s, which is 1/100 s on every port we meet. */
export interface PidStat {
  readonly pid: number;
  /** At most 15 bytes that the process chooses itself: may hold spaces, parentheses, control characters. */
  readonly comm: string;
  /** One letter: R running, S sleeping, D uninterruptible, Z zombie, T stopped, t traced, I idle kernel thread, X dead. */
  readonly state: string;
  readonly userTicks: number;
  readonly systemTicks: number;
  readonly threads: number;
  /** Ticks after boot; with the pid it names a process for good, as pids are used again. */
  readonly startTicks: number;
  /** 0 for kernel threads and zombies. Off by up to 64 pages per thread, as the kernel batches the count. */
  readonly rssPages: number;
  /** The CPU it last ran on. */
  readonly processor: number;
}

/** The first column behind the state. */
const FIRST = 4;
const USER_TICKS = 14;
const SYSTEM_TICKS = 15;
const THREADS = 20;
const START_TICKS = 22;
const RSS_PAGES = 24;
const PROCESSOR = 39;

const EXPECTED = 'pid (comm) state and at least 39 columns';

/** Reused by every call: this parser runs for every thread of kubelet every second and for all processes now and then. */
const columns = new Float64Array(PROCESSOR + 1);

/**
 * Parses `/proc/<pid>/stat` and `/proc/<pid>/task/<tid>/stat`:
 *
 *     1342 (kubelet) S 1 1342 1342 0 -1 4194560 98 0 0 0 1210 8920 0 0 20 0 38 0 2210 94556 3133 ...
 *
 * comm is cut at the last `)`, because comm may hold any number of them and no later column can. A line that ends
 * before column 39, or has no number where one is needed, is `malformed` as a whole.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function parsePidStat(text: string): Parsed<PidStat> {
  const open = text.indexOf(' (');
  const close = text.lastIndexOf(')');
  const pid = countAt(text, 0, open);
  if (pid === undefined || close < open + 2) return unreadable(EXPECTED, text);
  if (text.charAt(close + 1) !== ' ' || text.charAt(close + 3) !== ' ' || !fillColumns(text, close + 4)) {
    return unreadable(EXPECTED, text.slice(close + 1));
  }
  const value: PidStat = {
    pid,
    comm: text.slice(open + 2, close),
    state: text.charAt(close + 2),
    userTicks: column(USER_TICKS),
    systemTicks: column(SYSTEM_TICKS),
    threads: column(THREADS),
    startTicks: column(START_TICKS),
    rssPages: column(RSS_PAGES),
    processor: column(PROCESSOR),
  };
  return { value, issues: NO_ISSUES };
}

const WANTED: readonly number[] = [USER_TICKS, SYSTEM_TICKS, THREADS, START_TICKS, RSS_PAGES, PROCESSOR];

const SPACE = 32;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** Marks a column that holds no count, within this file only: `tpgid` is -1 and `nice` is negative by right. */
const NO_COUNT = -1;

/**
 * Fills columns 4 to 39 from `start` in one pass without making a string, and tells whether all wanted ones are counts.
 * Column 39 counts only with a blank behind it: there are more, so a line that ends there has been cut.
 */
function fillColumns(text: string, start: number): boolean {
  let column = FIRST;
  let count = 0;
  let digits = 0;
  let isCount = true;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) {
      columns[column] = isCount && digits > 0 && digits <= 20 ? count : NO_COUNT;
      if (column === PROCESSOR) return WANTED.every((wanted) => columns[wanted] !== NO_COUNT);
      column++;
      count = 0;
      digits = 0;
      isCount = true;
    } else if (code >= DIGIT_0 && code <= DIGIT_9) {
      count = count * 10 + (code - DIGIT_0);
      digits++;
    } else {
      isCount = false;
    }
  }
  return false;
}

function column(index: number): number {
  return columns[index] ?? NO_COUNT;
}
