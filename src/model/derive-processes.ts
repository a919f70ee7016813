import { isMissing, knownOr, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { cpuUse } from './cpu-use.ts';
import type { Pair } from './latest.ts';
import type { ProcessModel } from './model.ts';

/** The culprits are among the busiest few. */
const MOST_PROCESSES = 12;

/** The processes that used the most system time between the last two lists. */
export function deriveProcesses(
  { now, before }: Pair<'processes'>,
  pageBytes: Maybe<number>,
): Maybe<readonly ProcessModel[]> {
  const busy = now?.sample.busy ?? missing('warming-up');
  if (isMissing(busy)) return busy;
  const earlier = new Map(knownOr(before?.sample.busy ?? [], []).map((stat) => [stat.pid, stat]));
  const seconds =
    before === undefined || now === undefined ? 0 : now.started.monotonicSeconds - before.started.monotonicSeconds;
  const rows = busy.map((stat) => ({
    pid: stat.pid,
    comm: stat.comm,
    ...cpuUse(earlier.get(stat.pid), stat, seconds),
    threads: stat.threads,
    rssBytes: mapKnown(pageBytes, (bytes) => stat.rssPages * bytes),
  }));
  const order = (a: ProcessModel, b: ProcessModel) =>
    knownOr(b.systemPct, -1) - knownOr(a.systemPct, -1) || knownOr(b.cpuPct, -1) - knownOr(a.cpuPct, -1);
  return rows.sort(order).slice(0, MOST_PROCESSES);
}
