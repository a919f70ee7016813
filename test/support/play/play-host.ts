import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { atExit } from '../cleanup.ts';
import { filesOfV1 } from '../generated-files.ts';
import { generateHost } from '../generated-host.ts';
import { readProcessTemplate, writeProcess } from '../generated-processes.ts';
import { inventedPod } from '../pod-cgroups.ts';
import { MEMORY } from './incident.ts';
import type { PlayedDrop, PlayedKubelet, Scene, Script } from './scene.ts';
import * as texts from './texts.ts';

/** How a host is played. */
export interface PlayOptions {
  /** Live memory cgroups, root included. */
  readonly live?: number;
  /** Whether read times are waited for, or use the CPU as well. */
  readonly plays?: 'slept' | 'burnt';
  /** Read times of other files, which do not change: by path. */
  readonly reads?: Readonly<Record<string, { readonly wallSeconds: number; readonly cpuSeconds?: number }>>;
}

/** A fixture whose files change while it is read. */
export interface PlayedHost {
  readonly root: string;
  /** Since it began to play. */
  seconds(): number;
  /** What it is like now. */
  scene(): Scene;
  readonly drops: readonly PlayedDrop[];
  /** Ends it, and removes the folder; also done at exit. */
  stop(): void;
}

const STEP_MS = 200;

/** Pods that a script adds are numbered from here on: not those of the generated tree. */
const FIRST_MORE_POD = 10_000;

/**
 * Makes a node of the captured 4.4.155 (cgroup v1) and plays a script on it: from now on its files change with the time
 * that passes, read times are really spent by whoever reads, and a drop is taken from the file that a fixture's drop
 * writes. Files are replaced as a whole, so that nobody reads half of one.
 */
export function playHost(script: Script, options: PlayOptions = {}): PlayedHost {
  return new Player(script, options);
}

class Player implements PlayedHost {
  readonly root: string;
  readonly drops: PlayedDrop[] = [];
  readonly stop: () => void;
  readonly #script: Script;
  readonly #options: PlayOptions;
  readonly #startedMs = performance.now();
  readonly #written = new Map<string, string>();
  readonly #base: Readonly<Record<'meminfo' | 'slabinfo' | 'cgroups' | 'vmstat', string>>;
  readonly #statTemplate: string;
  readonly #process: ReturnType<typeof readProcessTemplate>['files'];
  readonly #live: number;
  #playedUntil = 0;
  #kubelet: (texts.CpuTicks & { readonly pid: number; readonly startTicks: number }) | undefined;
  /** It has run for a while: the list of processes leaves out those with half a second of CPU time or less. */
  #other: texts.CpuTicks = { user: 10_000, system: 0 };
  #pods = new Set<number>();

  constructor(script: Script, options: PlayOptions) {
    this.#script = script;
    this.#options = options;
    this.#live = options.live ?? 62;
    const host = generateHost({ live: this.#live, processes: 1 });
    this.root = host.root;
    const base = (name: string) => readFileSync(join(host.root, 'proc', name), 'utf8');
    this.#base = {
      meminfo: base('meminfo'),
      slabinfo: base('slabinfo'),
      cgroups: base('cgroups'),
      vmstat: base('vmstat'),
    };
    this.#statTemplate = readFileSync(join(host.root, MEMORY, 'memory.stat'), 'utf8');
    this.#process = readProcessTemplate(join(host.root, 'proc')).files;
    this.#play();
    const timer = setInterval(() => this.#play(), STEP_MS);
    this.stop = atExit(() => {
      clearInterval(timer);
      host.remove();
    });
  }

  seconds(): number {
    return (performance.now() - this.#startedMs) / 1000;
  }

  scene(): Scene {
    return this.#script(this.seconds(), this.drops);
  }

  #play(): void {
    const seconds = this.seconds();
    this.#takeDrops(seconds);
    const scene = this.#script(seconds, this.drops);
    const passed = seconds - this.#playedUntil;
    this.#playedUntil = seconds;
    this.#playPods(scene.morePods ?? []);
    const live = this.#live + 3 * this.#pods.size;
    this.#write('/proc/uptime', texts.uptime(seconds));
    this.#write('/proc/cgroups', texts.cgroups(this.#base.cgroups, live + scene.dying));
    this.#write('/proc/slabinfo', texts.slabinfo(this.#base.slabinfo, scene.dying));
    this.#write('/proc/meminfo', texts.meminfo(this.#base.meminfo, scene.dying));
    this.#write('/proc/vmstat', texts.vmstat(this.#base.vmstat, scene.dying, this.drops));
    this.#write('/proc/sys/fs/dentry-state', texts.dentryState(scene.dying));
    for (const path of ['/', '/kubepods', '/kubepods/burstable']) {
      this.#write(join(MEMORY, path, 'memory.kmem.usage_in_bytes'), texts.kmemBytes(live, scene.dying));
    }
    for (const [pod, count] of Object.entries(scene.restarts ?? {})) this.#playRestarts(pod, count);
    this.#playKubelet(scene.kubelet, passed, seconds);
    this.#other = texts.later(this.#other, scene.otherPct ?? 0, 0, passed);
    const worker = { pid: 20_000, comm: 'worker', startTicks: 900, threads: 1, runs: (scene.otherPct ?? 0) > 50 };
    this.#write('/proc/20000/stat', texts.pidStat(this.#process.stat ?? '', worker, this.#other));
    this.#write('/proc/stat', texts.stat(seconds, [this.#kubelet ?? texts.NO_TICKS, this.#other]));
    this.#writeDeclaration(scene);
  }

  #takeDrops(seconds: number): void {
    const file = join(this.root, 'played-drops');
    if (!existsSync(file)) return;
    const modes = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    for (const mode of modes.slice(this.drops.length)) {
      this.drops.push({ atSeconds: seconds, mode: mode === '1' ? 1 : mode === '2' ? 2 : 3 });
    }
  }

  #playKubelet(kubelet: PlayedKubelet | undefined, passed: number, seconds: number): void {
    const before = this.#kubelet;
    if (before !== undefined && before.pid !== kubelet?.pid) {
      rmSync(join(this.root, 'proc', String(before.pid)), { recursive: true });
      this.#kubelet = undefined;
    }
    if (kubelet === undefined) return;
    const { pid } = kubelet;
    if (this.#kubelet === undefined) {
      const argv = ['/usr/bin/kubelet', '--housekeeping-interval=10s'];
      writeProcess(join(this.root, 'proc'), this.#process, { pid, argv, threads: texts.KUBELET_THREADS, opened: [] });
      mkdirSync(join(this.root, 'proc', String(pid), 'fdinfo'));
      this.#kubelet = { pid, startTicks: texts.ticksSinceBoot(seconds), user: 200, system: 200 };
    }
    const { startTicks } = this.#kubelet;
    this.#kubelet = { pid, startTicks, ...texts.later(this.#kubelet, kubelet.userPct, kubelet.systemPct, passed) };
    const reading = kubelet.open.some(({ position }) => position === 0);
    const process = { pid, comm: 'kubelet', startTicks, threads: texts.KUBELET_THREADS, runs: reading };
    const folder = `/proc/${pid}`;
    this.#write(`${folder}/stat`, texts.pidStat(this.#process.stat ?? '', process, this.#kubelet));
    this.#write(`${folder}/schedstat`, texts.schedstat(this.#kubelet));
    // One thread does it all: the one that has the number of the process.
    this.#write(`${folder}/task/${pid}/stat`, texts.pidStat(this.#process.stat ?? '', process, this.#kubelet));
    this.#write(`${folder}/task/${pid}/schedstat`, texts.schedstat(this.#kubelet));
    for (let tid = pid; tid < pid + texts.KUBELET_THREADS; tid += 1) {
      this.#write(`${folder}/task/${tid}/syscall`, tid === pid && reading ? 'running\n' : texts.FUTEX);
      this.#write(`${folder}/task/${tid}/wchan`, tid === pid && reading ? '0' : 'futex_wait_queue_me');
    }
    this.#playDescriptors(folder, kubelet);
  }

  #playDescriptors(folder: string, { open }: PlayedKubelet): void {
    for (let n = 0; n < Math.max(open.length, this.#open); n += 1) {
      const [fd, info] = [join(this.root, folder, 'fd', `${n + 3}`), join(folder, 'fdinfo', `${n + 3}`)];
      const held = open[n];
      const target = held === undefined ? undefined : join(MEMORY, held.path, held.file);
      if (held !== undefined) this.#write(info, texts.fdinfo(held.position));
      if (this.#written.get(fd) === target) continue;
      if (this.#written.delete(fd)) unlinkSync(fd);
      if (target === undefined) this.#remove(info);
      else {
        symlinkSync(target, fd);
        this.#written.set(fd, target);
      }
    }
    this.#open = open.length;
  }

  #open = 0;

  #playPods(wanted: readonly number[]): void {
    for (const n of this.#pods) {
      if (wanted.includes(n)) continue;
      rmSync(join(this.root, MEMORY, inventedPod('cgroupfs', FIRST_MORE_POD + n, 2).path), { recursive: true });
      this.#pods.delete(n);
    }
    for (const n of wanted) {
      if (this.#pods.has(n)) continue;
      const pod = inventedPod('cgroupfs', FIRST_MORE_POD + n, 2);
      for (const path of [pod.path, ...pod.containers]) {
        const descendants = path === pod.path ? pod.containers.length : 0;
        const cgroup = { path, rssBytes: 45_056, cacheBytes: 0, kmemBytes: 61_440, descendants };
        const files = filesOfV1(cgroup, this.#statTemplate);
        mkdirSync(join(this.root, MEMORY, path), { recursive: true });
        for (const [name, text] of Object.entries(files)) writeFileSync(join(this.root, MEMORY, path, name), text);
      }
      this.#pods.add(n);
    }
  }

  /** kubelet keeps the logs of the last two runs of a container, named after its restart count. */
  #playRestarts(pod: string, count: number): void {
    const { uid } = inventedPod('cgroupfs', Number(pod.replace(/\D/g, '')) || 0, 1);
    const folder = `/var/log/pods/default_${pod}_${uid}/app`;
    for (const kept of [count - 1, count]) if (kept >= 0) this.#write(`${folder}/${kept}.log`, '');
    if (count >= 2) this.#remove(`${folder}/${count - 2}.log`);
  }

  #writeDeclaration({ readSeconds }: Scene): void {
    const reads = Object.fromEntries(
      Object.entries(readSeconds).map(([path, took]) => {
        // To the millisecond: a file that changes with every step would be written with every step.
        const wallSeconds = Math.round(took * 1000) / 1000;
        return [path, { wallSeconds, cpuSeconds: wallSeconds }];
      }),
    );
    const declared = {
      fixture: 'slabtop-k8s/1',
      origin: 'played: /proc of a captured Linux 4.4.155 whose counts follow a script',
      hostname: 'node-played',
      plays: this.#options.plays ?? 'slept',
      reads: { ...reads, ...this.#options.reads },
    };
    this.#write('/host.json', JSON.stringify(declared));
  }

  #write(path: string, text: string): void {
    if (this.#written.get(path) === text) return;
    this.#written.set(path, text);
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.next`, text);
    renameSync(`${file}.next`, file);
  }

  #remove(path: string): void {
    this.#written.delete(path);
    rmSync(join(this.root, path), { force: true });
  }
}
