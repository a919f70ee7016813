import { rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  countLiveCgroups,
  countMemoryCgroups,
  makeLiveCgroups,
  makeTestRoot,
  memoryHierarchy,
  removeCgroups,
  settle,
  startFakeKubelet,
} from '../support/real-kernel.ts';
import { samplersOf } from './footprint.ts';
import type { Random } from './random.ts';
import type { Document, Session } from './session.ts';

/** The name under which the kubelet-like process runs, so that one of another test is not taken for it. */
export const KUBELET_NAME = `soak-${process.pid}`;

/** Others make and remove cgroups on the same machine. */
const BACKGROUND = 8;

type Kubelet = Awaited<ReturnType<typeof startFakeKubelet>>;

/** What goes wrong on a real node, done to a live screen on this machine's kernel. */
export class NodeFaults {
  readonly #session: Session;
  readonly #random: Random;
  readonly #root = makeTestRoot();
  #kubelet: Kubelet | undefined;

  constructor(session: Session, random: Random) {
    this.#session = session;
    this.#random = random;
  }

  /** Every fault by its name; each throws where the program does not come through it with right numbers. */
  readonly all: Readonly<Record<string, () => Promise<void>>> = {
    '1,000 cgroups made and removed': () => this.#churn(),
    'kubelet of 500 threads killed and started again': () => this.#restartKubelet(),
    'terminal takes nothing for 3 s, then goes on': () => this.#stall(),
    '200 resizes': () => this.#resize(),
    'screen stopped and continued': () => this.#stop(this.#session.pty.pid),
    'sampler process stopped and continued': () => this.#stop(this.#sampler()),
    'sampler process killed': () => this.#killSampler(),
    'sampler process out of memory': () => this.#exhaustSampler(),
    '300 keys': () => this.#keys(),
  };

  /** Compares what the program exports with what is so. */
  async check(): Promise<Document> {
    return this.#session.documentWith('counts of the node', ({ memcg, kubelet }) => {
      const countsFit = near(memcg.live, countLiveCgroups()) && near(memcg.total, countMemoryCgroups());
      return countsFit && (this.#kubelet === undefined || kubelet.pid === this.#kubelet.pid);
    });
  }

  /** The live cgroups that there are. */
  countLive(): number {
    return countLiveCgroups();
  }

  /** Ends what was started. */
  async end(): Promise<void> {
    await this.#kubelet?.stop();
    removeCgroups(this.#root);
  }

  async #churn(): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      for (const path of makeLiveCgroups(this.#root, 200)) {
        rmdirSync(path);
        if (this.#random.int(0, 40) === 0) await sleep(1);
      }
    }
    await this.check();
  }

  async #restartKubelet(): Promise<void> {
    const before = this.#kubelet;
    await before?.stop('SIGKILL');
    const reads = [join(memoryHierarchy(), 'memory.stat')];
    const started = await startFakeKubelet({ name: KUBELET_NAME, threads: 500, reads, everyMilliseconds: 500 });
    this.#kubelet = started;
    // It makes its threads one after another.
    await this.#session.documentWith(
      'the kubelet and its 500 threads',
      ({ kubelet }) => kubelet.pid === started.pid && kubelet.threads >= 500,
    );
  }

  async #stall(): Promise<void> {
    const { pty } = this.#session;
    pty.stall();
    pty.type('2');
    await sleep(1500);
    pty.type('1');
    await sleep(1500);
    pty.flow();
    pty.type('\x0c');
    await this.check();
  }

  async #resize(): Promise<void> {
    const { pty } = this.#session;
    for (let turn = 0; turn < 200; turn += 1) {
      pty.resize(this.#random.int(1, 300), this.#random.int(1, 90));
      await sleep(this.#random.int(0, 20));
    }
    pty.resize(160, 45);
    await this.#onOverview();
  }

  async #stop(pid: number): Promise<void> {
    process.kill(pid, 'SIGSTOP');
    await sleep(this.#random.int(500, 3000));
    process.kill(pid, 'SIGCONT');
    await this.check();
  }

  async #killSampler(): Promise<void> {
    const killed = this.#sampler();
    process.kill(killed, 'SIGKILL');
    await this.#startedAgain(killed);
  }

  /** In a cgroup of its own whose limit is below what it has, the kernel's OOM killer takes it at its next page. */
  async #exhaustSampler(): Promise<void> {
    const sampler = this.#sampler();
    const [path = ''] = makeLiveCgroups(this.#root, 1);
    writeFileSync(join(path, 'cgroup.procs'), String(sampler));
    writeFileSync(join(path, 'memory.limit_in_bytes'), String(256 * 1024));
    await this.#startedAgain(sampler);
    removeCgroups(path);
  }

  async #startedAgain(before: number): Promise<void> {
    const endedAt = Date.now();
    const again = () => samplersOf(this.#session.pty.pid).filter((pid) => pid !== before);
    await settle(again, { until: (pids) => pids.length === 1, timeoutSeconds: 90 });
    await this.#session.documentWith('an event for the gap', ({ events }) =>
      events.some(({ kind, at }: { kind: string; at: string }) => kind === 'gap' && Date.parse(at) >= endedAt - 1000),
    );
    await this.check();
  }

  /** Any keys but those that quit, suspend, ask for a drop, or change the interval for good. */
  async #keys(): Promise<void> {
    const { pty } = this.#session;
    const keys = [
      ...'1234567?hzjkgG<>I/abcknopstv[]{} \t\x0c\x1b\r',
      '\x1b[A',
      '\x1b[B',
      '\x1b[C',
      '\x1b[D',
      '\x1b[5~',
    ];
    for (let press = 0; press < 300; press += 1) {
      pty.type(this.#random.pick(keys));
      await sleep(this.#random.int(0, 15));
    }
    // A dialog, a filter and a pause may each be left open. Looking back takes its time: what is shown for these last
    // keys comes after all others were worked off.
    for (const key of ['\x1b', '\x1b', '\x1b', '2']) {
      await sleep(150);
      pty.type(key);
    }
    await pty.waitFor((screen) => screen.some((line) => line.includes('OBJ')), 60_000);
    // Space pauses, and [ looks back; Space again goes on from either. First of all: the moment that is looked at may be
    // one before the first count, and the overview would never have its numbers.
    const halted = (screen: readonly string[]) => /PAUSED|looking back/.test(screen.join('\n'));
    if (halted(pty.screen())) pty.type(' ');
    await pty.waitFor((screen) => !halted(screen));
    await this.#onOverview();
  }

  async #onOverview(): Promise<void> {
    this.#session.pty.type('1');
    await this.#session.ready();
    await this.check();
  }

  #sampler(): number {
    const [pid] = samplersOf(this.#session.pty.pid);
    if (pid === undefined) throw new Error('no sampler process runs');
    return pid;
  }
}

function near(told: unknown, counted: number): boolean {
  return typeof told === 'number' && Math.abs(told - counted) <= BACKGROUND;
}
