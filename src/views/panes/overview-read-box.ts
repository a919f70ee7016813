import { bothKnown, isKnown, isMissing, knownOr, type Maybe, mapKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { ageRuns } from '../../format/age.ts';
import { type Part, spread } from '../../format/fit.ts';
import { duration, seconds } from '../../format/quantity.ts';
import { badStyle } from '../../format/severity.ts';
import { type Run, run, type Style, type StyledLine } from '../../format/styled.ts';
import { valueRun } from '../../format/value.ts';
import type { ReadModel } from '../../model/model.ts';
import { rootRead } from '../../model/root-read.ts';
import { readSeverity, secondsSeverity } from '../../model/threshold-severity.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { lastName } from '../../tables/cgroups.ts';
import { columnsKept } from '../columns-memo.ts';
import { inFlightSeconds } from '../in-flight.ts';
import type { Shown } from '../pane.ts';
import { DIM, inkOf, labelled, type OverviewBox, STRONG, strongly } from './overview-box.ts';

/** How long a read of the root's memory.stat takes, what it cost, and when and why the next one comes. */
export function readBox(shown: Shown): OverviewBox {
  const { model, history, diagnosis } = shown;
  const { thresholds: limits } = diagnosis;
  const read = rootRead(model);
  const series = history.of('reads.root.wallSeconds');
  const value: Run = isMissing(read)
    ? run(read.unavailable === 'warming-up' ? 'not read yet' : 'not seen from here', DIM)
    : read.beforeDrop
      ? valueRun(read.wallSeconds, (wall) => `${seconds(wall)} before the drop`, DIM)
      : valueRun(read.wallSeconds, seconds, (wall) => strongly(readSeverity(wall, read.cpuSeconds, limits)));
  const slowest = slowerThanRoot(shown, read);
  return {
    title: 'memory.stat read',
    headline: [
      ...lastHour(shown),
      ...(slowest === undefined ? [] : [[slowest]]),
      [run('root ', value.style), value, ...ageRuns(model, 'rootRead')],
    ],
    short: slowest === undefined ? run(`root ${value.text}`, value.style) : justNumber(slowest),
    info: (columns) => spread([...costOf(read, limits), ...nextRead(shown)], [], columns, 3),
    graph: {
      series,
      fold: 'peak',
      atLeast: 0.1,
      ink: (wall) => inkOf(secondsSeverity(wall, limits), 'green'),
      print: seconds,
    },
  };
}

/** Without its name, which has no room. */
function justNumber({ text, style }: Run): Run {
  return run(text.split(' ').slice(-2).join(' '), style);
}

/** The read that the verdict names, where it is another one than the root's: else two numbers would contradict each other. */
function slowerThanRoot({ model, diagnosis }: Shown, root: Maybe<ReadModel>): Run | undefined {
  const [slowest] = model.reads.filter(({ file, beforeDrop }) => file === 'memory.stat' && !beforeDrop);
  if (slowest === undefined || isMissing(slowest.wallSeconds) || slowest.path === '/') return undefined;
  const rootSeconds = isMissing(root) || root.beforeDrop ? undefined : knownOr(root.wallSeconds, 0);
  if (rootSeconds !== undefined && rootSeconds >= slowest.wallSeconds) return undefined;
  const severity = readSeverity(slowest.wallSeconds, slowest.cpuSeconds, diagnosis.thresholds);
  return run(`${lastName(slowest.path)} ${seconds(slowest.wallSeconds)}`, strongly(severity));
}

/** How finely the last hour is looked at for its median. */
const HOUR_COLUMNS = 240;

const keptHours = new WeakMap<readonly (number | undefined)[], StyledLine[]>();

function lastHour({ model, history }: Shown): StyledLine[] {
  const span = { untilSeconds: model.instant.monotonicSeconds, spanSeconds: 3600 };
  const columns = columnsKept(history.of('reads.root.wallSeconds'), span, HOUR_COLUMNS, 'peak');
  const before = keptHours.get(columns);
  if (before !== undefined) return before;
  const known = columns.filter((value) => value !== undefined).sort((a, b) => a - b);
  const [median, most] = [known[known.length >> 1], known.at(-1)];
  const text = median === undefined || most === undefined ? '' : `p50 ${seconds(median)}  max ${seconds(most)}`;
  const lines: StyledLine[] = known.length < 2 ? [] : [[run(text, { ink: 'cyan' })]];
  keptHours.set(columns, lines);
  return lines;
}

function costOf(read: Maybe<ReadModel>, limits: Thresholds): Part[] {
  // A read below the kernel's tick has no CPU time: it is quick, and nothing is to be said of it.
  if (isMissing(read) || read.beforeDrop || (isMissing(read.cpuSeconds) && isKnown(read.wallSeconds))) return [];
  const all = bothKnown(read.systemSeconds, read.cpuSeconds, (system, cpu) => (system >= cpu * 0.95 ? 1 : 0));
  const style = mapKnown(read.cpuSeconds, (cpu): Maybe<Style> => badStyle(secondsSeverity(cpu, limits)));
  const kind: Run[] = isKnown(all) && all === 1 ? [run(' all of it system', knownOr(style, {}))] : [];
  return [labelled(1, 'CPU', valueRun(read.cpuSeconds, seconds, STRONG), ...kind)];
}

/** What the slow lane does now, or when it reads next and why. */
function nextRead({ state, model, diagnosis }: Shown): Part[] {
  const { inFlight, lock, next, budgetPct } = model.probes;
  const sofar = inFlightSeconds(state);
  if (inFlight !== undefined && sofar !== undefined) {
    const severity = secondsSeverity(sofar, diagnosis.thresholds);
    const style: Style = severity === 'ok' ? DIM : strongly(severity);
    return [{ rank: 0, runs: [run(`reading ${printable(inFlight.what)}: ${seconds(sofar)} so far`, style)] }];
  }
  if (typeof lock === 'object') {
    return [{ rank: 0, runs: [run(`process ${lock.heldByPid} probes here: its reads are shown`, { ink: 'yellow' })] }];
  }
  const due = next.find((probe) => probe.topic === 'statReads');
  if (due === undefined) return [{ rank: 0, runs: [run('no read is due', DIM)] }];
  const when = due.inSeconds < 1 ? 'due' : `next in ${duration(due.inSeconds)}`;
  const parts: Part[] = [{ rank: 0, runs: [run(when, DIM)] }];
  if (due.because === 'budget') parts.push({ rank: 3, runs: [run(`budget ${budgetPct} %`, DIM)] });
  return state.replay === undefined ? [...parts, { rank: 2, runs: [run('t reads now', DIM)] }] : parts;
}
