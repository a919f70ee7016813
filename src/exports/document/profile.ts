import { mapKnown } from '../../core/missing.ts';
import { profileHeadline } from '../../format/profile-sentences.ts';
import type { Profiled } from '../../profile/profiled.ts';
import { encodeInstant } from './instant.ts';

/** A profile: the answer, the shares of code paths, and the table of `go tool pprof -top`. */
export function encodeProfile({ origin, executable, profile, answer, top }: Profiled) {
  const pct = (nanoseconds: number) => (nanoseconds / profile.cpuNanoseconds) * 100;
  return {
    origin,
    executable,
    program: answer.program,
    answer: profileHeadline(answer),
    warnings: answer.warnings,
    cpuSeconds: answer.cpuNanoseconds / 1e9,
    samples: answer.samples,
    durationSeconds: profile.durationSeconds,
    takenAt: mapKnown(profile.takenAt, encodeInstant),
    paths: answer.paths.map(({ id, kind, nanoseconds, share, functions }) => ({
      id,
      kind,
      cpuSeconds: nanoseconds / 1e9,
      sharePct: share * 100,
      functions,
    })),
    top: top.map(({ name, flatNanoseconds, cumNanoseconds, inlined }) => ({
      name,
      flatSeconds: flatNanoseconds / 1e9,
      flatPct: pct(flatNanoseconds),
      cumSeconds: cumNanoseconds / 1e9,
      cumPct: pct(cumNanoseconds),
      inlined,
    })),
  };
}
