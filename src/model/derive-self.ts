import { bothKnown, isMissing, knownOr, type Maybe, mapKnown, missing, NOT_YET } from '../core/missing.ts';
import type { OwnProcess } from '../samplers/self.ts';
import { cpuUse } from './cpu-use.ts';
import type { Pair } from './latest.ts';
import type { SelfModel } from './model.ts';

/** The process is there, its smaps_rollup is not; smaps itself would be hundreds of kilobytes of text each time. */
const NO_ROLLUP = missing('unsupported', 'kernels before 4.14 do not sum it; RSS counts shared pages in every process');

/** What the tool itself costs, over all its processes. */
export function deriveSelf(self: Pair<'self'>, memory: Pair<'selfMemory'>, pageBytes: Maybe<number>): SelfModel {
  const { now, before } = self;
  const processes = now?.sample.processes ?? [];
  const seconds =
    now === undefined || before === undefined ? 0 : now.started.monotonicSeconds - before.started.monotonicSeconds;
  const use = (process: OwnProcess): Maybe<number> => {
    if (isMissing(process.stat)) return process.stat;
    const earlier = before?.sample.processes.find((each) => each.pid === process.pid);
    return cpuUse(earlier === undefined ? undefined : knownOr(earlier.stat, undefined), process.stat, seconds).cpuPct;
  };
  const prober = processes.find((process) => process.role === 'sampler');
  return {
    cpuPct: total(processes.map(use)),
    rssBytes: total(
      processes.map((process) =>
        bothKnown(
          mapKnown(process.stat, (stat) => stat.rssPages),
          pageBytes,
          (pages, bytes) => pages * bytes,
        ),
      ),
    ),
    pssBytes: total(
      (memory.now?.sample.processes ?? []).map(({ rollup, stat }) =>
        isMissing(rollup) && rollup.unavailable === 'absent' && !isMissing(stat)
          ? NO_ROLLUP
          : mapKnown(rollup, (known) => known.pssBytes),
      ),
    ),
    proberCpuPct: prober === undefined ? NOT_YET : use(prober),
  };
}

function total(values: readonly Maybe<number>[]): Maybe<number> {
  if (values.length === 0) return NOT_YET;
  return values.reduce<Maybe<number>>((sum, value) => bothKnown(sum, value, (a, b) => a + b), 0);
}
