import type { EpochMs } from '../core/clock.ts';
import type { Maybe, Missing } from '../core/missing.ts';

/**
 * A decoded CPU profile: every distinct stack that was sampled, and the CPU time seen in it. Names are the profile's
 * own text: they may hold any character and go through the caller's escaping before they are shown.
 */
export interface Profile {
  /** Distinct function names, as `go tool pprof -top` prints them; every other table refers to them by index. */
  readonly functions: readonly string[];
  readonly stacks: Stacks;
  /** Sum of the CPU time of all stacks, in nanoseconds. Above 0: a profile without samples is not decoded. */
  readonly cpuNanoseconds: number;
  /** How many times the profiling signal arrived; missing (`absent`) where the profile has no such column. */
  readonly samples: Maybe<number>;
  readonly takenAt: Maybe<EpochMs>;
  /** Wall time over which it was taken. */
  readonly durationSeconds: Maybe<number>;
  /** CPU time that one sample stands for; 10 ms in Go unless changed. */
  readonly periodNanoseconds: Maybe<number>;
  /** Path of the program, from the first mapping. */
  readonly executable: Maybe<string>;
  /** Patterns of frames that `go tool pprof` would cut off and keep; told, not applied (Go sets none for CPU). */
  readonly dropFrames: Maybe<string>;
  readonly keepFrames: Maybe<string>;
  /**
   * What took the samples: `signal`, Go's SIGPROF; `perf`, which sees the kernel's functions too; `folded`: folded
   * stacks that do not tell, in which a sample is taken for 10 ms.
   */
  readonly by: 'signal' | 'perf' | 'folded';
}

/** Stacks in columns: stack `i` is `frames[starts[i] .. starts[i + 1])`, outermost caller first, inlining undone. */
export interface Stacks {
  /** One longer than the number of stacks. */
  readonly starts: Uint32Array;
  /** Indices into `functions`. */
  readonly frames: Uint32Array;
  /** 1 where the compiler had put that frame into its caller. */
  readonly inlined: Uint8Array;
  readonly nanoseconds: Float64Array;
}

/**
 * What kept a file from being read as a CPU profile.
 *
 * - `not-pprof`: some other file, an error page for example
 * - `not-folded`: what `perf script` prints, before it is folded
 * - `truncated`: it ends in the middle
 * - `too-large`: larger than anything that a kubelet hands out
 * - `not-cpu`: a pprof of something else (heap, goroutines, locks)
 * - `no-samples`: a CPU profile of a process that used none
 */
export type ProfileProblem = 'not-pprof' | 'not-folded' | 'truncated' | 'too-large' | 'not-cpu' | 'no-samples';

/** A profile that could not be had; `detail` names the way out. */
export interface ProfileMissing extends Missing {
  readonly problem: ProfileProblem;
  readonly detail: string;
}
