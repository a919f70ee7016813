import { type Maybe, type Missing, missing, type Reason } from './missing.ts';

/** The ways to ask a {@link Host} for kernel text. */
export const QUESTIONS = ['read', 'timed', 'list', 'dirs', 'link', 'links', 'own', 'buildInfo'] as const;

/** One of {@link QUESTIONS}; `Host` says what each means. */
export type Question = (typeof QUESTIONS)[number];

/** What one read cost. Only a `timed` question has it. */
export interface ReadCost {
  /** By the monotonic clock around open, read and close. */
  readonly wallSeconds: Maybe<number>;
  /** CPU time of the reading thread (`/proc/thread-self/schedstat` around the read); the sum of user and system. */
  readonly cpuSeconds: Maybe<number>;
  /**
   * The part of `cpuSeconds` in the kernel. The kernel splits by its tick, so that the figure means nothing under
   * 50 ms (measured); below that it is missing.
   */
  readonly systemSeconds: Maybe<number>;
}

/** What a host answered to one question about one path: a text or an errno, and nothing derived from it. */
export type Reading = {
  readonly question: Question;
  readonly path: string;
  readonly cost?: ReadCost;
} & ({ readonly text: string } | { readonly errno: string });

/** Stands where an errno does in the answer to a question that a recording does not have; no kernel says it. */
export const NOT_RECORDED = 'not in this recording';

const REASON_OF_ERRNO: Readonly<Record<string, Reason>> = {
  [NOT_RECORDED]: 'absent',
  ENOENT: 'absent',
  ENODATA: 'absent',
  ENOTDIR: 'absent',
  EACCES: 'denied',
  EPERM: 'denied',
  ESRCH: 'gone',
  ENODEV: 'gone',
  EOPNOTSUPP: 'unsupported',
  ENOTSUP: 'unsupported',
};

/** The reason word for an errno; the path and the errno stand in its detail. */
export function missingOfErrno(errno: string, path: string): Missing {
  return missing(REASON_OF_ERRNO[errno] ?? 'failed', `${path}: ${errno}`);
}

/** The text of a reading, or why there is none. */
export function textOf(reading: Reading): Maybe<string> {
  return 'text' in reading ? reading.text : missingOfErrno(reading.errno, reading.path);
}
