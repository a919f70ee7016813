import { isKnown, isMissing, knownOr } from '../core/missing.ts';
import type { StraceTrace } from '../trace/trace-counts.ts';
import type { TracedFile } from '../trace/trace-files.ts';
import type { Traced } from '../trace/traced.ts';
import { count, percent, seconds } from './quantity.ts';
import { reasonSentence } from './reason.ts';

/** What has to be known before somebody traces kubelet. */
export const TRACE_COSTS: readonly string[] = [
  'strace stops a thread twice per system call: kubelet runs at half its speed, or less.',
  'A thread inside a long read is held until the read ends; pods may be reported late meanwhile.',
  'strace runs under timeout: kubelet runs on untraced, even when this program is killed.',
];

/** What a trace means, most important first: the timeouts of futex, what is waiting and what is work, who reads what. */
export function traceSentences(traced: Traced): readonly string[] {
  return [
    ...futexSentence(traced),
    ...(isKnown(traced.trace) ? [waitingSentence(traced.trace)] : []),
    ...(isKnown(traced.trace) ? readSentences(traced.trace) : []),
    ...(isKnown(traced.trace) ? otherWork(traced.trace) : []),
    ...lacking(traced),
  ];
}

function futexSentence({ summary, trace }: Traced): readonly string[] {
  const waits =
    knownOr(trace, undefined)?.calls.filter(({ call, waits: waiting }) => call === 'futex' && waiting) ?? [];
  const timeouts = waits.reduce((sum, call) => sum + call.timeouts, 0);
  const meaning = 'timers of the Go runtime, no fault and no work: a trace of any idle Go program shows them';
  if (timeouts > 0) {
    const calls = waits.reduce((sum, call) => sum + call.calls, 0);
    return [`${count(timeouts)} of ${count(calls)} futex waits ended with ETIMEDOUT: ${meaning}`];
  }
  const row = knownOr(summary, undefined)?.rows.find(({ call }) => call === 'futex');
  if (row === undefined || row.errors === 0) return [];
  const told = `${count(row.errors)} of ${count(row.calls)} futex calls ended with an error`;
  // What the calls one by one show counts, not what it is on most nodes.
  if (isKnown(trace)) return [`${told}; of those that were seen one by one none was ETIMEDOUT`];
  return [`${told}: the table does not say which. In a Go program it is mostly ETIMEDOUT: ${meaning}`];
}

function waitingSentence({
  stamped,
  calls,
  threads,
  threadSeconds,
  spanSeconds,
  waitingShare,
  otherCallsShare,
}: StraceTrace): string {
  if (!stamped) {
    const seen = calls.reduce((sum, each) => sum + each.calls, 0);
    return `${count(seen)} calls of ${count(threads)} ${threads === 1 ? 'thread' : 'threads'}; no line has a time, so that shares are not known`;
  }
  const rest = Math.max(0, 1 - waitingShare - otherCallsShare);
  const watched = `of ${seconds(threadSeconds)} that ${count(threads)} ${threads === 1 ? 'thread was' : 'threads were'} watched for (${seconds(spanSeconds)} each at most)`;
  return `${watched}, ${share(waitingShare)} was waiting, asleep, waiting; ${share(otherCallsShare)} was in other system calls and ${share(rest)} outside the kernel`;
}

/** Fewer links than this are anybody's look at one process. */
const MANY_LINKS = 100;

/** Work that is known by its calls. */
function otherWork({ processLinks, diskWalks }: StraceTrace): readonly string[] {
  const links = `${count(processLinks)} links of /proc/PID/fd were read: cAdvisor's process statistics visit every open file`;
  const walks = `du or find was started ${times(diskWalks)}: a walk of the disk, by which kubelet measures what containers wrote`;
  return [...(processLinks < MANY_LINKS ? [] : [links]), ...(diskWalks === 0 ? [] : [walks])];
}

/** The files whose reads may walk every dying cgroup. */
const WALKED: readonly string[] = ['memory.stat', 'memory.numa_stat', 'memory.usage_in_bytes'];

function memoryReads({ files }: StraceTrace): readonly TracedFile[] {
  return files.filter(({ name, reads }) => WALKED.includes(name) && reads > 0);
}

function readSentences(trace: StraceTrace): readonly string[] {
  return memoryReads(trace).map((file) => readSentence(file, trace));
}

function readSentence(file: TracedFile, trace: StraceTrace): string {
  const { readSeconds, longestReadSeconds, reads } = file;
  const opened = `${file.name}: opened ${times(file.opens)}, ${count(reads)} ${reads === 1 ? 'read' : 'reads'}`;
  if (isMissing(readSeconds) || isMissing(longestReadSeconds)) return opened;
  // More than all threads were traced for is what stamps do that were cut or set back: no share of anything.
  const isPart = trace.spanSeconds > 0 && readSeconds <= trace.threadSeconds;
  const part = isPart ? `, ${share(readSeconds / trace.spanSeconds)} of the time traced` : '';
  return `${opened} that took ${seconds(readSeconds)} together, the longest ${seconds(longestReadSeconds)}${part}`;
}

function times(opens: number): string {
  return opens === 1 ? 'once' : `${count(opens)} times`;
}

function lacking({ summary, trace, cutAtCharacters, issues }: Traced): readonly string[] {
  return [
    ...(isMissing(summary) && summary.unavailable !== 'absent'
      ? [`no table of calls: ${reasonSentence(summary)}`]
      : []),
    ...(isMissing(trace) && trace.unavailable !== 'absent' ? [`no call by call trace: ${reasonSentence(trace)}`] : []),
    ...(cutAtCharacters === undefined ? [] : [`the first ${count(cutAtCharacters / 1e6)} MB of the trace were read`]),
    ...(issues.length === 0 || (isMissing(summary) && isMissing(trace))
      ? []
      : [`${count(issues.length)} lines could not be read: ${issues[0]?.message ?? ''}`]),
  ];
}

function share(part: number): string {
  return percent(part * 100);
}
