import { isKnown, type Maybe } from '../core/missing.ts';
import type { CallTree } from './call-tree.ts';
import { CODE_PATHS, type CodePath, type CodePathId } from './code-paths.ts';
import { matchesSuffix } from './function-match.ts';
import type { Profile } from './profile.ts';
import { type Program, programOf } from './program.ts';

/** How much of the profile lies in one code path. */
export interface PathShare {
  readonly id: CodePathId;
  readonly kind: CodePath['kind'];
  /** CPU time of the stacks that contain a function of the path. */
  readonly nanoseconds: number;
  /** The same as a part of the whole profile, 0 to 1. */
  readonly share: number;
  /** The functions found in this profile. */
  readonly functions: readonly string[];
}

/**
 * What has to be said beside the shares.
 *
 * - `undercounts-system-time`: SIGPROF arrives on return to user mode, so that a read of 9 s of system time leaves a
 *   few samples (4 % in pprof where top saw 40 %). Shares compare paths; CPU time is what `/proc` says.
 *   Not where perf took it: its interrupts arrive in the kernel, too.
 * - `no-unit`: folded stacks do not tell what their numbers count; a sample is taken for 10 ms
 * - `few-samples`: under 100 samples; the standard error of a share is up to 0.5 / sqrt(samples), 5 points at 100
 * - `another-program`, `no-symbols`: see {@link Program}
 */
export type AnswerWarning = 'undercounts-system-time' | 'no-unit' | 'few-samples' | 'another-program' | 'no-symbols';

/** What a profile says about the incident. */
export interface Answer {
  readonly program: Program;
  readonly cpuNanoseconds: number;
  readonly samples: Maybe<number>;
  /** One for every code path, also those that were not seen (share 0), in the order of the catalogue. */
  readonly paths: readonly PathShare[];
  /** The lookalikes seen, largest first. */
  readonly lookalikes: readonly PathShare[];
  readonly warnings: readonly AnswerWarning[];
}

/** Reads the shares of all code paths off a profile; code paths overlap, so that shares do not add up. */
export function deriveAnswer(profile: Profile, tree: CallTree): Answer {
  const program = programOf(profile);
  const paths = sharesOf(tree);
  return {
    program,
    cpuNanoseconds: profile.cpuNanoseconds,
    samples: profile.samples,
    paths,
    lookalikes: paths
      .filter((path) => path.kind === 'lookalike' && path.share > 0)
      .sort((a, b) => b.nanoseconds - a.nanoseconds),
    warnings: warningsFor(program, profile),
  };
}

const FEW_SAMPLES = 100;

function warningsFor(program: Program, { by, samples }: Profile): readonly AnswerWarning[] {
  const warnings: AnswerWarning[] = by === 'perf' ? [] : ['undercounts-system-time'];
  if (by !== 'signal') warnings.push('no-unit');
  if (isKnown(samples) && samples < FEW_SAMPLES) warnings.push('few-samples');
  if (program === 'no-symbols') warnings.push('no-symbols');
  if (program === 'other') warnings.push('another-program');
  return warnings;
}

/** One bit per code path: a node counts for those paths that no node above it counted for. */
function sharesOf(tree: CallTree): readonly PathShare[] {
  const pathsOf = Uint32Array.from(tree.functions, (name) =>
    CODE_PATHS.reduce(
      (bits, path, place) => (path.suffixes.some((suffix) => matchesSuffix(name, suffix)) ? bits | (1 << place) : bits),
      0,
    ),
  );
  const seen = new Uint32Array(tree.size);
  const nanoseconds = new Float64Array(CODE_PATHS.length);
  for (let node = 1; node < tree.size; node++) {
    const above = seen[tree.parent[node] ?? 0] ?? 0;
    const here = pathsOf[tree.functionOf[node] ?? 0] ?? 0;
    seen[node] = above | here;
    for (let fresh = here & ~above; fresh !== 0; fresh &= fresh - 1) {
      const place = 31 - Math.clz32(fresh & -fresh);
      nanoseconds[place] = (nanoseconds[place] ?? 0) + (tree.totalNanoseconds[node] ?? 0);
    }
  }
  const whole = tree.totalNanoseconds[0] ?? 0;
  return CODE_PATHS.map((path, place) => ({
    id: path.id,
    kind: path.kind,
    nanoseconds: nanoseconds[place] ?? 0,
    share: whole === 0 ? 0 : (nanoseconds[place] ?? 0) / whole,
    functions: tree.functions.filter((_, index) => ((pathsOf[index] ?? 0) & (1 << place)) !== 0),
  }));
}
