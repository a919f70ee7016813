import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type GeneratedHost, generateHost } from '../../support/generated-host.ts';
import { inventedPod } from '../../support/pod-cgroups.ts';

const KUBELET = { pid: 1342, threads: 4 };
const LIVE = 25;
const DYING = 20_000;

/** Every minute a pod ends and another one takes its place: 1,440 in a day. */
const POD_SECONDS = 60;
const CONTAINERS_OF_POD = 2;

/** Numbers of invented pods that no generated host begins with. */
const FIRST_NEW_POD = 100_000;

interface Pod {
  readonly uid: string;
  readonly folder: string;
  readonly containers: readonly string[];
}

/** A generated host on which a day passes: pods come and go, the dying get more, kubelet uses CPU. */
export class DayNode {
  readonly #host: GeneratedHost;
  /** The oldest first. */
  readonly #pods: Pod[];
  readonly #kubeletStatFile: string;
  readonly #kubeletStat: string;
  #replaced = 0;

  constructor() {
    this.#host = generateHost({
      live: LIVE,
      dying: DYING,
      kubelet: KUBELET,
      heldByDying: { kmemBytes: 654_800_000, cacheBytes: 0 },
      reads: {
        '/sys/fs/cgroup/memory/memory.stat': { wallSeconds: 1.2, cpuSeconds: 1.2 },
        '/sys/fs/cgroup/memory/kubepods/memory.stat': { wallSeconds: 1.1, cpuSeconds: 1.1 },
      },
    });
    this.#pods = podsOf(this.#host);
    for (const { uid } of this.#pods) mkdirSync(this.#logFolder(uid), { recursive: true });
    this.#kubeletStatFile = join(this.root, `proc/${KUBELET.pid}/stat`);
    this.#kubeletStat = readFileSync(this.#kubeletStatFile, 'utf8');
  }

  /** The folder that stands for its `/`. */
  get root(): string {
    return this.#host.root;
  }

  /** Makes its files those of so many seconds after the day began; time only grows. */
  passTo(seconds: number): void {
    while ((this.#replaced + 1) * POD_SECONDS <= seconds) this.#replaceOldestPod();
    const file = join(this.root, 'proc/cgroups');
    // What was removed stays, dying.
    const total = LIVE + DYING + this.#replaced * (1 + CONTAINERS_OF_POD);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^(memory\t\d+\t)\d+/m, `$1${total}`));
    writeFileSync(this.#kubeletStatFile, withTicks(this.#kubeletStat, seconds * 5, seconds * 15));
  }

  #replaceOldestPod(): void {
    const old = this.#pods.shift();
    if (old === undefined) throw new Error('the generated host has no pods');
    const { uid, containers } = inventedPod('cgroupfs', FIRST_NEW_POD + this.#replaced, CONTAINERS_OF_POD);
    const folder = join(dirname(old.folder), `pod${uid}`);
    const names = containers.map((path) => basename(path));
    renameSync(old.folder, folder);
    for (const [n, name] of names.entries()) renameSync(join(folder, old.containers[n] ?? ''), join(folder, name));
    rmdirSync(this.#logFolder(old.uid));
    mkdirSync(this.#logFolder(uid));
    this.#pods.push({ uid, folder, containers: names });
    this.#replaced += 1;
  }

  #logFolder(uid: string): string {
    return join(this.root, `var/log/pods/default_app_${uid}`);
  }
}

function podsOf({ root, mount, cgroups }: GeneratedHost): Pod[] {
  return cgroups.flatMap(({ path }) => {
    const uid = /\/pod([^/]+)$/.exec(path)?.[1];
    if (uid === undefined) return [];
    const below = cgroups.filter((one) => one.path.startsWith(`${path}/`));
    return [{ uid, folder: join(root, mount, path), containers: below.map((one) => basename(one.path)) }];
  });
}

/** A `/proc/PID/stat` with so much more user and system time: fields 14 and 15 of proc(5). */
function withTicks(stat: string, userTicks: number, systemTicks: number): string {
  const end = stat.lastIndexOf(')') + 2;
  const fields = stat.slice(end).split(' ');
  fields[14 - 3] = String(Number(fields[14 - 3]) + Math.round(userTicks));
  fields[15 - 3] = String(Number(fields[15 - 3]) + Math.round(systemTicks));
  return stat.slice(0, end) + fields.join(' ');
}
