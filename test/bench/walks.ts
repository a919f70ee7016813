import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isKnown, isMissing, knownOr } from '../../src/core/missing.ts';
import type { RecordedRun } from '../../src/recording/frame.ts';
import { Playback } from '../../src/recording/playback.ts';
import { openRecording } from '../../src/recording/stored-recording.ts';
import { makeFolder } from '../support/cleanup.ts';
import { PROGRAM } from '../support/program.ts';
import { healthyBenchHost } from './bench-host.ts';

/** The walks of the program at its default budget, against so many live cgroups. */
export interface WalkRow {
  readonly live: number;
  readonly recordedSeconds: number;
  /** Each walk that ended while it was recorded, in order: the first has everything to compile. */
  readonly walks: readonly { readonly cpuSeconds: number; readonly wallSeconds: number }[];
  /** The oldest that the live count was: from the beginning of a walk to the tick that brought the next one. */
  readonly oldestCountSeconds: number;
  /** Whether it was that old when the recording ended, and got older. */
  readonly stillAging: boolean;
}

/**
 * For how long the program is recorded. A walk comes every ten seconds where its cost allows that; where a count of
 * half a minute is at stake, long enough to see whether the next walk comes in time.
 */
function recordedSeconds(live: number): number {
  if (live <= 1000) return 25;
  return live <= 5000 ? 40 : 60;
}

/** How long {@link measureWalks} takes, without making the hosts. */
export function walksTakeSeconds(lives: readonly number[]): number {
  return lives.reduce((sum, live) => sum + recordedSeconds(live), 0);
}

/** Records the program on generated hosts and takes what its walks cost, and how often they came, from the recordings. */
export async function measureWalks(lives: readonly number[]): Promise<WalkRow[]> {
  const rows: WalkRow[] = [];
  for (const live of lives) {
    const host = healthyBenchHost(live);
    const folder = makeFolder(tmpdir(), 'bench-walks');
    try {
      const file = join(folder.path, 'walks.slabrec');
      await record(file, host.root, recordedSeconds(live));
      rows.push(rowOf(live, recordedSeconds(live), walksIn(file)));
    } finally {
      folder.remove();
      host.remove();
    }
  }
  return rows;
}

async function record(file: string, root: string, seconds: number): Promise<void> {
  const child = spawn(PROGRAM, ['record', file, '-d', '1', '--host-root', root], { stdio: ['ignore', 'ignore', 2] });
  const ended = once(child, 'exit');
  const early = await Promise.race([ended, sleep(seconds * 1000)]);
  if (early !== undefined) throw new Error(`recording ended by itself: ${early.join(' ')}`);
  child.kill('SIGTERM');
  await ended;
}

/** A walk, and when the tick came that brought it. */
interface Brought {
  readonly run: RecordedRun;
  readonly broughtSeconds: number;
}

interface Walks {
  readonly walks: readonly Brought[];
  /** The last tick's time, by the clock that `started` and `ended` are of. */
  readonly lastSeconds: number;
}

function walksIn(file: string): Walks {
  const recording = openRecording(file);
  if (isMissing(recording)) throw new Error(recording.detail ?? recording.unavailable);
  try {
    const playback = new Playback(recording);
    const walks: Brought[] = [];
    let lastSeconds = 0;
    for (let frame = playback.next(); isKnown(frame); frame = playback.next()) {
      lastSeconds = frame.instant.monotonicSeconds;
      const ended = frame.runs.filter(({ topic }) => topic === 'walk');
      walks.push(...ended.map((run) => ({ run, broughtSeconds: lastSeconds })));
    }
    return { walks, lastSeconds };
  } finally {
    recording.close();
  }
}

function rowOf(live: number, seconds: number, { walks, lastSeconds }: Walks): WalkRow {
  const agesSeconds = walks.map(
    ({ run }, n) => (walks[n + 1]?.broughtSeconds ?? lastSeconds) - run.started.monotonicSeconds,
  );
  const oldestCountSeconds = Math.max(...agesSeconds, walks.length === 0 ? seconds : 0);
  return {
    live,
    recordedSeconds: seconds,
    walks: walks.map(({ run: { cpuSeconds, started, ended } }) => {
      const wallSeconds = ended.monotonicSeconds - started.monotonicSeconds;
      return { cpuSeconds: knownOr(cpuSeconds, wallSeconds), wallSeconds };
    }),
    oldestCountSeconds,
    stillAging: walks.length === 0 || agesSeconds.at(-1) === oldestCountSeconds,
  };
}
