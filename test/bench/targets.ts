import { kibibytes, mebibytes, times } from './cells.ts';
import type { Trend } from './day/measure-day.ts';
import { type Cost, percentile } from './meter.ts';
import type { Results } from './results.ts';
import { REALISTIC } from './situations.ts';

/** What was wanted, what was measured, and whether that is it; undefined where it was not measured or is only told. */
export interface Target {
  readonly target: string;
  readonly measured: string;
  readonly met?: boolean;
}

const OWN = 'slabtop-k8s';
const QUIET = 'quiet';

const MOST_PSS_BYTES = 50 * 2 ** 20;
const MOST_KEY_MS = 25;
const MOST_COUNT_AGE_SECONDS = 30;
const LARGEST_TREE = 20_000;
const LARGEST_TREE_TEXT = '20,000';
const NODES_TREE = 600;

/** A first frame to an empty Node: that of Node 20 takes twice as long as those after it. */
const FIRST_FRAME_BEFORE_22 = 2.2;
const FIRST_FRAME_SINCE_22 = 4;

/** A slope below this is none, whatever its error: a mebibyte in four days. */
const MOST_BYTES_PER_HOUR = 10 * 1024;

/** All targets, judged by one run: those of CPU and start are ratios in it, so that they hold for any machine. */
export function targetsOf(results: Results): readonly Target[] {
  return [
    cpuRatio(results, REALISTIC, 'htop', 0.15),
    cpuRatio(results, QUIET, 'htop', 1),
    cpuRatio(results, QUIET, 'btop', 1),
    cpuRatio(results, QUIET, 'slabtop'),
    pss(results),
    firstFrame(results),
    keys(results),
    slope('heap', results.day?.heap),
    slope('RSS', results.day?.rss),
    walkCpu(results, NODES_TREE, 0.015),
    walkCpu(results, LARGEST_TREE, 0.4),
    countAge(results),
  ];
}

function cpuRatio(results: Results, situation: string, program: string, most?: number): Target {
  const target = `CPU to ${program}, ${situation}: ${most === undefined ? 'no limit' : `at most ${most} x`}`;
  const [own, other] = [costOrReason(results, situation, OWN), costOrReason(results, situation, program)];
  if (typeof own === 'string') return notMeasured(target, own);
  if (typeof other === 'string') return notMeasured(target, other);
  const ratio = own.cpuMsPerSecond / other.cpuMsPerSecond;
  const measured = `${times(ratio)} (${own.cpuMsPerSecond.toFixed(1)} to ${other.cpuMsPerSecond.toFixed(1)} ms/s)`;
  return most === undefined ? { target, measured } : { target, measured, met: ratio <= most };
}

function pss(results: Results): Target {
  const target = `PSS of all processes: at most ${mebibytes(MOST_PSS_BYTES)} MiB`;
  const own = costOrReason(results, QUIET, OWN);
  if (typeof own === 'string') return notMeasured(target, own);
  const empty = results.runtime === undefined ? '' : ` (an empty Node ${mebibytes(results.runtime.pssBytes)} MiB)`;
  return { target, measured: `${mebibytes(own.pssBytes)} MiB${empty}`, met: own.pssBytes <= MOST_PSS_BYTES };
}

function firstFrame(results: Results): Target {
  const most = Number.parseInt(results.machine.node, 10) < 22 ? FIRST_FRAME_BEFORE_22 : FIRST_FRAME_SINCE_22;
  const target = `first frame, with all cheap values, to an empty Node: at most ${most} x`;
  const own = costOrReason(results, QUIET, OWN);
  if (typeof own === 'string') return notMeasured(target, own);
  if (results.runtime === undefined) return notMeasured(target, 'an empty Node was left out of this run');
  const { startMs } = results.runtime;
  const ratio = own.firstFrameMs / startMs;
  const full =
    own.fullFrameMs === undefined ? '' : `; with slabinfo, walk and root read ${own.fullFrameMs.toFixed(0)} ms`;
  const measured = `${times(ratio)} (${own.firstFrameMs.toFixed(0)} to ${startMs.toFixed(0)} ms${full})`;
  return { target, measured, met: ratio <= most };
}

function keys({ keysWhileBlocked }: Results): Target {
  const target = `keys while a probe blocks, p99: at most ${MOST_KEY_MS} ms`;
  if (keysWhileBlocked === undefined) return notMeasured(target, 'left out of this run');
  const { p99Ms } = keysWhileBlocked;
  return { target, measured: `${p99Ms.toFixed(1)} ms`, met: p99Ms <= MOST_KEY_MS };
}

function slope(name: string, trend: Trend | undefined): Target {
  const target = `${name} in a simulated day: slope 0 within two standard errors, or ${kibibytes(MOST_BYTES_PER_HOUR)} KiB/h`;
  if (trend === undefined) return notMeasured(target, 'left out of this run');
  const { bytesPerHour, noiseBytesPerHour } = trend;
  const size = Math.abs(bytesPerHour);
  return {
    target,
    measured: `${kibibytes(bytesPerHour)} ± ${kibibytes(noiseBytesPerHour)} KiB/h`,
    met: size <= 2 * noiseBytesPerHour || size <= MOST_BYTES_PER_HOUR,
  };
}

function walkCpu({ walks: trees }: Results, live: number, mostSeconds: number): Target {
  const target = `a walk of ${live.toLocaleString('en')} cgroups: at most ${mostSeconds * 1000} ms of CPU`;
  const walks = trees?.find((tree) => tree.live === live)?.walks;
  if (walks === undefined) return notMeasured(target, 'left out of this run');
  if (walks.length === 0) return { target, measured: 'no walk ended while it was recorded', met: false };
  const median = percentile(
    walks.map(({ cpuSeconds }) => cpuSeconds),
    50,
  );
  const measured = `${(median * 1000).toFixed(0)} ms (the median of ${walks.length})`;
  return { target, measured, met: median <= mostSeconds };
}

function countAge(results: Results): Target {
  const target = `the live count of ${LARGEST_TREE_TEXT} at the default budget: at most ${MOST_COUNT_AGE_SECONDS} s old`;
  const tree = largestTree(results);
  if (tree === undefined) return notMeasured(target, 'left out of this run');
  const { oldestCountSeconds, stillAging } = tree;
  const measured = `${stillAging ? 'over ' : ''}${oldestCountSeconds.toFixed(1)} s`;
  return { target, measured, met: oldestCountSeconds <= MOST_COUNT_AGE_SECONDS };
}

function largestTree({ walks }: Results) {
  return walks?.find(({ live }) => live === LARGEST_TREE);
}

function notMeasured(target: string, why: string): Target {
  return { target, measured: `not measured: ${why}` };
}

/** What a program cost, or why that is not known. */
function costOrReason(results: Results, situation: string, program: string): Cost | string {
  const result = results.rows.find((row) => row.situation === situation && row.program === program)?.result;
  if (result === undefined) return `${program} was left out of this run`;
  return 'skipped' in result ? `${program}: ${result.skipped}` : result;
}
