import { bothKnown, isKnown, isMissing, type Maybe } from '../../core/missing.ts';
import { lastName } from '../../format/cgroup-table.ts';
import { type Part, spread } from '../../format/fit.ts';
import { dyingSeverity, systemSeverity } from '../../format/levels.ts';
import { printable } from '../../format/printable.ts';
import { bytes, count, percent, signed, wholePercent } from '../../format/quantity.ts';
import { reasonSentence } from '../../format/reason.ts';
import { type Ink, type Run, run, type Style, type StyledLine } from '../../format/styled.ts';
import { valueRun } from '../../format/value.ts';
import type { DentryModel, KubeletModel, MemcgModel } from '../../model/model.ts';
import type { Shown } from '../pane.ts';
import { DIM, inkOf, labelled, type OverviewBox, STRONG, strongly } from './overview-box.ts';
import { readBox } from './overview-read-box.ts';

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

/** The colour of kubelet's CPU by how much of it is spent in the kernel. */
function systemInk(systemPct: number): Ink {
  return inkOf(systemSeverity(systemPct), 'cyan');
}
