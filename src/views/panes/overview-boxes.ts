import { bothKnown, isKnown, isMissing, knownOr } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import type { Severity } from '../../core/severity.ts';
import { severityOfRule } from '../../diagnosis/rules/rules.ts';
import { ageRuns } from '../../format/age.ts';
import { churnText } from '../../format/churn.ts';
import { type Part, spread } from '../../format/fit.ts';
import { bytes, count, percent, signed, wholePercent } from '../../format/quantity.ts';
import { reasonSentence } from '../../format/reason.ts';
import { badStyle, SEVERITY_STYLE } from '../../format/severity.ts';
import { type Run, run, type Style, type StyledLine } from '../../format/styled.ts';
import { valueRun } from '../../format/value.ts';
import type { KubeletModel, MemcgModel, Model, NodeModel, PodsModel } from '../../model/model.ts';
import { slabSeverity, systemSeverity } from '../../model/threshold-severity.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { lastName } from '../../tables/cgroups.ts';
import type { Shown } from '../pane.ts';
import { DIM, inkOf, labelled, type OverviewBox, STRONG, strongly } from './overview-box.ts';
import { readBox } from './overview-read-box.ts';

/** The four boxes of the Overview, in reading order. */
export function overviewBoxes(shown: Shown): readonly [OverviewBox, OverviewBox, OverviewBox, OverviewBox] {
  return [cpuBox(shown), slabBox(shown), memcgBox(shown), readBox(shown)];
}

function cpuBox({ model, history, diagnosis }: Shown): OverviewBox {
  const { kubelet, node } = model;
  const { thresholds: limits } = diagnosis;
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
            ...steal(node),
          ],
          [],
          columns,
        ),
      graph: { series: history.of('node.busyPct'), fold: 'peak', atLeast: 20, ink: 'cyan', print: wholePercent },
    };
  }
  return {
    title: 'kubelet CPU',
    headline: [
      [
        ...ageRuns(model, 'kubelet').map(({ text, style }) => run(`${text.trim()} `, style)),
        valueRun(kubelet.cpuPct, percent, cpuStyle(kubelet, limits)),
      ],
    ],
    short: valueRun(kubelet.cpuPct, percent, cpuStyle(kubelet, limits)),
    info: (columns) =>
      spread(
        [
          labelled(0, 'user', valueRun(kubelet.userPct, percent, STRONG)),
          labelled(
            0,
            'system',
            valueRun(kubelet.systemPct, percent, (value) => strongly(systemSeverity(value, limits))),
          ),
          labelled(2, 'threads', valueRun(kubelet.threads, count, STRONG)),
          ...steal(node),
          ...busiestThread(kubelet, limits),
        ],
        [],
        columns,
        3,
      ),
    graph: {
      series: history.of('kubelet.cpuPct'),
      fold: 'peak',
      atLeast: 20,
      // By how much of it is spent in the kernel.
      ink: (systemPct) => inkOf(systemSeverity(systemPct, limits), 'cyan'),
      inkBy: history.of('kubelet.systemPct'),
      print: wholePercent,
    },
  };
}

function cpuStyle({ systemPct }: KubeletModel, limits: Thresholds): Style {
  return isKnown(systemPct) ? strongly(systemSeverity(systemPct, limits)) : STRONG;
}

/** Less than this is the hypervisor's own business; a node of a busy host has tenths of its time stolen. */
const STEAL_PCT = 1;

/** A node whose CPUs are run by others is slow for no reason that can be seen in it. */
function steal({ stealPct }: NodeModel): Part[] {
  const told = isKnown(stealPct) && stealPct >= STEAL_PCT;
  return told ? [labelled(1, 'steal', valueRun(stealPct, percent, { ink: 'yellow' }))] : [];
}

/** Says that one thread is busy with one thing, where it is. */
function busiestThread({ threadRows }: KubeletModel, limits: Thresholds): Part[] {
  const busiest = isKnown(threadRows) ? threadRows[0] : undefined;
  if (busiest === undefined || isMissing(busiest.cpuPct) || isMissing(busiest.systemPct) || busiest.cpuPct < 50)
    return [];
  const kind = busiest.systemPct > busiest.cpuPct * 0.9 ? 'all system' : `${wholePercent(busiest.systemPct)} system`;
  const style = badStyle(systemSeverity(busiest.systemPct, limits));
  return [{ rank: 1, runs: [run(`one thread ${wholePercent(busiest.cpuPct)}, ${kind}`, style)] }];
}

function slabBox({ model, history, diagnosis }: Shown): OverviewBox {
  const { slab, dentry } = model;
  const { findings, thresholds: limits } = diagnosis;
  const large = (bytesOfAll: number) => strongly(slabSeverity(bytesOfAll, model, limits));
  const dentries = badStyle(severityOfRule(findings, 'dentries-dominate-slab'));
  const unused = bothKnown(dentry.unused, dentry.objects, (some, all) => (all === 0 ? 0 : (some / all) * 100));
  const perHour = isKnown(slab.growthBytesPerSecond) ? slab.growthBytesPerSecond * 3600 : 0;
  const growing: StyledLine[] =
    Math.abs(perHour) < 1024 * 1024
      ? []
      : [[run(`${perHour > 0 ? '↑' : '↓'} ${bytes(Math.abs(perHour))}/h`, { ink: 'cyan' })]];
  return {
    title: 'slab',
    headline: [...growing, [valueRun(slab.totalBytes, bytes, large)]],
    short: valueRun(slab.totalBytes, bytes, large),
    info: (columns) =>
      spread(
        [
          labelled(0, 'dentry', dentryRun(model), ...ageRuns(model, 'caches')),
          {
            rank: 1,
            runs: [
              valueRun(dentry.objects, (value) => `${count(value)} objects`, dentries),
              run(', '),
              valueRun(unused, (value) => `${wholePercent(value)} reclaimable`, dentries),
            ],
          },
          labelled(2, 'slab reclaimable', valueRun(slab.reclaimableBytes, bytes, STRONG)),
        ],
        [],
        columns,
      ),
    graph: { series: history.of('slab.totalBytes'), fold: 'last', atLeast: 0, ink: 'magenta', print: bytes },
  };
}

/** The size of the dentry cache; where another instance reads it, who that is: its own screen shows it. */
function dentryRun({ dentry, probes: { lock } }: Model): Run {
  if (isMissing(dentry.sizeBytes) && dentry.sizeBytes.unavailable === 'disabled' && typeof lock === 'object')
    return run(`read by pid ${lock.heldByPid}`, { ink: 'dim' });
  return valueRun(dentry.sizeBytes, bytes, STRONG);
}

function memcgBox(shown: Shown): OverviewBox {
  const { model, history, diagnosis } = shown;
  const { total, live, dying } = model.memcg;
  const severity = severityOfRule(diagnosis.findings, 'dying-cgroups');
  const style = isKnown(dying) ? strongly(severity) : STRONG;
  const allCounts = isKnown(live) && isKnown(dying);
  const headline: StyledLine = allCounts
    ? [valueRun(total, count, style), run(` = ${count(live)} live + ${count(dying)} dying`, style)]
    : [valueRun(total, count, STRONG), run(' in all, dying '), valueRun(dying, count, STRONG)];
  return {
    title: 'memory cgroups',
    headline: [[...headline, ...ageRuns(model, 'dying', 'live ')]],
    short: valueRun(dying, (known) => `${count(known)} dying`, style),
    info: (columns) =>
      spread(
        [
          labelled(0, 'growth', growthRun(shown)),
          labelled(1, 'churn', valueRun(churnText(model.memcg), String, STRONG)),
          ...restarts(model.pods),
          ...heldByDying(model.memcg, severity),
        ],
        [],
        columns,
        3,
      ),
    graph: { series: history.of('memcg.total'), fold: 'last', atLeast: 0, ink: 'blue', print: count },
  };
}

function growthRun({ model, history }: Shown): Run {
  const { growthPerSecond } = model.memcg;
  if (isMissing(growthPerSecond) && growthPerSecond.unavailable === 'warming-up') {
    const oldest = history.of('memcg.dying').oldestSeconds;
    const left = isMissing(oldest) ? undefined : GROWTH_SECONDS - (model.instant.monotonicSeconds - oldest);
    // After a drop it begins again, and after a gap: only the first minute is counted down.
    return run(left === undefined || left < 1 ? 'not known yet' : `in ${Math.ceil(left)} s`, DIM);
  }
  return valueRun(growthPerSecond, (known) => `${signed(known * 3600, count)}/h over 5 min`, STRONG);
}

/** Growth takes a minute. */
const GROWTH_SECONDS = 60;

/** Who restarts most; nothing where nobody does, or where it is not known. */
function restarts({ restarting }: PodsModel): Part[] {
  const [most] = knownOr(restarting, []);
  return most === undefined
    ? []
    : [labelled(2, 'most restarts', run(`${most.pod} ${count(most.restarts)} in 5 min`, STRONG))];
}

/** Where most of what the dying hold is: no other tool says. */
function heldByDying({ heldByDying: held, dying }: MemcgModel, severity: Severity): Part[] {
  const most = isKnown(held) ? held.where[0] : undefined;
  if (most === undefined || isMissing(dying) || dying === 0) return [];
  const text = `dying hold ${bytes(most.bytes)} below ${lastName(most.path)}`;
  return [{ rank: 2, runs: [run(text, severity === 'ok' ? DIM : SEVERITY_STYLE[severity])] }];
}
