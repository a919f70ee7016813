import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cost, percentile, watch } from './meter.ts';
import { startSession } from './session.ts';

/** What Node itself costs on this machine: an empty program that wakes once a second. */
export interface Runtime extends Pick<Cost, 'cpuMsPerSecond' | 'rssBytes' | 'pssBytes' | 'terminalBytesPerSecond'> {
  /** From the start of `node -e 0` to its end, the median of several: no first frame comes sooner. */
  readonly startMs: number;
}

/** What Node does at its start is not measured. */
const SETTLE_MS = 1000;

/** Measures the Node that this runs in, as the programs beside it are measured; its starts were measured among theirs. */
export async function measureRuntime(seconds: number, startsMs: readonly number[]): Promise<Runtime> {
  const argv = [process.execPath, '-e', 'setInterval(() => {}, 1000)'] as const;
  const session = startSession({ name: 'an empty Node', argv, env: {}, shown: () => true });
  try {
    await sleep(SETTLE_MS);
    const { cpuMsPerSecond, rssBytes, pssBytes, terminalBytesPerSecond } = await watch(session, seconds);
    return { cpuMsPerSecond, rssBytes, pssBytes, terminalBytesPerSecond, startMs: percentile(startsMs, 50) };
  } finally {
    await session.end();
  }
}

/** From the start of an empty Node to its end. */
export function emptyRunMs(): number {
  const beganMs = performance.now();
  const { status, error } = spawnSync(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  if (status !== 0) throw error ?? new Error(`node -e 0 ended with ${status}`);
  return performance.now() - beganMs;
}
