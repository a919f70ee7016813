import { isMissing, knownOr, type Maybe, mapKnown, missing, NOT_YET } from '../core/missing.ts';
import { TICKS_PER_SECOND } from '../core/user-hz.ts';
import type { ProbeStatus } from '../samplers/tick.ts';
import { counterPerSecond } from '../series/rate.ts';
import { parseKubeletCommand } from '../sources/kubernetes/kubelet-command.ts';
import type { PidStat } from '../sources/proc/pid-stat.ts';
import { type CpuUse, cpuUse } from './cpu-use.ts';
import type { Pair } from './latest.ts';
import type { HeldFileModel, KubeletModel, SyscallRow, ThreadModel } from './model.ts';

/** What kubelet's model is made from. */
export interface KubeletInputs {
  readonly found: ProbeStatus['kubelet'];
  readonly kubelet: Pair<'kubelet'>;
  readonly command: Pair<'command'>['now'];
  readonly uptimeSeconds: Maybe<number>;
  readonly pageBytes: Maybe<number>;
  readonly heldFiles: Maybe<readonly HeldFileModel[]>;
  readonly fileLooks: Maybe<number>;
  readonly syscallRowsOf: (pid: number) => Maybe<readonly SyscallRow[]>;
}

/** kubelet, or why there is none. */
export function deriveKubelet({
  found,
  kubelet,
  command,
  uptimeSeconds,
  pageBytes,
  heldFiles,
  fileLooks,
  syscallRowsOf,
}: KubeletInputs): Maybe<KubeletModel> {
  if (isMissing(found)) return found;
  const { now } = kubelet;
  if (now === undefined || now.sample.pid !== found.pid)
    return missing('warming-up', `process ${found.pid} is being read`);
  const { stat } = now.sample;
  if (isMissing(stat)) return stat;
  const before = kubelet.before?.sample.pid === found.pid ? kubelet.before : undefined;
  const seconds = before === undefined ? 0 : now.started.monotonicSeconds - before.started.monotonicSeconds;
  const use = cpuUse(before === undefined ? undefined : knownOr(before.sample.stat, undefined), stat, seconds);
  return {
    pid: found.pid,
    startTicks: found.startTicks,
    found: found.found,
    others: found.others,
    ...whatItIs(command, found.pid),
    ...use,
    threads: stat.threads,
    uptimeSeconds: mapKnown(uptimeSeconds, (node) => Math.max(0, node - stat.startTicks / TICKS_PER_SECOND)),
    rssBytes: mapKnown(pageBytes, (bytes) => stat.rssPages * bytes),
    contextSwitchesPerSecond: contextSwitches(now, before),
    readBytesPerSecond: rate(kubelet, (sample) => mapKnown(sample.io, (io) => io.rcharBytes)),
    readCallsPerSecond: rate(kubelet, (sample) => mapKnown(sample.io, (io) => io.readCalls)),
    threadRows: mapKnown(now.sample.threads, (threads) => threadRows(threads, before, seconds)),
    heldFiles,
    fileLooks,
    syscallRows: syscallRowsOf(found.pid),
  };
}

/** Of all threads that were there both times: each was switched to as often as it was put on a CPU. */
function contextSwitches(now: KubeletRun, before: KubeletRun | undefined): Maybe<number> {
  return mapKnown(now.sample.slices, (threads): Maybe<number> => {
    if (before === undefined) return missing('warming-up', 'a rate takes two samples');
    if (isMissing(before.sample.slices)) return before.sample.slices;
    const earlier = new Map(before.sample.slices.map(({ tid, slices }) => [tid, slices]));
    const switches = threads.reduce((sum, { tid, slices }) => sum + slices - (earlier.get(tid) ?? slices), 0);
    const seconds = now.started.monotonicSeconds - before.started.monotonicSeconds;
    if (seconds <= 0) return missing('warming-up', 'no time has passed');
    // A thread's id that is used again within a second counts from 0.
    return switches < 0 ? missing('counter-reset') : switches / seconds;
  });
}

type KubeletRun = NonNullable<Pair<'kubelet'>['now']>;

type KubeletSample = NonNullable<Pair<'kubelet'>['now']>['sample'];

function rate({ before, now }: Pair<'kubelet'>, counter: (sample: KubeletSample) => Maybe<number>): Maybe<number> {
  if (now === undefined) return NOT_YET;
  const same = before !== undefined && before.sample.pid === now.sample.pid;
  return counterPerSecond(
    same ? { monotonicSeconds: before.started.monotonicSeconds, value: counter(before.sample) } : undefined,
    { monotonicSeconds: now.started.monotonicSeconds, value: counter(now.sample) },
  );
}

function threadRows(threads: readonly PidStat[], before: Pair<'kubelet'>['before'], seconds: number): ThreadModel[] {
  const earlier = before === undefined ? [] : knownOr(before.sample.threads, []);
  const byTid = new Map(earlier.map((thread) => [thread.pid, thread]));
  const rows = threads.map((thread) => ({
    tid: thread.pid,
    comm: thread.comm,
    state: thread.state,
    processor: thread.processor,
    ...cpuUse(byTid.get(thread.pid), thread, seconds),
    cpuSeconds: (thread.userTicks + thread.systemTicks) / TICKS_PER_SECOND,
  }));
  return rows.sort((a, b) => busier(a, b) || b.cpuSeconds - a.cpuSeconds);
}

function busier(a: CpuUse, b: CpuUse): number {
  return knownOr(b.cpuPct, 0) - knownOr(a.cpuPct, 0);
}

function whatItIs(
  command: Pair<'command'>['now'],
  pid: number,
): Pick<KubeletModel, 'command' | 'version' | 'housekeepingSeconds'> {
  if (command === undefined || command.sample.pid !== pid) {
    return { command: NOT_YET, version: NOT_YET, housekeepingSeconds: NOT_YET };
  }
  const { argv, comm, executable, release } = command.sample;
  const parsed = parseKubeletCommand({ comm: knownOr(comm, ''), argv: knownOr(argv, []), executable });
  const other = missing('unsupported', 'this process is not a kubelet');
  return {
    command: mapKnown(argv, (words) => words.join(' ')),
    version:
      parsed === 'not-kubelet' ? other : isMissing(parsed.version) ? knownOr(release, parsed.version) : parsed.version,
    housekeepingSeconds: parsed === 'not-kubelet' ? other : parsed.housekeepingSeconds,
  };
}
