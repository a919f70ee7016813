import { rmSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateHost } from '../support/generated-host.ts';
import { whyNoRealKernel } from '../support/real-kernel.ts';
import { lineThrough } from '../support/slope.ts';
import { closeTerminals, endInEveryWay } from './endings.ts';
import { FixtureFaults, KUBELET } from './fixture-faults.ts';
import { type Footprint, footprintOf } from './footprint.ts';
import { exportToFullDisk, recordToFullDisk } from './full-disk.ts';
import { KUBELET_NAME, NodeFaults } from './node-faults.ts';
import { copyProgram } from './program-copy.ts';
import { Random } from './random.ts';
import { Session } from './session.ts';
import type { Figures, Summary, Watched } from './summary.ts';
import { stepThroughTime } from './time-steps.ts';

/** What a soak is told. */
export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Faults to leave out, and which to make once at least is all the others. */
  readonly leaveOut?: readonly string[];
  /** Told of every fault that begins and every problem. */
  readonly onLine: (line: string) => void;
}

const MEMORY_EVERY_MS = 10_000;

/** What a fault waits for has patience of its own, in all less than this. */
const FAULT_MS = 300_000;

/** Longer than anything that a fault may have begun. */
const REST_MS = 30_000;

/**
 * Two live screens run throughout, one on this machine's kernel and one on a generated host. Faults are made to both at
 * the same time, in an order that the seed gives, all of them again and again until the time is over. Beside them runs
 * once what takes a program of its own: a full disk, a clock that goes back, every way to end.
 */
export async function soak(options: SoakOptions): Promise<Summary> {
  const began = performance.now();
  const run = new Run(options);
  await run.all();
  return run.summary((performance.now() - began) / 60_000);
}

class Run {
  readonly #options: SoakOptions;
  readonly #program = copyProgram();
  readonly #at = new Date();
  readonly #counts: Record<string, number> = {};
  readonly #problems: string[] = [];
  readonly #skipped: string[] = [];
  readonly #screens: Record<string, Watched> = {};
  #checks = 0;

  constructor(options: SoakOptions) {
    this.#options = options;
  }

  async all(): Promise<void> {
    const host = generateHost({ live: 300, dying: 20_000, kubelet: KUBELET });
    // Of a fixture only regular files are read; of a node, whatever blocks.
    rmSync(join(host.root, 'host.json'));
    const fixtureArgs = ['--host-root', host.root, '-d', '0.5'];
    const fixture = new Session(this.#program, fixtureArgs);
    const why = whyNoRealKernel();
    const node = why === undefined ? new Session(this.#program, nodeArgs()) : undefined;
    if (why !== undefined) this.#skipped.push(`the real kernel: ${why}`);
    try {
      await fixture.ready();
      await node?.ready();
      const { seed } = this.#options;
      const files = new FixtureFaults(fixture, host, new Random(seed + 1));
      await Promise.all([
        node === undefined ? undefined : this.#onNode(node),
        this.#watched('generated host', fixture, files, new Random(seed + 1)),
        this.#withProgramsOfTheirOwn(fixtureArgs, new Random(seed + 2)),
      ]);
      await this.#attempt('every way to lose the terminal', () =>
        closeTerminals(this.#program, fixtureArgs, this.#ended),
      );
      if (node !== undefined) this.#add('screen on the node ended', await node.end((pty) => pty.type('q'), 0));
      this.#add('screen on the generated host ended', await fixture.end((pty) => pty.type('q'), 0));
    } finally {
      node?.pty.close();
      fixture.pty.close();
      host.remove();
    }
  }

  summary(minutes: number): Summary {
    return {
      schema: 'slabtop-k8s-soak/1',
      at: this.#at.toISOString(),
      machine: { kernel: release(), cpus: cpus().length, node: process.versions.node },
      seed: this.#options.seed,
      minutes,
      counts: this.#counts,
      checks: this.#checks,
      screens: this.#screens,
      skipped: this.#skipped,
      problems: this.#problems,
    };
  }

  async #onNode(node: Session): Promise<void> {
    const { seed } = this.#options;
    const faults = new NodeFaults(node, new Random(seed));
    try {
      await this.#watched('node', node, faults, new Random(seed));
    } finally {
      await faults.end();
    }
  }

  /** Makes faults to a screen, and compares what it occupies and tells before and after. */
  async #watched(name: string, { pty }: Session, faults: NodeFaults | FixtureFaults, random: Random): Promise<void> {
    const began = performance.now();
    const memory: (readonly [hours: number, anonymousBytes: number])[] = [];
    const measure = setInterval(() => {
      memory.push([(performance.now() - began) / 3_600_000, footprintOf(pty.pid).anonymousBytes]);
    }, MEMORY_EVERY_MS);
    try {
      const start = await figuresOf(pty.pid, faults);
      await this.#withFaults(faults.all, random);
      const end = await this.#figuresAtRest(pty.pid, faults, start);
      this.#add(`${name}, at the end`, differences(start, end));
      const largestBytes = Math.max(start.anonymousBytes, end.anonymousBytes, ...memory.map(([, bytes]) => bytes));
      // By half of the time everything has happened once, and the heaps have the size that they need.
      const { slope, standardError } = lineThrough(memory.slice(Math.floor(memory.length / 2)));
      const anonymous = { bytesPerHour: slope, noiseBytesPerHour: standardError, largestBytes };
      this.#screens[name] = { start, end, anonymous };
    } catch (error) {
      // The other screen goes on, and the summary is written.
      this.#add(name, [messageOf(error)]);
    } finally {
      clearInterval(measure);
    }
  }

  /** What a fault began (a trace that a key asked for takes ten seconds) is given its time; what is left behind stays. */
  async #figuresAtRest(pid: number, faults: NodeFaults | FixtureFaults, start: Figures): Promise<Figures> {
    const until = performance.now() + REST_MS;
    for (;;) {
      const figures = await figuresOf(pid, faults);
      if (differences(start, figures).length === 0 || performance.now() > until) return figures;
    }
  }

  /** Makes all faults in a new order each time, until the time is over, and each once at least. */
  async #withFaults(all: NodeFaults['all'], random: Random): Promise<void> {
    const { minutes, leaveOut = [] } = this.#options;
    const faults = Object.entries(all).filter(([name]) => !leaveOut.includes(name));
    const until = performance.now() + minutes * 60_000;
    do {
      for (const [name, make] of random.shuffled(faults)) {
        if (performance.now() < until || !(name in this.#counts)) await this.#attempt(name, make);
      }
    } while (performance.now() < until);
  }

  async #withProgramsOfTheirOwn(args: readonly string[], random: Random): Promise<void> {
    await this.#attempt('clock steps back and forth, files denied and torn', async () => {
      this.#add('clock steps', await stepThroughTime(this.#program, random));
    });
    if (process.getuid?.() === 0) {
      await this.#attempt('disk full during an export', async () => {
        this.#add('export', await exportToFullDisk(this.#program, args));
      });
      await this.#attempt('disk full during a recording', async () => {
        this.#add('recording', await recordToFullDisk(this.#program, args));
      });
    } else this.#skipped.push('full disks: mounting one takes root');
    await this.#attempt('every way to end', () => endInEveryWay(this.#program, args, this.#ended));
  }

  readonly #ended = (name: string, wrong: readonly string[]) => {
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
    this.#add(name, wrong);
  };

  async #attempt(name: string, make: () => Promise<void>): Promise<void> {
    this.#options.onLine(name);
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
    try {
      const isOver = make().then(() => true);
      const inTime = await Promise.race([isOver, sleep(FAULT_MS, false, { ref: false })]);
      if (!inTime) throw new Error(`not over after ${FAULT_MS / 60_000} minutes`);
      this.#checks += 1;
    } catch (error) {
      this.#add(name, [messageOf(error)]);
    }
  }

  #add(where: string, wrong: readonly string[]): void {
    for (const what of wrong) {
      this.#problems.push(`${where}: ${what}`);
      this.#options.onLine(`PROBLEM ${where}: ${what}`);
    }
  }
}

/** What the program has open for a moment only (a file being read) is not in all of several looks. */
async function figuresOf(pid: number, faults: NodeFaults | FixtureFaults): Promise<Figures> {
  const { memcg } = await faults.check();
  const looks: Footprint[] = [];
  for (let look = 0; look < 10; look += 1) {
    await sleep(200);
    looks.push(footprintOf(pid));
  }
  const least = looks.reduce((so, look) => ({
    ...look,
    screenDescriptors: fewer(so.screenDescriptors, look.screenDescriptors),
    samplerDescriptors: fewer(so.samplerDescriptors, look.samplerDescriptors),
  }));
  return { ...least, liveCgroups: faults.countLive(), toldLiveCgroups: memcg.live };
}

function differences(start: Figures, end: Figures): string[] {
  return [
    ...added('the screen', start.screenDescriptors, end.screenDescriptors),
    ...added('the sampler process', start.samplerDescriptors, end.samplerDescriptors),
    ...(end.processes > start.processes ? [`${end.processes} processes instead of ${start.processes}`] : []),
  ];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nodeArgs(): string[] {
  return ['-d', '0.5', '--process', KUBELET_NAME];
}

function fewer(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.length <= others.length ? some : others;
}

/** What is open at the end and was not at the start, each as often as it was opened. */
function added(who: string, before: readonly string[], after: readonly string[]): string[] {
  const left = [...before];
  return after.flatMap((target) => {
    const at = left.indexOf(target);
    if (at < 0) return [`${who} has a descriptor more: ${target}`];
    left.splice(at, 1);
    return [];
  });
}
