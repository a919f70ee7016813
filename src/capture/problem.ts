import { oneLine, printableAscii } from '../core/printable.ts';

/**
 * Why something could not be captured. The sentences that say what happened and name the way out stand in
 * `problem-text.ts`, and nowhere else.
 */
export type CaptureProblemKind =
  | 'cancelled'
  | 'bad-seconds'
  // programs and folders
  | 'no-strace'
  | 'no-timeout'
  | 'timeout-not-gnu'
  | 'no-kubectl'
  | 'no-temporary-file'
  | 'program-failed'
  // tracing
  | 'process-gone'
  | 'already-traced'
  | 'no-capability'
  | 'tracing-switched-off'
  | 'blocked-by-seccomp'
  | 'tracing-denied'
  | 'strace-failed'
  | 'no-end'
  | 'still-traced'
  // sources of a profile
  | 'bad-url'
  | 'bad-node-name'
  | 'file-not-found'
  | 'file-denied'
  | 'file-not-regular'
  | 'file-failed'
  | 'bad-token-file'
  | 'bad-certificate-file'
  | 'token-in-clear'
  // what a server says
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'bad-status'
  | 'redirected'
  | 'too-large'
  | 'too-slow'
  | 'cut-short'
  | 'not-http'
  // the way to a server
  | 'connection-refused'
  | 'unknown-host'
  | 'unreachable'
  | 'connection-lost'
  | 'tls-untrusted'
  | 'tls-name'
  | 'tls-expired'
  | 'tls-failed'
  | 'kubectl-failed';

/** Something that could not be captured. */
export interface CaptureProblem {
  readonly problem: CaptureProblemKind;
  /**
   * The thing it is about: a path, an errno, a status, a process, what a program printed. One line of printable ASCII,
   * possibly empty; never a secret.
   */
  readonly detail: string;
}

/** Makes a {@link CaptureProblem}; whatever the detail holds becomes one line that a terminal can be given. */
export function problem(kind: CaptureProblemKind, detail = ''): CaptureProblem {
  return { problem: kind, detail: shortLine(detail) };
}

/** Tells a {@link CaptureProblem} from what was captured. */
export function isProblem(value: object): value is CaptureProblem {
  return 'problem' in value;
}

/** The errno of an error of Node, or its name. Its message is left out: it may quote what it was given. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

const MOST_CHARACTERS = 200;

function shortLine(text: string): string {
  const line = printableAscii(oneLine(text));
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line;
}
