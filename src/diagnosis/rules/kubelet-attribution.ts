import { isMissing, mapKnown, missing } from '../../core/missing.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import { type AttributionKnown, isAtLeast, shareOf } from '../attribution.ts';
import { type Evidence, evidence, type Finding } from '../finding.ts';
import { kubeletCpu } from '../kubelet-cpu.ts';
import type { Sentence } from '../prose/say.ts';
import { againstMany } from './against-dying.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';
import { steadyThresholds } from './steady.ts';

/**
 * How much of kubelet's system CPU its reads of cgroup files explain: by their times, and by its own open files. "They
 * do not" is an answer too, but only once all that it reads was timed.
 */
export const kubeletAttribution = {
  id: 'kubelet-attribution',
  about: "what explains kubelet's system CPU",
  tells:
    "how much of kubelet's system CPU the measured reads explain at its housekeeping interval, with the arithmetic; also that they do not explain it",
  speaks: (limits, p) =>
    `warning where they explain ${wholePct(p, limits.attributionPct)} of at least ${wholePct(p, limits.kubeletSystemPct)} of a core; critical from ${wholePct(p, limits.kubeletSystemCriticalPct)} of a core on`,
  inputs: [
    'kubelet.systemPct',
    'kubelet.housekeepingSeconds',
    'reads[].cpuSeconds',
    'reads[].wallSeconds',
    'kubelet.heldFiles[].readingPct',
  ],
  evaluate: (known): Finding => {
    const { attribution } = known;
    if (isMissing(attribution)) return unknownFinding(kubeletAttribution, attribution);
    const limits = steadyThresholds(known, kubeletAttribution.id);
    const { observedPct, explainedPct, sharePct, seen } = attribution;
    const atLeast = isAtLeast(attribution);
    const beside = { details: arithmetic(attribution), evidence: restsOn(attribution, limits) };
    if (observedPct < limits.kubeletSystemPct) {
      if (isHotLately(known)) return unknownFinding(kubeletAttribution, HOT_SINCE, beside);
      return finding(kubeletAttribution, 'ok', { id: 'attribution.nothing', values: { observedPct } }, beside);
    }
    const because = (title: Sentence, ofCorePct: number) =>
      finding(kubeletAttribution, ofCorePct >= limits.kubeletSystemCriticalPct ? 'critical' : 'warning', title, {
        ...beside,
        remedies: ['housekeeping-interval', ...againstMany(known)],
      });
    if (sharePct >= limits.attributionPct) {
      return because({ id: 'attribution.explains', values: { sharePct, observedPct, atLeast } }, explainedPct);
    }
    const seenShare = mapKnown(seen, ({ pct }) => shareOf(pct, observedPct));
    if (!isMissing(seen) && !isMissing(seenShare) && seenShare >= limits.attributionPct) {
      return because({ id: 'attribution.seen', values: { sharePct: seenShare, observedPct } }, seen.pct);
    }
    if (atLeast) {
      const reason = missing('warming-up', 'not every file that kubelet reads was timed yet');
      return {
        ...unknownFinding(kubeletAttribution, reason, beside),
        title: { id: 'attribution.so-far', values: { sharePct, observedPct } },
      };
    }
    return finding(kubeletAttribution, 'info', { id: 'attribution.not', values: { sharePct, observedPct } }, beside);
  },
} as const satisfies Rule;

const HOT_SINCE = missing('warming-up', 'kubelet became hot after these reads were made');

/** Whether it has been hot for a minute, though not over the time of the reads: as `kubelet-in-kernel` has it. */
function isHotLately(known: RuleContext): boolean {
  const { kubelet } = known.model;
  if (isMissing(kubelet)) return false;
  const { systemPct } = kubeletCpu(kubelet, known.model, known.history);
  return !isMissing(systemPct) && systemPct >= steadyThresholds(known, 'kubelet-in-kernel').kubeletSystemPct;
}

/** As many of what is not timed yet are named, and none that would fill a line by itself: those are pods' own. */
const MOST_UNTIMED = 2;
const LONGEST_NAME = 45;

function arithmetic(attribution: AttributionKnown): Sentence[] {
  const { terms, rest, untimed, intervalGiven, sumPct, observedPct, explainedPct, observedSeconds } = attribution;
  const interval = attribution.housekeepingSeconds;
  const names = untimed.filter((name) => name.length <= LONGEST_NAME).slice(0, MOST_UNTIMED);
  return [
    { id: 'attribution.interval', values: { interval, given: intervalGiven } },
    ...terms.map(
      ({ path, seconds, pct }): Sentence => ({ id: 'attribution.term', values: { path, seconds, interval, pct } }),
    ),
    ...(rest.cgroups === 0 ? [] : [{ id: 'attribution.rest', values: rest } as const]),
    { id: 'attribution.sum', values: { sumPct, observedPct, explainedPct } },
    ...(untimed.length === 0 ? [] : [{ id: 'attribution.untimed', values: { names, count: untimed.length } } as const]),
    ...(observedSeconds < 1 ? [] : [{ id: 'attribution.window', values: { seconds: observedSeconds } } as const]),
    ...besideIt(attribution),
  ];
}

/** So many points of a core, and twice as much the one as the other, before the two are said not to agree. */
const APART_PCT = 20;
const APART_TIMES = 2;

/** What kubelet's own open files say, and whether that is something else. */
function besideIt({ seen, explainedPct, untimed }: AttributionKnown): Sentence[] {
  if (isMissing(seen)) return [];
  const looks: Sentence = { id: 'attribution.looks', values: seen };
  const [less, more] = [Math.min(seen.pct, explainedPct), Math.max(seen.pct, explainedPct)];
  // A sum that lacks something is less by right.
  const lacks = untimed.length > 0 && explainedPct < seen.pct;
  if (lacks || more - less < APART_PCT || more < less * APART_TIMES) return [looks];
  return [looks, { id: 'attribution.disagree', values: { explainedPct, seenPct: seen.pct } }];
}

function restsOn({ terms, observedPct, housekeepingSeconds, seen }: AttributionKnown, limits: Thresholds): Evidence[] {
  return [
    evidence('kubelet.systemPct', observedPct, { threshold: limits.kubeletSystemPct }),
    evidence('kubelet.housekeepingSeconds', housekeepingSeconds),
    ...terms.map(({ path, seconds }) => evidence('reads[].cpuSeconds', seconds, { of: path })),
    ...(isMissing(seen)
      ? [evidence('kubelet.heldFiles[].readingPct', seen)]
      : seen.files.map(({ file, pct }) => evidence('kubelet.heldFiles[].readingPct', pct, { of: file }))),
  ];
}
