import { parentPort, workerData } from 'node:worker_threads';
import type { Host } from '../../../host/host.ts';
import { openHost } from '../../../host/open-host.ts';
import { cpuSecondsOfThread } from '../../../host/read-cost.ts';
import { RecordingHost } from '../../../recording/recording-host.ts';
import type { AnyRun, SlowTopic } from '../../../samplers/registry.ts';
import { runJob } from '../../../samplers/run-job.ts';
import type { SentRun } from '../../../samplers/tick.ts';
import { WalkSender } from '../../../samplers/walk-changes.ts';
import type { LaneDone, LaneJob } from './protocol.ts';
import { encodeAnyRun } from './recorded-run.ts';

/** What the worker is started with. */
export interface SlowLaneData {
  readonly lane: 'slow';
  readonly root: string;
  /** How many timed reads of the present job have begun: so that the other thread can name the one in flight. */
  readonly begun: SharedArrayBuffer;
}

/** Tells the data of a slow lane from that of any other thread. */
export function isSlowLane(data: unknown): data is SlowLaneData {
  return typeof data === 'object' && data !== null && 'lane' in data && data.lane === 'slow';
}

/** The slow lane: runs one job after the other, each of which may take seconds inside the kernel. */
export function runSlowLane(): void {
  const port = parentPort;
  const data: unknown = workerData;
  if (port === null || !isSlowLane(data)) throw new Error('the slow lane runs in a worker thread only');
  const host = new RecordingHost(countingReads(openHost(data.root), new Int32Array(data.begun)));
  const walks = new WalkSender();
  port.on('message', ({ job, tick }: LaneJob) => {
    host.atTick(tick);
    const run = runJob(host, job, cpuSecondsOfThread);
    const done: LaneDone = { run: sent(walks, run), encoded: encodeAnyRun(run, host.takeReadings()) };
    port.postMessage(done);
  });
}

function countingReads(host: Host, begun: Int32Array): Host {
  return {
    ...host,
    timed: (path) => {
      Atomics.add(begun, 0, 1);
      return host.timed(path);
    },
  };
}

/** A run as it is sent: a walk as what changed since the walk before. */
function sent(walks: WalkSender, run: AnyRun<SlowTopic>): Extract<SentRun, { topic: SlowTopic }> {
  return run.topic === 'walk' ? { ...run, sample: walks.changes(run.sample) } : run;
}
