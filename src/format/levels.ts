import type { Severity } from '../core/severity.ts';

/** A read of a cgroup's memory.stat that takes this long is the sickness: kubelet reads it every ten seconds or oftener. */
const SICK_READ_SECONDS = 1;

/** A healthy node answers in milliseconds (22 ms with 64 possible CPUs on 4.4.155, measured). */
const SLOW_READ_SECONDS = 0.1;

/** 4,986 dying cgroups cost 0.9 s a read, 9,974 cost 2.3 s, 994 cost 0.17 s (4.4.155, 64 possible CPUs, measured). */
const MANY_DYING = 10_000;
const SOME_DYING = 1000;

/** How bad the time of one read is. */
export function readSeverity(seconds: number): Severity {
  if (seconds >= SICK_READ_SECONDS) return 'critical';
  return seconds >= SLOW_READ_SECONDS ? 'warning' : 'ok';
}

/** How bad a count of dying cgroups looks by itself; only a slow read makes it an incident. */
export function dyingSeverity(dying: number): Severity {
  if (dying >= MANY_DYING) return 'critical';
  return dying >= SOME_DYING ? 'warning' : 'ok';
}

/** How bad kubelet's system time is, in percent of one core: a healthy kubelet spends a few percent in the kernel. */
export function systemSeverity(systemPct: number): Severity {
  if (systemPct >= 80) return 'critical';
  return systemPct >= 40 ? 'warning' : 'ok';
}
