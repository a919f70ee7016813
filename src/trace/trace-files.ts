import { type Maybe, missing } from '../core/missing.ts';
import type { CallResult } from './strace-line.ts';

/** Reads of all files of one name: every `memory.stat`, whichever cgroup it belongs to. */
export interface TracedFile {
  /** The last part of the path. */
  readonly name: string;
  readonly opens: number;
  readonly reads: number;
  /** Wall time in `read` over all threads; with `-tt` alone an upper limit, missing without any times. */
  readonly readSeconds: Maybe<number>;
  /** The longest of them. */
  readonly longestReadSeconds: Maybe<number>;
}

/**
 * Follows descriptors through a trace, to tell which files were read for how long. The threads of kubelet share their
 * descriptors; those of a process that it starts are taken for kubelet's own. Files that were open before the trace
 * began have no name, unless strace printed it (`-y`).
 */
export class TraceFiles {
  readonly #nameOf = new Map<string, string>();
  readonly #files = new Map<string, Counted>();

  /** Takes a call that ended. */
  take(call: string, text: string, result: CallResult, seconds: number): void {
    const asleep = SLEEPS_ON[call];
    if (asleep !== undefined && result.errno === '') this.#nameOf.set(descriptorOf(result), asleep);
    if (call === 'openat' || call === 'openat2' || call === 'open') {
      const path = PATH.exec(text)?.[1];
      if (path === undefined || result.errno !== '') return;
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (this.#nameOf.size < MOST_DESCRIPTORS) this.#nameOf.set(descriptorOf(result), name);
      this.#file(name).opens++;
      return;
    }
    const [, descriptor = '', path] = DESCRIPTOR.exec(text) ?? [];
    if (call === 'close') this.#nameOf.delete(descriptor);
    if (call !== 'read' && call !== 'pread64') return;
    const name = path?.slice(path.lastIndexOf('/') + 1) ?? this.#nameOf.get(descriptor);
    if (name === undefined || name.startsWith('anon_inode:')) return;
    const file = this.#file(name);
    file.reads++;
    file.readSeconds += seconds;
    file.longestReadSeconds = Math.max(file.longestReadSeconds, seconds);
  }

  /** `inotify` and the like where a read sleeps until something happens; empty where it reads what is there. */
  sleepsOn(call: string, text: string): string {
    if (call !== 'read' && call !== 'pread64') return '';
    const [, descriptor = '', path] = DESCRIPTOR.exec(text) ?? [];
    const name = path ?? this.#nameOf.get(descriptor) ?? '';
    return /^anon_inode:\[?(inotify|eventfd|timerfd|signalfd)\]?$/.exec(name)?.[1] ?? '';
  }

  /** Longest read first; without times, most reads first. */
  list(timed: boolean): readonly TracedFile[] {
    const files = [...this.#files.values()];
    if (timed) return files.sort((a, b) => b.readSeconds - a.readSeconds);
    return files
      .sort((a, b) => b.reads - a.reads)
      .map((file) => ({ ...file, readSeconds: NO_TIMES, longestReadSeconds: NO_TIMES }));
  }

  #file(name: string): Counted {
    const key = this.#files.has(name) || this.#files.size < MOST_FILES ? name : OTHERS;
    const known = this.#files.get(key) ?? { name: key, opens: 0, reads: 0, readSeconds: 0, longestReadSeconds: 0 };
    this.#files.set(key, known);
    return known;
  }
}

/** Why a trace has no times: strace was run without -t, -tt, -ttt, -r and -T. */
export const NO_TIMES = missing('absent', 'no line has a time');

interface Counted {
  readonly name: string;
  opens: number;
  reads: number;
  readSeconds: number;
  longestReadSeconds: number;
}

/** Calls whose descriptor a read sleeps on: they have no file. */
const SLEEPS_ON: Readonly<Record<string, string>> = {
  inotify_init: 'anon_inode:inotify',
  inotify_init1: 'anon_inode:inotify',
  eventfd: 'anon_inode:[eventfd]',
  eventfd2: 'anon_inode:[eventfd]',
  timerfd_create: 'anon_inode:[timerfd]',
  signalfd: 'anon_inode:[signalfd]',
  signalfd4: 'anon_inode:[signalfd]',
};

function descriptorOf({ value }: CallResult): string {
  return /^\d+/.exec(value)?.[0] ?? '';
}

/** The path of `open`, `openat` and `openat2`; strace does not shorten paths. */
const PATH = /^(?:(?:AT_FDCWD|\d+)(?:<[^>]*>)?, )?"([^"]*)"/;
const DESCRIPTOR = /^(\d+)(?:<([^>]*)>)?/;
const MOST_FILES = 500;
const MOST_DESCRIPTORS = 100_000;
const OTHERS = '(other files)';
