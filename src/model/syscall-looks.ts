import type { MonotonicSeconds } from '../core/clock.ts';
import { isMissing, knownOr, type Maybe, missing, NOT_YET } from '../core/missing.ts';
import type { ThreadLook } from '../samplers/syscalls.ts';
import type { Pair } from './latest.ts';
import type { SyscallRow } from './model.ts';
import { namesFor, waitsByNature } from './syscall-names.ts';

const NOT_ON_CPU = missing('unsupported', 'only time on a CPU has a mode');

/** How long the looks at threads are kept. */
const SAMPLES_SECONDS = 60;

/** CPU ticks that a thread used between two samples of its `stat`. */
interface Used {
  readonly system: number;
  readonly total: number;
}

interface Look extends ThreadLook {
  readonly at: MonotonicSeconds;
  /** Of a thread that was on a CPU: what it used around then. */
  readonly used?: Used;
}

/** Counts over the last minute what the threads of kubelet were seen doing. */
export class SyscallLooks {
  #pid: number | undefined;
  #looks: Look[] = [];
  #refused: Maybe<true> = NOT_YET;

  /** Takes a look; `kubelet` says in which mode the threads on a CPU have used it. */
  take({ now }: Pair<'syscalls'>, kubelet: Pair<'kubelet'>): void {
    if (now === undefined) return;
    const { pid, looks } = now.sample;
    if (pid !== this.#pid) this.#looks = [];
    this.#pid = pid;
    this.#refused = isMissing(looks) ? looks : true;
    const at = now.started.monotonicSeconds;
    const used = ticksUsed(kubelet, pid);
    const taken = knownOr(looks, []).map((look): Look => {
      const ticks = look.doing === 'running' ? used.get(look.tid) : undefined;
      return ticks === undefined ? { ...look, at } : { ...look, at, used: ticks };
    });
    this.#looks = [...this.#looks.filter((look) => at - look.at < SAMPLES_SECONDS), ...taken];
  }

  /** What the threads of a process were doing, most often first; a reason where nothing may be seen. */
  rows(pid: number): Maybe<readonly SyscallRow[]> {
    if (pid !== this.#pid) return NOT_YET;
    if (this.#looks.length === 0) return isMissing(this.#refused) ? this.#refused : NOT_YET;
    const names = namesFor(this.#looks.flatMap(({ doing }) => (typeof doing === 'number' ? [doing] : [])));
    const groups = groupedBy(this.#looks, ({ doing }) => doing);
    return [...groups]
      .map(([doing, looks]) => rowOf(doing, looks, this.#looks.length, names))
      .sort((a, b) => b.looksPct - a.looksPct || a.name.localeCompare(b.name));
  }
}

function rowOf(
  doing: ThreadLook['doing'],
  looks: readonly Look[],
  all: number,
  names: Readonly<Record<number, string>>,
): SyscallRow {
  const isCall = typeof doing === 'number';
  const name = isCall ? (names[doing] ?? `call ${doing}`) : doing;
  const wchans = groupedBy(
    looks.flatMap(({ wchan }) => (isMissing(wchan) ? [] : [wchan])),
    (wchan) => wchan,
  );
  return {
    kind: isCall ? 'call' : doing,
    name,
    looks: looks.length,
    looksPct: (looks.length / all) * 100,
    threads: new Set(looks.map(({ tid }) => tid)).size,
    waits: isCall && waitsByNature(name),
    systemPct: doing === 'running' ? systemPct(looks) : NOT_ON_CPU,
    wchans: [...wchans]
      .map(([wchan, times]) => ({ name: wchan, looksPct: (times.length / all) * 100 }))
      .sort((a, b) => b.looksPct - a.looksPct || a.name.localeCompare(b.name)),
  };
}

function groupedBy<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function systemPct(looks: readonly Look[]): Maybe<number> {
  let system = 0;
  let total = 0;
  for (const { used } of looks) {
    system += used?.system ?? 0;
    total += used?.total ?? 0;
  }
  return total === 0 ? missing('warming-up', 'no CPU time of these threads was counted yet') : (system / total) * 100;
}

function ticksUsed({ before, now }: Pair<'kubelet'>, pid: number): Map<number, Used> {
  const used = new Map<number, Used>();
  if (now?.sample.pid !== pid || before?.sample.pid !== pid) return used;
  const earlier = new Map(knownOr(before.sample.threads, []).map((thread) => [thread.pid, thread]));
  for (const thread of knownOr(now.sample.threads, [])) {
    const was = earlier.get(thread.pid);
    if (was === undefined) continue;
    const system = Math.max(0, thread.systemTicks - was.systemTicks);
    used.set(thread.pid, { system, total: system + Math.max(0, thread.userTicks - was.userTicks) });
  }
  return used;
}
