import { isMissing, knownOr, missing } from '../../core/missing.ts';
import { heldOpenSeverity } from '../../model/threshold-severity.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { Answer } from '../../profile/answer.ts';
import { amount } from '../amount.ts';
import { isAtLeast } from '../attribution.ts';
import { evidence, type Finding } from '../finding.ts';
import { kubeletCpu } from '../kubelet-cpu.ts';
import type { Sentence } from '../prose/say.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';
import { steadyThresholds } from './steady.ts';

/** Other causes of a hot kubelet: found or ruled out by a profile, or ruled out by read times that explain it. */
export const lookalikes = {
  id: 'lookalikes',
  about: 'other causes of a hot kubelet',
  tells:
    'whether a profile shows disk-usage walks or the like instead, whether a kernel worker or another reader of memory files is busy, or that all of these are ruled out',
  speaks: (limits, p) =>
    `warning where one has ${wholePct(p, limits.lookalikeSharePct)} of a profile and more than the cause`,
  inputs: ['kubelet.cpuPct', 'kubelet.heldFiles[].comm', 'processes[].systemPct'],
  evaluate: (known): Finding => {
    const { attribution, profile, thresholds } = known;
    const beside = [...timers(known), ...workers(known), ...otherReaders(known)];
    if (profile !== undefined && (profile.program === 'kubelet' || profile.program === 'cadvisor')) {
      return byProfile(profile, thresholds, beside);
    }
    const { kubelet } = known.model;
    if (isMissing(kubelet)) return unknownFinding(lookalikes, kubelet, { details: beside });
    const cpuPct = amount(kubelet.cpuPct);
    if (isMissing(cpuPct)) return unknownFinding(lookalikes, cpuPct, { details: beside });
    const rests = [evidence('kubelet.cpuPct', cpuPct, { threshold: thresholds.kubeletSystemPct })];
    // The CPU of one tick jumps between two reads: a kubelet is hot if any other rule has it so, over its own stretch.
    const systemPct = isMissing(attribution) ? 0 : attribution.observedPct;
    const mean = knownOr(kubeletCpu(kubelet, known.model, known.history).cpuPct, 0);
    const hotPct = steadyThresholds(known, 'kubelet-in-kernel').kubeletSystemPct;
    if (Math.max(cpuPct, mean, systemPct) < hotPct) {
      return finding(
        lookalikes,
        'ok',
        { id: 'lookalike.nothing-hot', values: {} },
        { details: beside, evidence: rests },
      );
    }
    if (!isMissing(attribution) && systemPct >= thresholds.kubeletSystemPct) {
      const { sharePct } = attribution;
      if (sharePct >= thresholds.attributionPct) {
        const values = { sharePct, atLeast: isAtLeast(attribution) };
        const title: Sentence = { id: 'lookalike.ruled-out-by-reads', values };
        return finding(lookalikes, 'ok', title, { details: beside, evidence: rests });
      }
    }
    const reason = missing('absent', 'only a profile of kubelet can tell');
    return unknownFinding(lookalikes, reason, { details: beside, evidence: rests });
  },
} as const satisfies Rule;

function byProfile({ paths, lookalikes: seen }: Answer, limits: Thresholds, beside: readonly Sentence[]): Finding {
  const causePct = paths.reduce((most, path) => (path.kind === 'cause' ? Math.max(most, path.share * 100) : most), 0);
  const first = seen[0];
  const sharePct = first === undefined ? 0 : first.share * 100;
  const details: Sentence[] = [{ id: 'lookalike.undercounts', values: {} }, ...beside];
  if (first !== undefined && sharePct >= limits.lookalikeSharePct && sharePct > causePct) {
    const title: Sentence = { id: 'lookalike.profile', values: { path: first.id, sharePct, causePct } };
    return finding(lookalikes, 'warning', title, { details });
  }
  const title: Sentence =
    causePct >= limits.lookalikeSharePct
      ? { id: 'lookalike.ruled-out-by-profile', values: { causePct } }
      : { id: 'lookalike.none-in-profile', values: {} };
  return finding(lookalikes, 'ok', title, { details });
}

/** Timeouts of futex are what a trace of kubelet shows first, and mean nothing. */
function timers({ trace }: RuleContext): Sentence[] {
  const timeouts = trace?.calls.reduce((sum, call) => (call.call === 'futex' ? sum + call.timeouts : sum), 0) ?? 0;
  return timeouts > 0 ? [{ id: 'lookalike.futex', values: { timeouts } }] : [];
}

function workers({ model, thresholds }: RuleContext): Sentence[] {
  return knownOr(model.processes, []).flatMap(({ comm, systemPct }): Sentence[] => {
    const busy = amount(systemPct);
    if (!comm.startsWith('kworker') || isMissing(busy) || busy < thresholds.kubeletSystemPct) return [];
    return [{ id: 'lookalike.worker', values: { comm, systemPct: busy } }];
  });
}

/** A reader beside kubelet is seen in a read as often as is critical, or it is none worth naming. */
function otherReaders({ model: { kubelet }, thresholds }: RuleContext): Sentence[] {
  if (isMissing(kubelet)) return [];
  const often = (pct: number) => heldOpenSeverity(pct, thresholds) === 'critical';
  return knownOr(kubelet.heldFiles, []).flatMap(({ pid, comm, file, openPct, readingPct }): Sentence[] => {
    if (pid === kubelet.pid || isMissing(amount(openPct)) || !often(openPct)) return [];
    const inRead = amount(readingPct);
    if (isMissing(inRead)) return [{ id: 'lookalike.other-holder', values: { comm, file, openPct } }];
    return often(inRead) ? [{ id: 'lookalike.other-reader', values: { comm, file, readingPct: inRead } }] : [];
  });
}
