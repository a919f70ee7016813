import { kibibytes, mebibytes, times } from './cells.ts';
import type { Trend } from './day/measure-day.ts';
import type { Cost } from './meter.ts';
import type { Results } from './results.ts';

/** What was wanted, what was measured, and whether that is it; undefined where it was not measured or is only told. */
export interface Target {
  readonly target: string;
  readonly measured: string;
  readonly met?: boolean;
}

const OWN = 'slabtop-k8s';
const QUIET = 'quiet';
const CROWDED = '1,000 sleeping processes';

const MOST_PSS_BYTES = 85 * 2 ** 20;
const MOST_FIRST_FRAME_MS = 250;
const MOST_KEY_MS = 50;
const MOST_WALK_CPU_SECONDS = 0.5;
const MOST_COUNT_AGE_SECONDS = 30;
const LARGEST_TREE = 20_000;
const LARGEST_TREE_TEXT = '20,000';

/** A slope below this is none, whatever its error: a mebibyte in four days. */
const MOST_BYTES_PER_HOUR = 10 * 1024;

/** All targets, judged by one run: those of CPU are ratios in it, so that they hold for any machine. */
export function targetsOf(results: Results): readonly Target[] {
  return [
    cpuRatio(results, QUIET, 'htop', 1.5),
    cpuRatio(results, QUIET, 'btop', 1),
    cpuRatio(results, CROWDED, 'htop', 0.1),
    cpuRatio(results, QUIET, 'slabtop'),
    pss(results),
    firstFrame(results),
    keys(results),
    slope('heap', results.day?.heap),
    slope('RSS', results.day?.rss),
    walkCpu(results),
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
  const target = `first frame, with all cheap values: at most ${MOST_FIRST_FRAME_MS} ms`;
  const own = costOrReason(results, QUIET, OWN);
  if (typeof own === 'string') return notMeasured(target, own);
  const { runtime } = results;
  const notes = [
    ...(own.fullFrameMs === undefined ? [] : [`with slabinfo, walk and root read ${own.fullFrameMs.toFixed(0)} ms`]),
    ...(runtime === undefined ? [] : [`an empty Node starts and ends in ${runtime.startMs.toFixed(0)} ms`]),
  ];
  const more = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  return { target, measured: `${own.firstFrameMs.toFixed(0)} ms${more}`, met: own.firstFrameMs <= MOST_FIRST_FRAME_MS };
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

function walkCpu(results: Results): Target {
  const target = `a walk of ${LARGEST_TREE_TEXT} cgroups: at most ${MOST_WALK_CPU_SECONDS} s of CPU`;
  const walks = largestTree(results)?.walks;
  if (walks === undefined) return notMeasured(target, 'left out of this run');
  if (walks.length === 0) return { target, measured: 'no walk ended while it was recorded', met: false };
  const mostSeconds = Math.max(...walks.map(({ cpuSeconds }) => cpuSeconds));
  const measured = `${mostSeconds.toFixed(2)} s (the most of ${walks.length})`;
  return { target, measured, met: mostSeconds <= MOST_WALK_CPU_SECONDS };
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
