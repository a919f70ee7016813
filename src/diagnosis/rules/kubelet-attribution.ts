import { isMissing } from '../../core/missing.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { AttributionKnown } from '../attribution.ts';
import type { Evidence } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { againstDying } from './against-dying.ts';
import { evidence } from './inputs.ts';
import { type Rule, told, untold } from './rule.ts';

/** How much of kubelet's system CPU the measured read times explain. "They do not" is an answer too. */
export const kubeletAttribution: Rule = {
  id: 'kubelet-attribution',
  inputs: ['kubelet.systemPct', 'kubelet.housekeepingSeconds', 'reads[].cpuSeconds', 'reads[].wallSeconds'],
  evaluate: (known) => {
    const { attribution, thresholds } = known;
    if (isMissing(attribution)) return untold('kubelet-attribution', attribution);
    const { observedPct, explainedPct, sharePct } = attribution;
    const beside = { details: arithmetic(attribution), evidence: restsOn(attribution, thresholds) };
    if (observedPct < thresholds.kubeletSystemPct) {
      return told('kubelet-attribution', 'ok', { id: 'attribution.nothing', values: { observedPct } }, beside);
    }
    if (sharePct < thresholds.attributionPct) {
      return told('kubelet-attribution', 'info', { id: 'attribution.not', values: { sharePct, observedPct } }, beside);
    }
    return told(
      'kubelet-attribution',
      explainedPct >= thresholds.kubeletSystemCriticalPct ? 'critical' : 'warning',
      { id: 'attribution.explains', values: { sharePct, observedPct } },
      { ...beside, remedies: ['housekeeping-interval', ...againstDying(known)] },
    );
  },
};

function arithmetic({
  terms,
  rest,
  housekeepingSeconds,
  intervalGiven,
  sumPct,
  observedPct,
  explainedPct,
}: AttributionKnown): Sentence[] {
  const interval = housekeepingSeconds;
  return [
    { id: 'attribution.interval', values: { interval, given: intervalGiven } },
    ...terms.map(
      ({ path, seconds, pct }): Sentence => ({ id: 'attribution.term', values: { path, seconds, interval, pct } }),
    ),
    ...(rest.cgroups === 0 ? [] : [{ id: 'attribution.rest', values: rest } as const]),
    { id: 'attribution.sum', values: { sumPct, observedPct, explainedPct } },
  ];
}

function restsOn({ terms, observedPct, housekeepingSeconds }: AttributionKnown, limits: Thresholds): Evidence[] {
  return [
    evidence('kubelet.systemPct', observedPct, { threshold: limits.kubeletSystemPct }),
    evidence('kubelet.housekeepingSeconds', housekeepingSeconds),
    ...terms.map(({ path, seconds }) => evidence('reads[].cpuSeconds', seconds, { of: path })),
  ];
}
