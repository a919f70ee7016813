import type { PlayedDrop } from './scene.ts';

/** CPU time in ticks of USER_HZ, a hundredth of a second. */
export interface CpuTicks {
  readonly user: number;
  readonly system: number;
}

/** None yet. */
export const NO_TICKS: CpuTicks = { user: 0, system: 0 };

/** Of a played kubelet; the first does all the work. */
export const KUBELET_THREADS = 8;

/** A node that has been up for 83 days: dying cgroups take that long. */
const UPTIME_SECONDS = 83 * 86_400;

const CPUS = 2;

/** Dentries that one dying cgroup keeps, and what it holds in all, as on the captured 4.4.155. */
const DENTRIES_PER_DYING = 155;
const BYTES_PER_DYING = 31_000;

/** CPU time some seconds later, at so many percent of a core. */
export function later(ticks: CpuTicks, userPct: number, systemPct: number, seconds: number): CpuTicks {
  return { user: ticks.user + userPct * seconds, system: ticks.system + systemPct * seconds };
}

/** The present as the kernel counts start times: in ticks since boot. */
export function ticksSinceBoot(seconds: number): number {
  return Math.round((UPTIME_SECONDS + seconds) * 100);
}

export function uptime(seconds: number): string {
  return `${(UPTIME_SECONDS + seconds).toFixed(2)} ${(UPTIME_SECONDS + seconds).toFixed(2)}\n`;
}

export function stat(seconds: number, used: readonly CpuTicks[]): string {
  const sum = (of: (ticks: CpuTicks) => number) => Math.round(used.reduce((all, ticks) => all + of(ticks), 0));
  const [user, system] = [sum((ticks) => ticks.user), sum((ticks) => ticks.system)];
  const idle = Math.max(0, CPUS * ticksSinceBoot(seconds) - user - system);
  const lines = Array.from({ length: CPUS }, (_, cpu) => {
    const part = (ticks: number) => Math.floor(ticks / CPUS);
    return `cpu${cpu} ${part(user)} 0 ${part(system)} ${part(idle)} 0 0 0 0 0 0`;
  });
  return [`cpu  ${user} 0 ${system} ${idle} 0 0 0 0 0 0`, ...lines, 'btime 1790000000', ''].join('\n');
}

export function cgroups(base: string, total: number): string {
  return base.replace(/^(memory\t\d+\t)\d+/m, `$1${total}`);
}

export function dentryState(dying: number): string {
  const dentries = 15_339 + dying * DENTRIES_PER_DYING;
  return `${dentries}\t${dentries - 1000}\t45\t0\t0\t0\n`;
}

export function slabinfo(base: string, dying: number): string {
  return base.replace(/^dentry .*$/m, () => {
    const objects = 15_339 + dying * DENTRIES_PER_DYING;
    const slabs = Math.ceil(objects / 42);
    return `dentry ${objects} ${slabs * 42} 192 42 2 : tunables 0 0 0 : slabdata ${slabs} ${slabs} 0`;
  });
}

export function meminfo(base: string, dying: number): string {
  const heldKiB = Math.round((dying * BYTES_PER_DYING) / 1024);
  return base
    .replace(/^(Slab:\s+)(\d+)/m, (_, key: string, kiB: string) => `${key}${Number(kiB) + heldKiB}`)
    .replace(/^(SReclaimable:\s+)(\d+)/m, (_, key: string, kiB: string) => `${key}${Number(kiB) + heldKiB}`);
}

export function vmstat(base: string, dying: number, drops: readonly PlayedDrop[]): string {
  const held = Math.round((dying * BYTES_PER_DYING) / 4096);
  const times = (bit: number) => drops.filter(({ mode }) => (mode & bit) !== 0).length;
  return base
    .replace(/^(nr_slab_reclaimable) (\d+)$/m, (_, key: string, pages: string) => `${key} ${Number(pages) + held}`)
    .replace(/^(drop_pagecache) .*$/m, `$1 ${times(1)}`)
    .replace(/^(drop_slab) .*$/m, `$1 ${times(2)}`);
}

export function kmemBytes(live: number, dying: number): string {
  return `${live * 65_000 + dying * BYTES_PER_DYING}\n`;
}

/** Fields 1 to 3, 14, 15, 20 and 22 of `stat`: number, name, state, CPU time, threads and start (proc(5)). */
export function pidStat(
  template: string,
  process: { pid: number; comm: string; startTicks: number; threads: number; runs: boolean },
  ticks: CpuTicks,
): string {
  const fields = template.slice(template.lastIndexOf(')') + 2).split(' ');
  fields[0] = process.runs ? 'R' : 'S';
  fields[11] = String(Math.floor(ticks.user));
  fields[12] = String(Math.floor(ticks.system));
  fields[17] = String(process.threads);
  fields[19] = String(process.startTicks);
  return `${process.pid} (${process.comm}) ${fields.join(' ')}`;
}

export function schedstat({ user, system }: CpuTicks): string {
  return `${Math.round((user + system) * 1e7)} 0 1\n`;
}

/** `/proc/PID/fdinfo/FD`. */
export function fdinfo(position: number): string {
  return `pos:\t${position}\nflags:\t0100000\nmnt_id:\t25\n`;
}

/** A thread that waits, in `/proc/PID/task/TID/syscall`. */
export const FUTEX = '202 0xc000100148 0x80 0x0 0x0 0x0 0x0 0x7ffd3a2b1c58 0x46b2a3\n';
