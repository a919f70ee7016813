import { type Maybe, missing } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { rowsOf } from './rows.ts';
import { countOf, countsOf, eachLine, issueOf, unreadable, wordsOf } from './text.ts';

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
  let name: string | undefined;
  let uid: Maybe<number> = missing('absent', 'no row Uid');
  let nsPid: Maybe<readonly number[]> = missing('absent', 'no row NSpid');
  const issues: { line: number; message: string }[] = [];
  eachLine(text, (start, end, line, torn) => {
    if (torn) issues.push(issueOf(line, 'a newline at the end of the line', text.slice(start, end)));
    else if (name === undefined && text.startsWith('Name:\t', start)) {
      name = text
        .slice(start + 'Name:\t'.length, end)
        .replaceAll(/\\(n|\\)/g, (_, code) => (code === 'n' ? '\n' : '\\'));
    } else if (text.startsWith('Uid:', start)) {
      const stood = text.slice(start + 'Uid:'.length, end);
      uid = countOf(wordsOf(stood)[0]) ?? malformed(line, 'a user id', stood);
    } else if (text.startsWith('NSpid:', start)) {
      const stood = text.slice(start + 'NSpid:'.length, end);
      const words = wordsOf(stood);
      const pids = words.length === 0 ? undefined : countsOf(words, words.length);
      nsPid = pids ?? malformed(line, 'pids', stood);
    }
  });
  if (name === undefined) return unreadable('a row Name', text);

  function malformed(line: number, expected: string, stood: string) {
    const issue = issueOf(line, expected, stood);
    issues.push(issue);
    return missing('malformed', issue.message);
  }

  const value: PidStatus = {
    name,
    tgid: rows.count('Tgid'),
    uid,
    vmRssBytes: rows.bytes('VmRSS'),
    vmHwmBytes: rows.bytes('VmHWM'),
    threads: rows.count('Threads'),
    voluntaryCtxtSwitches: rows.count('voluntary_ctxt_switches'),
    nonvoluntaryCtxtSwitches: rows.count('nonvoluntary_ctxt_switches'),
    nsPid,
  };
  return { value, issues: [...issues, ...rows.issues] };
}
