import { isMissing, type Maybe } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { rowsOf } from './rows.ts';
import { countsOf, unreadable, wordsOf } from './text.ts';

/** What `/proc/<pid>/status` says of a process (of its main thread where the row is a thread's own). */
export interface PidStatus {
  /** The comm; the kernel writes newline and backslash in it as `\n` and `\\`, which is undone here. */
  readonly name: string;
  readonly tgid: Maybe<number>;
  /** The real user id. */
  readonly uid: Maybe<number>;
  /** Resident memory now. `absent` for kernel threads and zombies: they have no memory of their own. */
  readonly vmRssBytes: Maybe<number>;
  /** The most there ever was of it. `absent` as above. */
  readonly vmHwmBytes: Maybe<number>;
  readonly threads: Maybe<number>;
  /** Of the thread whose file this is, since it began: a counter. */
  readonly voluntaryCtxtSwitches: Maybe<number>;
  readonly nonvoluntaryCtxtSwitches: Maybe<number>;
  /** Its pid in each nested pid namespace, outermost first; `absent` before Linux 4.1. */
  readonly nsPid: Maybe<readonly number[]>;
}

/**
 * Parses `/proc/<pid>/status` and `/proc/<pid>/task/<tid>/status`:
 *
 *     VmRSS:	   98304 kB
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
export function parsePidStatus(text: string): Parsed<PidStatus> {
  const rows = rowsOf(text, ':');
  const name = rows.value('Name', 'a name', nameOf);
  if (isMissing(name)) return unreadable('a row Name', text);
  const value: PidStatus = {
    name,
    tgid: rows.count('Tgid'),
    uid: rows.value('Uid', 'user ids', (stood) => countsOf(wordsOf(stood), 4)?.[0]),
    vmRssBytes: rows.bytes('VmRSS'),
    vmHwmBytes: rows.bytes('VmHWM'),
    threads: rows.count('Threads'),
    voluntaryCtxtSwitches: rows.count('voluntary_ctxt_switches'),
    nonvoluntaryCtxtSwitches: rows.count('nonvoluntary_ctxt_switches'),
    nsPid: rows.value('NSpid', 'pids', pidsOf),
  };
  return { value, issues: rows.issues };
}

function nameOf(stood: string): string {
  return stood.slice('\t'.length).replaceAll(/\\(n|\\)/g, (_, code) => (code === 'n' ? '\n' : '\\'));
}

function pidsOf(stood: string): readonly number[] | undefined {
  const words = wordsOf(stood);
  return words.length === 0 ? undefined : countsOf(words, words.length);
}
