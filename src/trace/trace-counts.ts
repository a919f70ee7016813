import type { Maybe } from '../core/missing.ts';
import { WAITING_CALLS } from '../core/waiting-calls.ts';
import type { CallResult, StraceLine } from './strace-line.ts';
import { NO_TIMES, type TracedFile, TraceFiles } from './trace-files.ts';

/** What threads did in one system call, or in one operation of it (`futex FUTEX_WAIT_PRIVATE`). */
export interface TracedCall {
  readonly call: string;
  /** The futex operation without its flags, or what a read sleeps on (`inotify`); empty for other calls. */
  readonly operation: string;
  readonly calls: number;
  readonly errors: number;
  /** How many ended with ETIMEDOUT: for a futex wait of the Go runtime that is its timer, not a failure. */
  readonly timeouts: number;
  /** Wall time in the call over all threads, calls that had not ended included; missing without any times. */
  readonly seconds: Maybe<number>;
  /** Whether a thread in it sleeps until something happens, so that its time is no work. */
  readonly waits: boolean;
}

/** A trace of `strace -f`, counted. */
export interface StraceTrace {
  /** Whether its lines have times: without, spans and shares are 0, and calls have the times that `-T` gave them. */
  readonly stamped: boolean;
  /** Links of `/proc/PID/fd` that were read: cAdvisor counts the sockets and files of every process so. */
  readonly processLinks: number;
  /** How often `du` or `find` was started: kubelet measures what containers have written so. */
  readonly diskWalks: number;
  /** From the first line to the end of the last call. */
  readonly spanSeconds: number;
  readonly threads: number;
  /** Wall time that the threads were watched for, added up: the whole that shares are parts of. */
  readonly threadSeconds: number;
  /** The part of `threadSeconds` in calls that wait; 0 to 1. */
  readonly waitingShare: number;
  /**
   * The part of `threadSeconds` in all other calls, among them reads that may sleep too (a pipe, a socket); the rest
   * is outside the kernel.
   */
  readonly otherCallsShare: number;
  /** Longest first. */
  readonly calls: readonly TracedCall[];
  /** Longest read first: whether it is `memory.stat` that the time goes to. */
  readonly files: readonly TracedFile[];
  readonly signals: readonly { readonly signal: string; readonly count: number }[];
  readonly exitedThreads: number;
}

/** Adds up the lines of a trace; what it keeps is bounded by the number of threads and of system calls. */
export class TraceCounts {
  /** The time of the newest line, in seconds, past midnights. */
  now = 0;
  readonly #threads = new Map<number, Thread>();
  readonly #calls = new Map<string, Counted>();
  readonly #files = new TraceFiles();
  readonly #signals = new Map<string, number>();
  #first: number | undefined;
  #days = 0;
  #stamped = false;
  #lasted = false;
  /** When the last call that is known to have lasted so long ended: stamps of seconds, or of -r, do not reach it. */
  #end = 0;
  #processLinks = 0;
  #diskWalks = 0;
  #exited = 0;

  get threads(): number {
    return this.#threads.size;
  }

  /** Notes that a thread was seen; the first line of a thread begins the time that it is watched for. */
  watch(line: StraceLine): void {
    this.#stamped ||= line.from !== 'none';
    this.#advance(line);
    this.#first ??= this.now;
    const known = this.#threads.get(line.thread);
    if (known === undefined) {
      if (this.#threads.size < MOST_THREADS) this.#threads.set(line.thread, { since: this.now, until: undefined });
    } else if (known.until !== undefined) {
      // The number of a thread that had ended was given to another one.
      this.#threads.set(line.thread, { since: this.now - (known.until - known.since), until: undefined });
    }
  }

  #advance({ from, seconds }: StraceLine): void {
    if (from === 'line') this.now += seconds;
    if (from !== 'start') return;
    // The clock of -tt begins again at midnight; a small step back is a clock that was set, and counts as no time.
    if (seconds + this.#days * DAY < this.now - DAY / 2) this.#days++;
    this.now = Math.max(this.now, seconds + this.#days * DAY);
  }

  /** Counts every line but a whole call, whose duration is known only with the next line. */
  take(line: StraceLine): void {
    const thread = this.#threads.get(line.thread);
    if (line.kind === 'signal') count(this.#signals, line.signal);
    if (thread === undefined) return;
    if (line.kind === 'begin') thread.inside = { call: line.call, text: line.text, since: this.now };
    if (line.kind === 'exit') {
      this.#exited++;
      this.#leave(thread);
      thread.until = this.now;
    }
    if (line.kind === 'end') {
      const inside = thread.inside;
      thread.inside = undefined;
      // Where the beginning is missing (a torn trace) the call counts, without time.
      const since = inside?.call === line.call ? inside.since : this.now;
      const text = inside?.call === line.call ? inside.text : line.text;
      this.ended({ call: line.call, text }, line.result, line.result.lasted ?? this.now - since, since);
    }
  }

  /** Counts a call that ended after `seconds`. */
  ended(
    begun: { readonly call: string; readonly text: string },
    result: CallResult,
    seconds: number,
    entered: number,
  ): void {
    this.#lasted ||= result.lasted !== undefined;
    this.#end = Math.max(this.#end, entered + seconds);
    const counted = this.#counted(begun);
    counted.calls++;
    counted.seconds += seconds;
    if (result.errno !== '') counted.errors++;
    if (result.errno === 'ETIMEDOUT') counted.timeouts++;
    this.#files.take(begun.call, begun.text, result, seconds);
    if (/^readlink(?:at)?$/.test(begun.call) && PROCESS_LINK.test(begun.text)) this.#processLinks++;
    if (begun.call === 'execve' && result.errno === '' && DISK_WALK.test(begun.text)) this.#diskWalks++;
  }

  trace(): StraceTrace {
    const timed = this.#stamped || this.#lasted;
    if (this.#stamped) this.now = Math.max(this.now, this.#end);
    let threadSeconds = 0;
    for (const thread of this.#threads.values()) {
      this.#leave(thread);
      threadSeconds += (thread.until ?? this.now) - thread.since;
    }
    const calls = [...this.#calls.values()].sort((a, b) => b.seconds - a.seconds);
    const share = (waits: boolean) => {
      const seconds = calls.reduce((sum, call) => sum + (call.waits === waits ? call.seconds : 0), 0);
      return threadSeconds > 0 ? Math.min(1, seconds / threadSeconds) : 0;
    };
    return {
      stamped: this.#stamped,
      processLinks: this.#processLinks,
      diskWalks: this.#diskWalks,
      spanSeconds: this.now - (this.#first ?? this.now),
      threads: this.#threads.size,
      threadSeconds,
      waitingShare: share(true),
      otherCallsShare: share(false),
      calls: timed ? calls : calls.map((call) => ({ ...call, seconds: NO_TIMES })),
      files: this.#files.list(timed),
      signals: [...this.#signals]
        .map(([signal, times]) => ({ signal, count: times }))
        .sort((a, b) => b.count - a.count),
      exitedThreads: this.#exited,
    };
  }

  /** Counts a call that a thread is still inside, up to now. */
  #leave(thread: Thread): void {
    const { inside } = thread;
    thread.inside = undefined;
    if (inside === undefined) return;
    const counted = this.#counted(inside);
    counted.calls++;
    counted.seconds += this.now - inside.since;
  }

  #counted(begun: { readonly call: string; readonly text: string }): Counted {
    const operation =
      begun.call === 'futex' ? futexOperation(begun.text) : this.#files.sleepsOn(begun.call, begun.text);
    const key = this.#keyFor(`${begun.call} ${operation}`);
    const known = this.#calls.get(key);
    if (known !== undefined) return known;
    const [call, asked] = key === MANY ? [MANY, ''] : [begun.call, operation];
    const waits = (WAITING_CALLS.has(call) && !asked.startsWith('FUTEX_WAKE')) || (call !== 'futex' && asked !== '');
    const fresh: Counted = { call, operation: asked, waits, calls: 0, errors: 0, timeouts: 0, seconds: 0 };
    this.#calls.set(key, fresh);
    return fresh;
  }

  /** A row of its own, unless there are so many that the text cannot be a trace of this world. */
  #keyFor(key: string): string {
    return this.#calls.has(key) || this.#calls.size < MOST_CALLS ? key : MANY;
  }
}

interface Thread {
  readonly since: number;
  until: number | undefined;
  inside?: { readonly call: string; readonly text: string; readonly since: number } | undefined;
}

interface Counted {
  readonly call: string;
  readonly operation: string;
  readonly waits: boolean;
  calls: number;
  errors: number;
  timeouts: number;
  seconds: number;
}

/** `AT_FDCWD, "/proc/12778/fd/13"`. */
const PROCESS_LINK = /"\/proc\/\d+\/fd\/\d+"/;
const DISK_WALK = /^"[^"]*\/(?:du|find)"/;

const DAY = 86_400;
/** The kernel's own limit is 4 million; a kubelet has some hundred. */
const MOST_THREADS = 100_000;
/** A kernel has some 460 system calls. */
const MOST_CALLS = 2_000;
const MANY = 'other';

/** `0xc000f3d148, FUTEX_WAIT_PRIVATE, 0, NULL`: the operation without `|FUTEX_CLOCK_REALTIME`. */
function futexOperation(text: string): string {
  return /^[^,]*, (FUTEX_\w+)/.exec(text)?.[1] ?? '';
}

function count(map: Map<string, number>, key: string): void {
  if (map.has(key) || map.size < 100) map.set(key, (map.get(key) ?? 0) + 1);
}
