import type { ProfileMissing, ProfileProblem } from './profile.ts';

/** What is wrong with a file, and the way out; `what` is what it is, or over how long it was taken. */
export function profileProblem(kind: ProfileProblem, what = ''): ProfileMissing {
  const said: Record<ProfileProblem, string> = {
    'not-pprof': `not a pprof profile${what}; SOURCE is a file or URL of /debug/pprof/profile`,
    'not-folded': 'perf script that is not folded yet: pipe it through stackcollapse-perf.pl, and give what comes out',
    truncated: 'the profile ends too early: the transfer was cut off; fetch it again',
    'too-large': 'larger than any CPU profile of a kubelet; take one over fewer seconds',
    'not-cpu': `a profile of ${what === '' ? 'something else' : what}, not of CPU time; take /debug/pprof/profile`,
    'no-samples': `the profile has no samples: the process used no CPU${what}; take one over more seconds`,
  };
  return { unavailable: kind === 'no-samples' ? 'absent' : 'malformed', problem: kind, detail: said[kind] };
}
