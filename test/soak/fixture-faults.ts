import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeBlocking } from '../support/blocking-file.ts';
import type { GeneratedHost } from '../support/generated-host.ts';
import type { Random } from './random.ts';
import type { Document, Session } from './session.ts';

/** The kubelet of the generated host. */
export const KUBELET = { pid: 1342, threads: 500 } as const;

/** Files that can be lost; the page counters stand for those of every cgroup. */
const FILES = [
  '/proc/meminfo',
  '/proc/vmstat',
  '/proc/cgroups',
  '/proc/mounts',
  '/proc/slabinfo',
  '/proc/stat',
  '/proc/sys/fs/dentry-state',
  '/proc/1342/stat',
  '/proc/1342/status',
  '/proc/1342/cmdline',
  '/sys/fs/cgroup/memory/memory.stat',
  '/sys/fs/cgroup/memory/memory.kmem.usage_in_bytes',
  '/sys/fs/cgroup/memory/kubepods/memory.usage_in_bytes',
  '/sys/fs/cgroup/memory/kubepods/memory.stat',
] as const;

/** Reads of these are in the slow lane, which may hang. A fast one that hangs holds up the sampler process itself. */
const SLOW_FILES = FILES.filter((file) => file.endsWith('memory.stat') || file.endsWith('slabinfo'));

/** What goes wrong with files, done to a live screen on a generated host. Each fault is undone before it returns. */
export class FixtureFaults {
  readonly #session: Session;
  readonly #host: GeneratedHost;
  readonly #random: Random;

  constructor(session: Session, host: GeneratedHost, random: Random) {
    this.#session = session;
    this.#host = host;
    this.#random = random;
  }

  readonly all: Readonly<Record<string, () => Promise<void>>> = {
    'files absent': () => this.#absent(),
    'files torn': () => this.#torn(),
    'a slow file blocks': () => this.#blocking(this.#random.pick(SLOW_FILES), 4000),
    'a fast file blocks': () => this.#blocking('/proc/meminfo', 7000),
    'a file comes late': () => this.#late(),
    'kubelet ends, its pid is taken by another process': () => this.#pidReused(),
    'a pod comes and goes': () => this.#podMoves(),
  };

  /** Compares what the program exports with what was generated. */
  check(): Promise<Document> {
    return this.#session.documentWith('numbers of the generated host', (document) => {
      const { memcg, kubelet } = document;
      return (
        memcg.live === this.#host.cgroups.length &&
        memcg.total === memcg.live + memcg.dying &&
        kubelet.pid === KUBELET.pid &&
        kubelet.threads === KUBELET.threads
      );
    });
  }

  /** The live cgroups that there are. */
  countLive(): number {
    return this.#host.cgroups.length;
  }

  async #absent(): Promise<void> {
    const files = this.#random.shuffled(FILES).slice(0, this.#random.int(1, 5));
    for (const file of files) renameSync(this.#at(file), this.#aside(file));
    await sleep(this.#random.int(500, 3000));
    for (const file of files) renameSync(this.#aside(file), this.#at(file));
    await this.check();
  }

  async #torn(): Promise<void> {
    const whole = this.#random
      .shuffled(FILES)
      .slice(0, this.#random.int(1, 5))
      .map((file) => ({ file, text: readFileSync(this.#at(file)) }));
    for (let turn = 0; turn < 6; turn += 1) {
      for (const { file, text } of whole) {
        writeFileSync(this.#at(file), text);
        truncateSync(this.#at(file), this.#random.int(0, text.length));
      }
      await sleep(400);
    }
    for (const { file, text } of whole) writeFileSync(this.#at(file), text);
    await this.check();
  }

  /** Meanwhile keys must be answered. */
  async #blocking(file: string, milliseconds: number): Promise<void> {
    const { pty } = this.#session;
    renameSync(this.#at(file), this.#aside(file));
    makeBlocking(this.#at(file));
    pty.type('7');
    await sleep(milliseconds / 2);
    pty.type('2');
    await pty.waitFor((screen) => screen.some((line) => line.includes('OBJ')));
    pty.type('1');
    await sleep(milliseconds / 2);
    const pipe = `${this.#aside(file)}.pipe`;
    renameSync(this.#at(file), pipe);
    renameSync(this.#aside(file), this.#at(file));
    letGo(pipe);
    rmSync(pipe);
    await this.check();
  }

  /** Whoever reads waits until another process writes, half a second later, what the file has. */
  async #late(): Promise<void> {
    const file = this.#random.pick(SLOW_FILES);
    renameSync(this.#at(file), this.#aside(file));
    makeBlocking(this.#at(file));
    for (let turn = 0; turn < 3; turn += 1) {
      await sleep(500);
      // A process of its own: opening a FIFO for writing waits for a reader.
      const writer = spawn('cp', [this.#aside(file), this.#at(file)], { stdio: 'ignore' });
      const written = new Promise((settle) => writer.once('exit', settle));
      await Promise.race([written, sleep(2000)]);
      writer.kill('SIGKILL');
    }
    const pipe = `${this.#aside(file)}.pipe`;
    renameSync(this.#at(file), pipe);
    renameSync(this.#aside(file), this.#at(file));
    letGo(pipe);
    rmSync(pipe);
    await this.check();
  }

  /** The same pid with another start time and name is another process; then kubelet is there again. */
  async #pidReused(): Promise<void> {
    const stat = this.#at(`/proc/${KUBELET.pid}/stat`);
    const comm = this.#at(`/proc/${KUBELET.pid}/comm`);
    const cmdline = this.#at(`/proc/${KUBELET.pid}/cmdline`);
    const kept = [stat, comm, cmdline].map((file) => ({ file, text: readFileSync(file, 'utf8') }));
    const fields = readFileSync(stat, 'utf8')
      .replace(/\(.*\)/, '(sleep)')
      .split(' ');
    fields[21] = String(Number(fields[21]) + 4242);
    writeFileSync(stat, fields.join(' '));
    writeFileSync(comm, 'sleep\n');
    writeFileSync(cmdline, '/usr/bin/sleep\0');
    await this.#session.documentWith('no kubelet', ({ kubelet }) => kubelet.unavailable !== undefined);
    for (const { file, text } of kept) writeFileSync(file, text);
    await this.check();
  }

  async #podMoves(): Promise<void> {
    const pods = this.#host.cgroups.filter(({ path }) => /\/pod[^/]+$/.test(path));
    const pod = this.#random.pick(pods);
    const folder = join(this.#host.root, this.#host.mount, pod.path);
    const away = join(this.#host.root, 'away');
    renameSync(folder, away);
    const gone = 1 + pod.descendants;
    const expected = this.#host.cgroups.length - gone;
    await this.#session.documentWith('a pod less', ({ memcg }) => memcg.live === expected);
    renameSync(away, folder);
    await this.check();
  }

  #at(file: string): string {
    return join(this.#host.root, file);
  }

  #aside(file: string): string {
    return join(this.#host.root, `aside${file.replaceAll('/', '-')}`);
  }
}

/** Opens a FIFO for writing and closes it, so that its readers see its end. ENXIO says that nobody reads. */
function letGo(pipe: string): void {
  try {
    closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENXIO')) throw error;
  }
}
