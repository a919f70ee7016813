import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeBlocking } from '../support/blocking-file.ts';
import {
  makeDying,
  makeTestRoot,
  removeCgroups,
  restingDyingCgroups,
  whyNoRealKernel,
} from '../support/real-kernel.ts';
import { benchHost } from './bench-host.ts';
import { type Cost, measureCost, measureKeys, percentile } from './meter.ts';
import { overviewShown, ownProgram } from './programs.ts';
import { type Program, startSession } from './session.ts';

/** A row about this tool alone: what was varied, and what it cost. */
export interface OwnRow {
  readonly of: string;
  readonly cost: Cost;
}

/** Key-to-screen times while a probe blocks. */
export interface KeyTimes {
  readonly presses: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
}

/** The cost of ticks and of the walk against generated hosts with so many live cgroups. */
export async function measureTrees(seconds: number, lives: readonly number[]): Promise<OwnRow[]> {
  const rows: OwnRow[] = [];
  for (const live of lives) {
    const host = benchHost(live);
    try {
      rows.push({ of: `${live} live cgroups (generated)`, cost: await costOf(own('--host-root', host.root), seconds) });
    } finally {
      host.remove();
    }
  }
  return rows;
}

/** The cost against so many really dying cgroups, each pinned by a page of tmpfs, on this machine's kernel. */
export async function measureDying(seconds: number, counts: readonly number[]): Promise<OwnRow[] | string> {
  const why = whyNoRealKernel();
  if (why !== undefined) return why;
  const rows: OwnRow[] = [];
  for (const count of counts) {
    const root = makeTestRoot();
    const { release } = await makeDying({ parent: root, count, pinnedBy: 'tmpfs' });
    try {
      const dying = await restingDyingCgroups();
      rows.push({ of: `${dying} dying cgroups (real)`, cost: await costOf(own(), seconds) });
    } finally {
      release();
      removeCgroups(root);
    }
  }
  return rows;
}

/** The cost of each pane, which its number opens. */
export async function measurePanes(seconds: number, panes: readonly string[]): Promise<OwnRow[]> {
  const rows: OwnRow[] = [];
  for (const pane of panes) rows.push({ of: `pane ${pane}`, cost: await costOf(own(), seconds, pane) });
  return rows;
}

/**
 * Goes to and fro between the first two panes while the read of the root's `memory.stat` blocks: a FIFO, whose reader
 * waits for a writer that never comes.
 */
export async function measureBlockedKeys(presses: number): Promise<KeyTimes> {
  const host = benchHost(100);
  rmSync(join(host.root, 'host.json'));
  makeBlocking(join(host.root, host.mount, 'memory.stat'));
  const session = startSession(own('--host-root', host.root));
  try {
    await session.until(overviewShown);
    const pair = [
      { key: '2', shown: (screen: string) => !overviewShown(screen) },
      { key: '1', shown: overviewShown },
    ];
    const timesMs = await measureKeys(session, Array.from({ length: presses / 2 }, () => pair).flat());
    const at = (percent: number) => percentile(timesMs, percent);
    return { presses: timesMs.length, p50Ms: at(50), p99Ms: at(99), worstMs: at(100) };
  } finally {
    await session.end();
    host.remove();
  }
}

/** Of one start: what the first frame costs is told beside the other programs. */
function costOf(program: Program, seconds: number, keys = ''): Promise<Cost> {
  return measureCost(program, { seconds, starts: 1, keys });
}

function own(...args: string[]): Program {
  const candidate = ownProgram(...args);
  if ('skipped' in candidate) throw new Error(candidate.skipped);
  return candidate;
}
