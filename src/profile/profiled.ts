import { isMissing } from '../core/missing.ts';
import { type Answer, deriveAnswer } from './answer.ts';
import { type CallTree, deriveCallTree } from './call-tree.ts';
import { decodeProfile } from './pprof.ts';
import type { Profile, ProfileMissing } from './profile.ts';
import { executableName } from './program.ts';
import { deriveTop, type TopRow } from './top.ts';

/** A profile with everything that is shown and told of it. */
export interface Profiled {
  /** Where it is from: a path, or a URL without anything secret. May hold any character. */
  readonly origin: string;
  /** The file name of the profiled program. May hold any character. */
  readonly executable: string;
  readonly profile: Profile;
  readonly tree: CallTree;
  readonly answer: Answer;
  /** In the order of `go tool pprof -top`. */
  readonly top: readonly TopRow[];
}

/** Decodes a pprof file and derives all of it; never throws. */
export function deriveProfiled(bytes: Uint8Array, origin: string): Profiled | ProfileMissing {
  const profile = decodeProfile(bytes);
  if (isMissing(profile)) return profile;
  const tree = deriveCallTree(profile);
  const executable = executableName(profile);
  return { origin, executable, profile, tree, answer: deriveAnswer(profile, tree), top: deriveTop(tree) };
}
