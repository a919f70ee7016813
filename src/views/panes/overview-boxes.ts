import { bothKnown, isKnown, isMissing, type Maybe } from '../../core/missing.ts';
import { lastName } from '../../format/cgroup-table.ts';
import { type Part, spread } from '../../format/fit.ts';
import { dyingSeverity, readSeverity, systemSeverity } from '../../format/levels.ts';
import { printable } from '../../format/printable.ts';
import { bytes, count, duration, percent, seconds, signed, wholePercent } from '../../format/quantity.ts';
import { reasonSentence } from '../../format/reason.ts';
import { SEVERITY_STYLE } from '../../format/severity.ts';
import { type Ink, type Run, run, type Style, type StyledLine } from '../../format/styled.ts';
import { valueRun } from '../../format/value.ts';
import { rootRead } from '../../format/verdict-sentence.ts';
import type { DentryModel, KubeletModel, MemcgModel } from '../../model/model.ts';
import { columnsKept } from '../columns-memo.ts';
import type { Graph } from '../graph.ts';
import { inFlightSeconds } from '../in-flight.ts';
import type { Shown } from '../pane.ts';

/** One of the four boxes: its numbers and its graph. */
export interface OverviewBox {
  readonly title: string;
  readonly headline: readonly StyledLine[];
  /** The headline where there is room for one number. */
  readonly short: Run;
  info(columns: number): StyledLine;
  readonly graph: Graph;
}

const DIM: Style = { ink: 'dim' };
const STRONG: Style = { bold: true };

/** Bold and coloured where it is bad, bold in the terminal's own colour where it is not. */
const strongly = (severity: keyof typeof SEVERITY_STYLE): Style =>
  severity === 'ok' ? STRONG : { ...SEVERITY_STYLE[severity], bold: true };

const labelled = (rank: number, label: string, ...runs: Run[]): Part => ({
  rank,
  runs: [run(`${label} `, DIM), ...runs],
});

/** The four boxes of the Overview, in reading order. */
export function overviewBoxes(shown: Shown): readonly [OverviewBox, OverviewBox, OverviewBox, OverviewBox] {
  return [cpuBox(shown), slabBox(shown), memcgBox(shown), readBox(shown)];
}

function cpuBox({ model, history }: Shown): OverviewBox {
  const { kubelet, node } = model;
  if (isMissing(kubelet)) {
    return {
      title: 'node CPU',
      headline: [[valueRun(node.busyPct, percent, STRONG)]],
      short: valueRun(node.busyPct, percent, STRONG),
      info: (columns) =>
        spread(
          [
            { rank: 0, runs: [run('kubelet ', { ink: 'yellow' }), run(printable(reasonSentence(kubelet)), DIM)] },
            labelled(1, 'system', valueRun(node.systemPct, percent, STRONG)),
            labelled(2, 'iowait', valueRun(node.iowaitPct, percent, STRONG)),
          ],
          [],
          columns,
        ),
      graph: { series: history.of('node.busyPct'), fold: 'peak', atLeast: 20, ink: 'cyan', print: wholePercent },
    };
  }
  return {
    title: 'kubelet CPU',
    headline: [[valueRun(kubelet.cpuPct, percent, cpuStyle(kubelet))]],
    short: valueRun(kubelet.cpuPct, percent, cpuStyle(kubelet)),
    info: (columns) =>
      spread(
        [
          labelled(0, 'user', valueRun(kubelet.userPct, percent, STRONG)),
          labelled(
            0,
            'system',
            valueRun(kubelet.systemPct, percent, (value) => strongly(systemSeverity(value))),
          ),
          labelled(2, 'threads', valueRun(kubelet.threads, count, STRONG)),
          ...busiestThread(kubelet),
        ],
        [],
        columns,
        3,
      ),
    graph: {
      series: history.of('kubelet.cpuPct'),
      fold: 'peak',
      atLeast: 20,
      ink: systemInk,
      inkBy: history.of('kubelet.systemPct'),
      print: wholePercent,
    },
  };
}

function cpuStyle({ systemPct }: KubeletModel): Style {
  return isKnown(systemPct) ? strongly(systemSeverity(systemPct)) : STRONG;
}

/** Says that one thread is busy with one thing, where it is. */
function busiestThread({ threadRows }: KubeletModel): Part[] {
  const busiest = isKnown(threadRows) ? threadRows[0] : undefined;
  if (busiest === undefined || isMissing(busiest.cpuPct) || isMissing(busiest.systemPct) || busiest.cpuPct < 50)
    return [];
  const kind = busiest.systemPct > busiest.cpuPct * 0.9 ? 'all system' : `${wholePercent(busiest.systemPct)} system`;
  return [{ rank: 1, runs: [run(`one thread ${wholePercent(busiest.cpuPct)}, ${kind}`, { ink: 'yellow' })] }];
}

function slabBox({ model, history }: Shown): OverviewBox {
  const { slab, dentry } = model;
  const unused = bothKnown(dentry.unused, dentry.objects, (some, all) => (all === 0 ? 0 : (some / all) * 100));
  const perHour = isKnown(slab.growthBytesPerSecond) ? slab.growthBytesPerSecond * 3600 : 0;
  const growing: StyledLine[] =
    Math.abs(perHour) < 1024 * 1024
      ? []
      : [[run(`${perHour > 0 ? '↑' : '↓'} ${bytes(Math.abs(perHour))}/h`, { ink: 'cyan' })]];
  return {
    title: 'slab',
    headline: [...growing, [valueRun(slab.totalBytes, bytes, largeStyle)]],
    short: valueRun(slab.totalBytes, bytes, largeStyle),
    info: (columns) =>
      spread(
        [
          labelled(0, 'dentry', valueRun(dentry.sizeBytes, bytes, STRONG)),
          {
            rank: 1,
            runs: [
              valueRun(
                dentry.objects,
                (value) => `${count(value)} objects`,
                manyUnused(dentry) ? { ink: 'yellow' } : {},
              ),
              run(', '),
              valueRun(unused, (value) => `${wholePercent(value)} unused`, manyUnused(dentry) ? { ink: 'yellow' } : {}),
            ],
          },
          labelled(2, 'reclaimable', valueRun(slab.reclaimableBytes, bytes, STRONG)),
        ],
        [],
        columns,
      ),
    graph: { series: history.of('slab.totalBytes'), fold: 'last', atLeast: 0, ink: 'magenta', print: bytes },
  };
}

/** A million names that nobody uses are no working set (the healthy node of the captures has 20,000 in all). */
function manyUnused({ unused }: DentryModel): boolean {
  return isKnown(unused) && unused >= 1_000_000;
}

/** Slab of a healthy node of the captures is 56 MiB; a GiB of it is worth a look. */
function largeStyle(value: number): Style {
  return value >= 1024 ** 3 ? { ink: 'yellow', bold: true } : STRONG;
}

function memcgBox({ model, history }: Shown): OverviewBox {
  const { total, live, dying, growthPerSecond, createdPerMinute, removedPerMinute } = model.memcg;
  const style = isKnown(dying) ? strongly(dyingSeverity(dying)) : STRONG;
  const allCounts = isKnown(live) && isKnown(dying);
  const headline: StyledLine = allCounts
    ? [valueRun(total, count, style), run(` = ${count(live)} live + ${count(dying)} dying`, style)]
    : [valueRun(total, count, STRONG), run(' in all, dying '), valueRun(dying, count, STRONG)];
  return {
    title: 'memory cgroups',
    headline: [headline],
    short: valueRun(dying, (known) => `${count(known)} dying`, style),
    info: (columns) =>
      spread(
        [
          labelled(0, 'growth', perTime(growthPerSecond, 3600, 'h')),
          churn(createdPerMinute, removedPerMinute),
          ...heldByDying(model.memcg),
        ],
        [],
        columns,
        3,
      ),
    graph: { series: history.of('memcg.total'), fold: 'last', atLeast: 0, ink: 'blue', print: count },
  };
}

function perTime(value: Maybe<number>, factor: number, unit: string): Run {
  return valueRun(value, (known) => `${signed(known * factor, count)}/${unit}`, STRONG);
}

/** Cgroups that came and went per minute. */
function churn(created: Maybe<number>, removed: Maybe<number>): Part {
  const both = bothKnown(created, removed, (came, went): Maybe<string> => `+${count(came)} -${count(went)}/min`);
  return labelled(1, 'churn', valueRun(both, String, STRONG));
}

/** Where most of what the dying hold is: no other tool says. */
function heldByDying({ heldByDying: held, dying }: MemcgModel): Part[] {
  const most = isKnown(held) ? held.where[0] : undefined;
  if (most === undefined || isMissing(dying) || dying === 0) return [];
  const text = `dying hold ${bytes(most.bytes)} below ${lastName(most.path)}`;
  return [{ rank: 2, runs: [run(text, dyingSeverity(dying) === 'ok' ? DIM : { ink: 'yellow' })] }];
}

function readBox(shown: Shown): OverviewBox {
  const { model, history } = shown;
  const read = rootRead(model);
  const series = history.of('reads.root.wallSeconds');
  const value: Run =
    read === undefined
      ? run('not read yet', DIM)
      : valueRun(read.wallSeconds, seconds, (wall) => strongly(readSeverity(wall)));
  return {
    title: 'memory.stat read',
    headline: [...lastHour(shown), [run('root ', value.style), value]],
    short: run(`root ${value.text}`, value.style),
    info: (columns) => spread([...costOf(read), ...nextRead(shown)], [], columns, 3),
    graph: { series, fold: 'peak', atLeast: 0.1, ink: readInk, print: seconds },
  };
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

function costOf(read: ReturnType<typeof rootRead>): Part[] {
  if (read === undefined) return [];
  const all = bothKnown(read.systemSeconds, read.cpuSeconds, (system, cpu) => (system >= cpu * 0.95 ? 1 : 0));
  const kind: Run[] = isKnown(all) && all === 1 ? [run(' all of it system', { ink: 'yellow' })] : [];
  return [labelled(1, 'CPU', valueRun(read.cpuSeconds, seconds, STRONG), ...kind)];
}

/** What the slow lane does now, or when it reads next and why. */
function nextRead({ state, model }: Shown): Part[] {
  const { inFlight, lock, next, budgetPct } = model.probes;
  const sofar = inFlightSeconds(state);
  if (inFlight !== undefined && sofar !== undefined) {
    const style: Style = sofar >= 1 ? { ink: 'yellow', bold: true } : DIM;
    return [{ rank: 0, runs: [run(`reading ${printable(inFlight.what)}: ${seconds(sofar)} so far`, style)] }];
  }
  if (typeof lock === 'object') {
    return [{ rank: 0, runs: [run(`process ${lock.heldByPid} probes here: its reads are shown`, { ink: 'yellow' })] }];
  }
  const due = next.find((probe) => probe.topic === 'statReads');
  if (due === undefined) return [{ rank: 0, runs: [run('no read is due', DIM)] }];
  const when = due.inSeconds < 1 ? 'next read now' : `next in ${duration(due.inSeconds)}`;
  const parts: Part[] = [{ rank: 0, runs: [run(when, DIM)] }];
  if (due.because === 'budget') parts.push({ rank: 3, runs: [run(`budget ${budgetPct} %`, DIM)] });
  return [...parts, { rank: 2, runs: [run('t reads now', DIM)] }];
}

/** The colour of kubelet's CPU by how much of it is spent in the kernel. */
function systemInk(systemPct: number): Ink {
  return inkOf(systemSeverity(systemPct), 'cyan');
}

function readInk(wallSeconds: number): Ink {
  return inkOf(readSeverity(wallSeconds), 'green');
}

function inkOf(severity: ReturnType<typeof readSeverity>, fine: Ink): Ink {
  return severity === 'ok' ? fine : (SEVERITY_STYLE[severity].ink ?? fine);
}
