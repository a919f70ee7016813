import type { CallResult } from './strace-line.ts';

/** Reads of all files of one name: every `memory.stat`, whichever cgroup it belongs to. */
export interface TracedFile {
  /** The last part of the path. */
  readonly name: string;
  readonly opens: number;
  readonly reads: number;
  /** Wall time in `read` over all threads; with `-tt` alone an upper limit. */
  readonly readSeconds: number;
}

/**
 * Follows descriptors through a trace, to tell which files were read for how long. The threads of kubelet share their
 * descriptors; those of a process that it starts are taken for kubelet's own. Files that were open before the trace
 * began have no name, unless strace printed it (`-y`).
 */
export class TraceFiles {
  readonly #nameOf = new Map<string, string>();
  readonly #files = new Map<string, { name: string; opens: number; reads: number; readSeconds: number }>();

  /** Takes a call that ended. */
  take(call: string, text: string, result: CallResult, seconds: number): void {
    if (call === 'openat' || call === 'open') {
      const path = PATH.exec(text)?.[1];
      if (path === undefined || result.errno !== '') return;
      const name = path.slice(path.lastIndexOf('/') + 1);
      const descriptor = /^\d+/.exec(result.value)?.[0];
      if (descriptor !== undefined && this.#nameOf.size < MOST_DESCRIPTORS) this.#nameOf.set(descriptor, name);
      this.#file(name).opens++;
      return;
    }
    const [, descriptor = '', path] = DESCRIPTOR.exec(text) ?? [];
    if (call === 'close') this.#nameOf.delete(descriptor);
    if (call !== 'read' && call !== 'pread64') return;
    const name = path?.slice(path.lastIndexOf('/') + 1) ?? this.#nameOf.get(descriptor);
    if (name === undefined) return;
    const file = this.#file(name);
    file.reads++;
    file.readSeconds += seconds;
  }

  /** Longest read first. */
  list(): readonly TracedFile[] {
    return [...this.#files.values()].sort((a, b) => b.readSeconds - a.readSeconds);
  }

  #file(name: string): { opens: number; reads: number; readSeconds: number } {
    const key = this.#files.has(name) || this.#files.size < MOST_FILES ? name : OTHERS;
    const known = this.#files.get(key) ?? { name: key, opens: 0, reads: 0, readSeconds: 0 };
    this.#files.set(key, known);
    return known;
  }
}

/** The path of `open` and `openat`; strace does not shorten paths. */
const PATH = /^(?:(?:AT_FDCWD|\d+)(?:<[^>]*>)?, )?"([^"]*)"/;
const DESCRIPTOR = /^(\d+)(?:<([^>]*)>)?/;
const MOST_FILES = 500;
const MOST_DESCRIPTORS = 100_000;
const OTHERS = '(other files)';
