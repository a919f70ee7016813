import { type Maybe, missing } from '../core/missing.ts';
import { TICKS_PER_SECOND } from '../core/user-hz.ts';
import type { PidStat } from '../sources/proc/pid-stat.ts';

/** CPU use of a process or thread between two looks, of one core. */
export interface CpuUse {
  readonly cpuPct: Maybe<number>;
  readonly userPct: Maybe<number>;
  readonly systemPct: Maybe<number>;
}

/** CPU use between two looks at the same process: the same pid with another start time is another one. */
export function cpuUse(before: PidStat | undefined, now: PidStat, seconds: number): CpuUse {
  const all = (value: Maybe<number>): CpuUse => ({ cpuPct: value, userPct: value, systemPct: value });
  if (before === undefined) return all(missing('warming-up', 'a rate takes two samples'));
  if (before.startTicks !== now.startTicks) return all(missing('counter-reset', 'another process has this pid now'));
  if (seconds <= 0) return all(missing('warming-up', 'no time has passed'));
  const user = now.userTicks - before.userTicks;
  const system = now.systemTicks - before.systemTicks;
  if (user < 0 || system < 0) return all(missing('counter-reset'));
  const pct = (ticks: number) => (ticks / TICKS_PER_SECOND / seconds) * 100;
  return { cpuPct: pct(user + system), userPct: pct(user), systemPct: pct(system) };
}
