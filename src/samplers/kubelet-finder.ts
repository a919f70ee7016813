import { isKnown, isMissing, knownOr, type Maybe, type Missing, missing } from '../core/missing.ts';
import { kubeletFlavourOf } from '../sources/kubernetes/kubelet-flavour.ts';
import { parseKubepodsPath } from '../sources/kubernetes/kubepods.ts';
import type { PidStat } from '../sources/proc/pid-stat.ts';
import type { CommandSample } from './command.ts';
import type { KubeletSample } from './kubelet.ts';
import type { ProcessesSample } from './processes.ts';
import type { FoundKubelet } from './tick.ts';

/** The names (comm) under which a kubelet can run; `kubeletFlavourOf` has the rules for each. */
const KUBELET_COMMS = ['kubelet', 'hyperkube', 'k3s', 'k3s-server', 'k3s-agent', 'kubelite', 'openshift', 'microshift'];

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
  /** The candidate whose command line was read last. */
  #asked: string | undefined;

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

  /**
   * The next candidate whose command line has not been read; after all of them the chosen one once more, where another
   * was read last: the latest run of a topic is what is known of it.
   */
  get unknownCandidate(): { pid: number; startTicks: number } | undefined {
    const unread = this.#candidates.find((stat) => !this.#commands.has(nameOf(stat)));
    const found = isKnown(this.#found) && this.#asked !== undefined ? this.#found : undefined;
    const next = unread ?? (found !== undefined && nameOf(found) !== this.#asked ? found : undefined);
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
    this.#asked = nameOf(sample);
    this.#commands.set(this.#asked, sample);
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

  /** Of several kubelets the node's own, and of equals the one that was chosen before, or the oldest. */
  #choose(): void {
    const named = this.#wish.pid !== undefined || this.#wish.processName !== undefined;
    const chosen = isKnown(this.#found) ? nameOf(this.#found) : undefined;
    const fitting = this.#candidates.flatMap((stat) => {
      const found = named ? 'named' : this.#flavour(stat);
      const place = placeOf(this.#commands.get(nameOf(stat)));
      return found === undefined ? [] : [{ stat, found, place, isChosen: nameOf(stat) === chosen }];
    });
    const [best, ...others] = fitting.sort(
      (a, b) =>
        (named ? 0 : a.place.rank - b.place.rank) ||
        Number(b.isChosen) - Number(a.isChosen) ||
        (named ? cpuTicks(b.stat) - cpuTicks(a.stat) : a.stat.startTicks - b.stat.startTicks),
    );
    this.#found =
      best === undefined
        ? this.#none()
        : {
            pid: best.stat.pid,
            startTicks: best.stat.startTicks,
            found: best.found,
            others: others.map(({ stat, place }) => ({ pid: stat.pid, cgroup: place.cgroup })),
          };
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

  /** A node may well have no kubelet; a process that somebody named and that is not there is a failure. */
  #none(): Missing {
    const { pid, processName } = this.#wish;
    if (pid !== undefined) return missing('failed', `no process ${pid} runs here`);
    if (processName !== undefined) return missing('failed', `no process named ${processName} runs here`);
    return missing('absent', 'no kubelet runs here; name another process with -p or --process');
  }
}

/** How far a process is from the node's own services: 0 in one of them or in the root, more inside a pod. */
interface Place {
  readonly rank: number;
  readonly cgroup: Maybe<string>;
}

/** A container's cgroup ends with its id, in 64 hex digits. */
const IN_CONTAINER = /[0-9a-f]{64}/;

/** Where a candidate runs: a kubelet inside a pod (kind in a pod, a virtual cluster) is somebody's workload. */
function placeOf(command: CommandSample | undefined): Place {
  const cgroups = command?.cgroups ?? missing('warming-up');
  if (isMissing(cgroups)) return { rank: 0, cgroup: cgroups };
  const memory = cgroups.find(({ controllers }) => controllers.includes('memory')) ?? cgroups.at(-1);
  const cgroup = memory?.path ?? '/';
  const inPod = parseKubepodsPath(cgroup) !== 'not-kubernetes';
  return { rank: (inPod ? 2 : 0) + (IN_CONTAINER.test(cgroup) ? 1 : 0), cgroup };
}

function nameOf(process: { readonly pid: number; readonly startTicks: number }): string {
  return `${process.pid}@${process.startTicks}`;
}

function cpuTicks(stat: PidStat): number {
  return stat.userTicks + stat.systemTicks;
}
