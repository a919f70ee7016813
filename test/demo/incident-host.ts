import type { Clock } from '../../src/core/clock.ts';
import { missing } from '../../src/core/missing.ts';
import type { Question, Reading } from '../../src/core/reading.ts';
import type { WaitingHost } from '../../src/host/host.ts';
import type { CapturedFiles } from './captured.ts';
import { interpolated } from './interpolate.ts';
import { type MeasuredRow, type Scene, sceneAt } from './timeline.ts';

/** The three captured moments. */
export interface Captures {
  readonly healthy: CapturedFiles;
  readonly incident: CapturedFiles;
  readonly afterDrop: CapturedFiles;
}

const MEMORY = '/sys/fs/cgroup/memory';

/** The captured process that reads memory.stat in a loop: it stands in for kubelet. */
export const READER_PID = 18_698;

/** The node had been up for so long when the demo begins; the captured machine had just been started. */
const UP_SECONDS = 6 * 86_400;
const BEGINS_AT = Date.parse('2026-11-23T12:00:00Z');

/** cAdvisor reads root, kubepods and burstable in turn, every ten seconds and up to half as long again. */
const HOUSEKEEPING_SECONDS = 12;
const SLOW_ANCESTORS = 3;
const USER_SHARE = 0.024;
const CGROUPS = 186;

/** USER_HZ. */
const TICKS = 100;

/** Pods of a CronJob that are there at a time; each lives for half a minute. */
const JOBS_AT_ONCE = 3;
const JOB_SECONDS = 30;

/**
 * Answers like the captured node at any moment of the incident: numbers of the captured texts, interpolated; read times
 * of the measured table; CPU time of the reading process made from these read times. Time passes only where a read
 * takes some, and where {@link IncidentHost.goTo} sets it.
 */
export class IncidentHost implements WaitingHost {
  readonly origin = { kind: 'fixture', root: 'the recorded incident' } as const;
  readonly clock: Clock = {
    now: () => BEGINS_AT + Math.round(this.#seconds * 1000),
    monotonic: () => Math.round((UP_SECONDS + this.#seconds) * 1e6) / 1e6,
  };
  readonly #captures: Captures;
  readonly #table: readonly MeasuredRow[];
  #seconds = 0;
  /** System time of the reading process and its reads, added up to every second. */
  readonly #used: { readonly systemSeconds: number; readonly reads: number }[] = [{ systemSeconds: 0, reads: 0 }];

  constructor(captures: Captures, table: readonly MeasuredRow[]) {
    this.#captures = captures;
    this.#table = table;
  }

  /** Seconds since the beginning. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Goes to a moment. */
  goTo(seconds: number): void {
    this.#seconds = seconds;
  }

  atTick(): void {}

  read(path: string): Reading {
    return this.#answer('read', path, this.#text(path));
  }

  timed(path: string): Reading {
    const text = this.#text(path);
    const wallSeconds = readSeconds(path, this.#scene());
    this.goTo(this.#seconds + wallSeconds);
    const tooShort = missing('unsupported', 'too short to be split by the tick');
    const systemSeconds = wallSeconds < 0.05 ? tooShort : wallSeconds;
    const cost = { wallSeconds, cpuSeconds: wallSeconds, systemSeconds };
    return { ...this.#answer('timed', path, text), cost };
  }

  async timedLater(path: string): Promise<Reading> {
    return this.timed(path);
  }

  list(path: string): Reading {
    if (path === '/proc') return this.#answer('list', path, String(READER_PID));
    if (path === `/proc/${READER_PID}/task`) return this.#answer('list', path, String(READER_PID));
    if (path === '/var/log/pods') return this.#answer('list', path, this.#podFolders().join('\n'));
    if (path.startsWith('/var/log/pods/')) {
      return this.#answer('list', path, path.split('/').length === 5 ? 'app' : '0.log');
    }
    return this.#answer('list', path, undefined);
  }

  dirs(path: string): Reading {
    const children = this.#children(path);
    if (path === MEMORY || this.#children(parent(path)).includes(name(path))) {
      const lines = children.map((child) => `${2 + this.#children(`${path}/${child}`).length} ${child}`);
      return this.#answer('dirs', path, lines.join('\n'));
    }
    return this.#answer('dirs', path, undefined);
  }

  link(path: string): Reading {
    return this.#answer('link', path, undefined);
  }

  links(path: string): Reading {
    if (path !== `/proc/${READER_PID}/fd`) return this.#answer('links', path, undefined);
    // A slow read holds its descriptor: it is seen as often as reads take of all time.
    const seen = (Math.floor(this.#seconds) * 7919) % 100 < systemShare(this.#scene()) * 100;
    const open = seen ? `\n3 ${MEMORY}/memory.stat` : '';
    return this.#answer('links', path, `0 /dev/null\n1 /dev/null\n2 /dev/null${open}`);
  }

  buildInfo(path: string): Reading {
    return this.#answer('buildInfo', path, undefined);
  }

  own(path: string): Reading {
    return this.#answer('own', path, undefined);
  }

  /** What the reading process has used up to now. */
  #usedNow(): { readonly userSeconds: number; readonly systemSeconds: number; readonly reads: number } {
    const until = Math.floor(this.#seconds);
    for (let second = this.#used.length; second <= until; second += 1) {
      const share = systemShare(sceneAt(second, this.#table));
      const before = this.#used[second - 1] ?? { systemSeconds: 0, reads: 0 };
      const readsPerSecond = (CGROUPS / HOUSEKEEPING_SECONDS) * Math.min(1, 0.975 / share);
      this.#used.push({ systemSeconds: before.systemSeconds + share, reads: before.reads + readsPerSecond });
    }
    const { systemSeconds, reads } = this.#used[until] ?? { systemSeconds: 0, reads: 0 };
    const rest = (this.#seconds - until) * systemShare(this.#scene());
    return { userSeconds: USER_SHARE * this.#seconds, systemSeconds: systemSeconds + rest, reads };
  }

  #answer(question: Question, path: string, text: string | undefined): Reading {
    return text === undefined ? { question, path, errno: 'ENOENT' } : { question, path, text };
  }

  #scene(): Scene {
    return sceneAt(this.#seconds, this.#table);
  }

  #text(path: string): string | undefined {
    switch (path) {
      case '/proc/uptime':
        return `${(UP_SECONDS + this.#seconds).toFixed(2)} ${(1.6 * (UP_SECONDS + this.#seconds)).toFixed(2)}\n`;
      case '/proc/stat':
        return this.#stat();
      case '/proc/vmstat':
        return this.#captured(path)?.replace(/^drop_slab \d+$/m, `drop_slab ${this.#scene().drops}`);
      case '/proc/cgroups':
        return this.#cgroups();
      case '/proc/loadavg':
        return `${(0.12 + 1.1 * systemShare(this.#scene())).toFixed(2)} 0.40 0.35 2/142 18700\n`;
      case '/sys/devices/system/cpu/online':
        return '0-1\n';
      case '/sys/devices/system/cpu/possible':
        return '0-63\n';
      case '/proc/sys/kernel/hostname':
        return 'node-4-4-155\n';
      default:
        if (path.startsWith(`/proc/${READER_PID}/`)) return this.#ofReader(path);
        return processOf(path) ?? this.#ofJob(path) ?? this.#captured(path);
    }
  }

  /** The captured text, interpolated to the present scene. */
  #captured(path: string): string | undefined {
    const { slabShare, drops } = this.#scene();
    const base = drops === 0 ? this.#captures.healthy : this.#captures.afterDrop;
    const to = this.#captures.incident.get(path);
    return to === undefined ? undefined : interpolated(base.get(path) ?? to, to, slabShare);
  }

  /** Both cores: the reading process, and a quiet node's rest. */
  #stat(): string {
    const up = UP_SECONDS + this.#seconds;
    const { userSeconds, systemSeconds } = this.#usedNow();
    const rows = [0, 1].map((core) => {
      const reading = core === 1 ? systemSeconds : 0;
      const user = 0.04 * up + (core === 1 ? userSeconds : 0);
      const system = 0.015 * up + reading;
      return [user, 0, system, Math.max(0, up - user - system), 0, 0, 0, 0, 0, 0].map((s) => Math.round(s * TICKS));
    });
    const sum = (rows[0] ?? []).map((value, column) => value + (rows[1]?.[column] ?? 0));
    return `cpu  ${sum.join(' ')}\n${rows.map((row, core) => `cpu${core} ${row.join(' ')}\n`).join('')}`;
  }

  /** Live and dying in the memory hierarchy; the dying are in no other. */
  #cgroups(): string | undefined {
    const live = this.#countLive(MEMORY);
    const total = live + this.#scene().dying;
    return this.#captures.incident
      .get('/proc/cgroups')
      ?.replace(/^memory\t(\d+)\t\d+/m, `memory\t$1\t${total}`)
      .replace(/\t186\t/g, `\t${live}\t`);
  }

  #countLive(path: string): number {
    return this.#children(path).reduce((sum, child) => sum + this.#countLive(`${path}/${child}`), 1);
  }

  #ofReader(path: string): string | undefined {
    const file = name(path);
    const captured = this.#captures.incident.get(`/proc/${READER_PID}/${file}`);
    const { userSeconds, systemSeconds, reads } = this.#usedNow();
    switch (file) {
      case 'stat':
        return captured?.replace(
          / 0 2124 0 0 /,
          ` ${Math.round(userSeconds * TICKS)} ${Math.round(systemSeconds * TICKS)} 0 0 `,
        );
      case 'schedstat':
        return `${Math.round((userSeconds + systemSeconds) * 1e9)} 12927565 16\n`;
      case 'io':
        return captured
          ?.replace(/^rchar: \d+/m, `rchar: ${Math.round(reads * 2100)}`)
          .replace(/^syscr: \d+/m, `syscr: ${Math.round(reads)}`);
      case 'syscall':
        return 'running\n';
      default:
        return captured;
    }
  }

  /** Numbers of the CronJob's pods that are there now. */
  #jobs(): number[] {
    const newest = Math.floor((this.#seconds / JOB_SECONDS) * JOBS_AT_ONCE);
    return Array.from({ length: JOBS_AT_ONCE }, (_, index) => newest - index).filter((job) => job >= 0);
  }

  /** A pod of the CronJob has the texts of a captured one. */
  #ofJob(path: string): string | undefined {
    const found = new RegExp(`^${MEMORY}/kubepods/burstable/(pod[^/]+)(/[0-9a-f]{64})?/([^/]+)$`).exec(path);
    const [, pod = '', container = '', file = ''] = found ?? [];
    if (!this.#jobs().some((job) => podOfJob(job) === pod)) return undefined;
    const folder = `${MEMORY}/kubepods/burstable`;
    const twin = this.#capturedChildren(folder)[0] ?? '';
    const inside = this.#capturedChildren(`${folder}/${twin}`)[Number(container.slice(1, 2))] ?? '';
    return this.#captured(`${folder}/${twin}${container === '' ? '' : `/${inside}`}/${file}`);
  }

  #children(path: string): string[] {
    const captured = this.#capturedChildren(path);
    const burstable = `${MEMORY}/kubepods/burstable`;
    if (path === burstable) return [...captured, ...this.#jobs().map(podOfJob)];
    const job = this.#jobs().find((each) => `${burstable}/${podOfJob(each)}` === path);
    return job === undefined ? captured : [0, 1].map((index) => containerOfJob(job, index));
  }

  #capturedChildren(path: string): string[] {
    const prefix = `${path}/`;
    const names = new Set<string>();
    if (!path.startsWith(MEMORY)) return [];
    for (const each of this.#captures.incident.keys()) {
      if (!each.startsWith(prefix)) continue;
      const rest = each.slice(prefix.length);
      if (rest.includes('/')) names.add(rest.slice(0, rest.indexOf('/')));
    }
    return [...names];
  }

  /** Invented names: the captured pods had none. */
  #podFolders(): string[] {
    const pods = ['', '/burstable', '/besteffort'].flatMap((qos) =>
      this.#capturedChildren(`${MEMORY}/kubepods${qos}`).filter((child) => child.startsWith('pod')),
    );
    const named = pods.map((pod, index) => {
      const app = APPS[index % APPS.length] ?? 'shop_web';
      return `${app}-${Math.floor(index / APPS.length)}_${pod.slice('pod'.length)}`;
    });
    const jobs = this.#jobs().map((job) => `batch_reconcile-${28_411_000 + job}_${podOfJob(job).slice('pod'.length)}`);
    return [...named, ...jobs];
  }
}

/** Invented: the captured pods were folders alone, and every container of a node has a process. */
function processOf(path: string): string | undefined {
  const container = /\/([0-9a-f]{64})\/cgroup\.procs$/.exec(path)?.[1];
  return container === undefined ? undefined : `${20_000 + (Number.parseInt(container.slice(0, 3), 16) % 9000)}\n`;
}

const APPS = [
  'shop_checkout',
  'shop_catalogue',
  'shop_cart',
  'shop_search',
  'pay_gateway',
  'pay_ledger',
  'logs_collector',
  'metrics_agent',
  'web_frontend',
  'mail_sender',
  'auth_tokens',
  'kube-system_node-dns',
];

function podOfJob(job: number): string {
  return `pod00000000-dead-4411-8e01-${job.toString(16).padStart(12, '0')}`;
}

function containerOfJob(job: number, index: number): string {
  return `${index}${job.toString(16).padStart(63, '5eed')}`;
}

function systemShare({ rootSeconds, kubepodsSeconds }: Scene): number {
  return Math.min(0.975, (rootSeconds + (SLOW_ANCESTORS - 1) * kubepodsSeconds) / HOUSEKEEPING_SECONDS + 0.004);
}

/** The measured times; where there is none, what the facts say of such a file. */
function readSeconds(path: string, scene: Scene): number {
  switch (path) {
    case `${MEMORY}/memory.stat`:
      return round(scene.rootSeconds);
    case `${MEMORY}/kubepods/memory.stat`:
      return round(scene.kubepodsSeconds);
    case `${MEMORY}/kubepods/burstable/memory.stat`:
      return round(scene.kubepodsSeconds * 0.99);
    case `${MEMORY}/memory.usage_in_bytes`:
      // Measured once: 289 ms at 9,974 dying.
      return round(0.0001 + (0.289 * scene.dying) / 9974);
    default:
      return 0.0004;
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 1e4) / 1e4;
}

function name(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
