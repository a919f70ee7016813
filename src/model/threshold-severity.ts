import { isMissing, knownOr, type Maybe } from '../core/missing.ts';
import type { Model } from './model.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * The severity of a value compared with its thresholds, from each of them on. Rules judge by these functions and colours
 * are chosen by them, so that a number is never painted otherwise than it is judged.
 */
export function severityFrom(
  value: number,
  warning: number,
  critical = Number.POSITIVE_INFINITY,
): 'critical' | 'warning' | 'ok' {
  if (value >= critical) return 'critical';
  return value >= warning ? 'warning' : 'ok';
}

/** The severity of the time of one read, where only one time is known. */
export function secondsSeverity(seconds: number, limits: Thresholds): 'critical' | 'warning' | 'ok' {
  return severityFrom(seconds, limits.readWarningSeconds, limits.readCriticalSeconds);
}

/**
 * The severity of one read: by its CPU time where that is known, since a read that waits for a CPU is not the one that
 * walks dying cgroups. Such a wait is told as `info`.
 */
export function readSeverity(
  wallSeconds: number,
  cpuSeconds: Maybe<number>,
  limits: Thresholds,
): 'critical' | 'warning' | 'info' | 'ok' {
  const cost = secondsSeverity(knownOr(cpuSeconds, wallSeconds), limits);
  return cost === 'ok' && wallSeconds >= limits.readCriticalSeconds ? 'info' : cost;
}

/** The severity of a process's or thread's system time, in percent of one core. */
export function systemSeverity(systemPct: number, limits: Thresholds): 'critical' | 'warning' | 'ok' {
  return severityFrom(systemPct, limits.kubeletSystemPct, limits.kubeletSystemCriticalPct);
}

/** From how many bytes on the slab is large for a node with so much memory: on a small node it is a part of that. */
export function largeSlabBytes(memoryTotalBytes: Maybe<number>, limits: Thresholds): number {
  if (isMissing(memoryTotalBytes)) return limits.slabBytes;
  return Math.min(limits.slabBytes, (memoryTotalBytes * limits.slabMemoryPct) / 100);
}

/** The severity of the size of the node's slab. */
export function slabSeverity(totalBytes: number, { node }: Model, limits: Thresholds): 'warning' | 'ok' {
  return totalBytes >= largeSlabBytes(node.memoryTotalBytes, limits) ? 'warning' : 'ok';
}

/** The severity of how often a process was seen with a memory file open, in percent of the looks. */
export function heldOpenSeverity(openPct: number, limits: Thresholds): 'critical' | 'warning' | 'ok' {
  return severityFrom(openPct, limits.heldOpenWarningPct, limits.heldOpenCriticalPct);
}
