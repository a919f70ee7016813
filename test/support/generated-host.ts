import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from './cleanup.ts';
import { filesOfV1, filesOfV2 } from './generated-files.ts';
import { readProcessTemplate, writeProcess } from './generated-processes.ts';
import { type GeneratedCgroup, generateTree, type Held } from './generated-tree.ts';
import { type Driver, podParents } from './pod-cgroups.ts';

const CAPTURE = fileURLToPath(new URL('../fixtures/hosts/linux-4.4.155-cgroup1.tar.gz', import.meta.url));

/** What a generated host shall have; what is left out is as few as possible. */
export interface Wanted {
  /** Live memory cgroups, root included. */
  readonly live: number;
  readonly dying?: number;
  /** What the dying hold, all of it below burstable. */
  readonly heldByDying?: Held;
  readonly cgroup?: 'v1' | 'v2';
  readonly driver?: Driver;
  /** A process named kubelet with so many threads, and descriptors that point to these paths. */
  readonly kubelet?: { readonly pid: number; readonly threads: number; readonly opened?: readonly string[] };
  /** Other processes, named `worker`. */
  readonly processes?: number;
  /** Read times to declare, by path. */
  readonly reads?: Readonly<Record<string, { readonly wallSeconds: number; readonly cpuSeconds: number }>>;
}

/** A folder that stands for a node's root, and the figures it must give. */
export interface GeneratedHost {
  readonly root: string;
  /** As the node sees it: where the memory hierarchy is mounted. */
  readonly mount: string;
  readonly cgroups: readonly GeneratedCgroup[];
  /** Removes the folder; also done at exit. */
  remove(): void;
}

/**
 * Makes a fixture host: `/proc` of the captured healthy 4.4.155 with the wanted counts and processes put in, and a
 * tree of memory cgroups whose parents' figures are the sums of their children's. On v2 the kernel's version and mount
 * table are put in too. In memory where there is a `/dev/shm`: 5,000 cgroups are 25,000 files and folders.
 */
export function generateHost(wanted: Wanted): GeneratedHost {
  const { live, dying = 0, heldByDying = { kmemBytes: 0, cacheBytes: 0 }, cgroup = 'v1', driver = 'cgroupfs' } = wanted;
  const { path: root, remove } = makeFolder(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'host');
  unpackHealthy(root);
  const mount = cgroup === 'v1' ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup';
  const statTemplate = readFileSync(join(root, '/sys/fs/cgroup/memory/memory.stat'), 'utf8');
  rmSync(join(root, 'sys/fs/cgroup'), { recursive: true });

  const cgroups = generateTree(driver, live, heldByDying);
  const aboveTheDying = new Set(['', ...podParents(driver).slice(0, 2)]);
  for (const one of cgroups) {
    const files =
      cgroup === 'v1' ? filesOfV1(one, statTemplate) : filesOfV2(one, aboveTheDying.has(one.path) ? dying : 0);
    writeAll(join(root, mount, one.path), files);
  }

  writeProc(root, wanted);
  const declared = { fixture: 'slabtop-k8s/1', origin: originOf(cgroup), hostname: 'node-generated', errors: {} };
  writeFileSync(join(root, 'host.json'), JSON.stringify({ ...declared, reads: wanted.reads ?? {} }, undefined, 2));
  return { root, mount, cgroups, remove };
}

function originOf(cgroup: 'v1' | 'v2'): string {
  const proc = 'generated: /proc of a captured Linux 4.4.155 with other counts, cgroups and processes';
  return cgroup === 'v1' ? proc : `${proc}; version, mounts and cgroup v2 files written by hand`;
}

function unpackHealthy(root: string): void {
  const parts = ['proc', 'sys/fs/cgroup/memory/memory.stat'].map((path) => `linux-4.4.155-cgroup1/healthy/${path}`);
  execFileSync('tar', ['xzf', CAPTURE, '-C', root, '--strip-components=2', ...parts]);
}

function writeProc(root: string, { live, dying = 0, cgroup = 'v1', kubelet, processes = 0 }: Wanted): void {
  const proc = join(root, 'proc');
  const edit = (name: string, change: (text: string) => string) => {
    const file = join(proc, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  if (cgroup === 'v1') {
    edit('cgroups', (text) => text.replace(/^(memory\t\d+\t)\d+/m, `$1${live + dying}`));
  } else {
    edit('cgroups', (text) => text.replace(/^(\w+)\t\d+\t\d+\t/gm, `$1\t0\t${live + dying}\t`));
    edit(
      'mounts',
      (text) => `${text.replace(/^.* \/sys\/fs\/cgroup.*\n/gm, '')}cgroup2 /sys/fs/cgroup cgroup2 rw,relatime 0 0\n`,
    );
    edit('version', (text) => text.replace('4.4.155', '6.12.0'));
    edit('sys/kernel/osrelease', () => '6.12.0\n');
  }
  const captured = readProcessTemplate(proc);
  rmSync(join(proc, String(captured.pid)), { recursive: true });
  const template =
    cgroup === 'v1' ? captured.files : { ...captured.files, cgroup: '0::/system.slice/kubelet.service\n' };
  writeProcess(proc, template, { pid: 1, argv: ['/usr/lib/systemd/systemd'], threads: 1, opened: [] });
  writeFileSync(join(proc, '1/mounts'), readFileSync(join(proc, 'mounts')));
  if (kubelet !== undefined) {
    const argv = ['/usr/bin/kubelet', '--housekeeping-interval=10s'];
    writeProcess(proc, template, { argv, opened: [], ...kubelet });
  }
  for (let n = 0; n < processes; n += 1) {
    writeProcess(proc, template, {
      pid: 20_000 + n,
      argv: ['/usr/bin/worker', String(n)],
      threads: 1,
      opened: [],
    });
  }
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text);
}
