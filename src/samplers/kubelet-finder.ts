import { isKnown, isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import { kubeletFlavourOf } from '../sources/kubernetes/kubelet-flavour.ts';
import type { PidStat } from '../sources/proc/pid-stat.ts';
import type { CommandSample } from './command.ts';
import type { KubeletSample } from './kubelet.ts';
import type { ProcessesSample } from './processes.ts';
import type { FoundKubelet } from './tick.ts';

/** The names (comm) under which a kubelet can run; `kubeletFlavourOf` has the rules for each. */
const KUBELET_COMMS = ['kubelet', 'hyperkube', 'k3s', 'k3s-server', 'k3s-agent', 'kubelite'];

/** The kernel cuts a process's name at this many bytes (TASK_COMM_LEN less its NUL). */
const COMM_BYTES = 15;

/** How the user may name the process to watch. */
export interface KubeletWish {
  readonly pid?: number;
  readonly processName?: string;
}

/**
 * Finds kubelet among the processes and follows it across restarts. A process is named by pid and start time, since
 * pids are used again; its command line is asked for once.
 */
export class KubeletFinder {
  readonly #wish: KubeletWish;
  #found: Maybe<FoundKubelet> = missing('warming-up', 'the processes have not been listed yet');
  #candidates: readonly PidStat[] = [];
  /** What is known of candidates, by pid and start time. */
  #commands = new Map<string, CommandSample>();

  constructor(wish: KubeletWish) {
    this.#wish = wish;
  }

  /** Names of processes that are wanted however little they have done. */
  get wantedNames(): string[] {
    const { processName } = this.#wish;
    return processName === undefined ? KUBELET_COMMS : [processName.slice(0, COMM_BYTES)];
  }

  /** The process that the user named by its pid, however little it has done. */
  get wantedPid(): number | undefined {
    return this.#wish.pid;
  }

  /** kubelet, or why there is none. */
  get found(): Maybe<FoundKubelet> {
    return this.#found;
  }

  /** The next candidate whose command line has not been read. */
  get unknownCandidate(): { pid: number; startTicks: number } | undefined {
    const next = this.#candidates.find((stat) => !this.#commands.has(nameOf(stat)));
    return next === undefined ? undefined : { pid: next.pid, startTicks: next.startTicks };
  }

  /** Takes a list of processes. */
  learnProcesses(sample: ProcessesSample): void {
    const busy = sample.busy;
    if (isMissing(busy)) {
      if (!isKnown(this.#found)) this.#found = busy;
      return;
    }
    const { pid } = this.#wish;
    this.#candidates =
      pid === undefined
        ? busy.filter((stat) => this.wantedNames.includes(stat.comm))
        : busy.filter((stat) => stat.pid === pid);
    const alive = new Set(this.#candidates.map(nameOf));
    for (const name of this.#commands.keys()) if (!alive.has(name)) this.#commands.delete(name);
    this.#choose();
  }

  /** Takes what a candidate is. */
  learnCommand(sample: CommandSample): void {
    this.#commands.set(nameOf(sample), sample);
    this.#choose();
  }

  /** Takes a sample of the chosen process; `true` if it is not there any more. */
  learnKubelet(sample: KubeletSample): boolean {
    if (!isKnown(this.#found) || this.#found.pid !== sample.pid) return false;
    const { stat } = sample;
    const other = !isMissing(stat) && stat.startTicks !== this.#found.startTicks;
    const gone = isMissing(stat) && stat.unavailable === 'gone';
    if (!other && !gone) return false;
    this.#found = missing('gone', `process ${sample.pid} has ended; looking for the next`);
    this.#candidates = [];
    return true;
  }

  #choose(): void {
    if (isKnown(this.#found)) {
      const { pid, startTicks } = this.#found;
      if (this.#candidates.some((stat) => stat.pid === pid && stat.startTicks === startTicks)) return;
    }
    const named = this.#wish.pid !== undefined || this.#wish.processName !== undefined;
    const fitting = this.#candidates.flatMap((stat) => {
      const found = named ? 'named' : this.#flavour(stat);
      return found === undefined ? [] : [{ stat, found }];
    });
    const [best] = fitting.sort((a, b) =>
      named ? cpuTicks(b.stat) - cpuTicks(a.stat) : a.stat.startTicks - b.stat.startTicks,
    );
    this.#found =
      best === undefined
        ? missing('absent', this.#whyNone())
        : { pid: best.stat.pid, startTicks: best.stat.startTicks, found: best.found };
  }

  #flavour(stat: PidStat): FoundKubelet['found'] | undefined {
    const command = this.#commands.get(nameOf(stat));
    if (command === undefined) return undefined;
    const flavour = kubeletFlavourOf({
      comm: knownOr(command.comm, stat.comm),
      argv: knownOr(command.argv, []),
      executable: command.executable,
    });
    return flavour === 'not-kubelet' ? undefined : flavour;
  }

  #whyNone(): string {
    const { pid, processName } = this.#wish;
    if (pid !== undefined) return `no process ${pid}`;
    if (processName !== undefined) return `no process named ${processName}`;
    return 'no kubelet runs here; name another process with -p or --process';
  }
}

function nameOf(process: { readonly pid: number; readonly startTicks: number }): string {
  return `${process.pid}@${process.startTicks}`;
}

function cpuTicks(stat: PidStat): number {
  return stat.userTicks + stat.systemTicks;
}
