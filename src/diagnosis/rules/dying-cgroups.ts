import { isMissing } from '../../core/missing.ts';
import type { Severity } from '../../core/severity.ts';
import { amount, finite } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { dyingSharePct, manyAreDying } from '../many-cgroups.ts';
import type { Sentence } from '../prose/say.ts';
import { costSeconds, TIMED_FILES } from '../read-times.ts';
import { againstDying } from './against-dying.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';

/** Growth below this is noise of the count, per hour. */
const STILL_PER_HOUR = 10;

/**
 * Dying memory cgroups: how many, their share, their growth. Many of them are a warning; critical where reads are slow
 * too, since on a kernel whose reads stay fast they cost memory and nothing else.
 */
export const dyingCgroups = {
  id: 'dying-cgroups',
  about: 'dying memory cgroups',
  tells:
    'how many removed cgroups are kept alive, their share of all, how fast they grow, and when there are ten times as many',
  speaks: (limits, p) =>
    `warning from ${p.count(limits.dyingWarning)} on where they are ${wholePct(p, limits.dyingSharePct)} of all; critical from ${p.count(limits.dyingCritical)} on where a read takes ${p.seconds(limits.readCriticalSeconds)}`,
  inputs: ['memcg.dying', 'memcg.total', 'memcg.growthPerSecond', 'reads[].wallSeconds'],
  evaluate: (known): Finding => {
    const { model, thresholds } = known;
    const dying = amount(model.memcg.dying);
    if (isMissing(dying)) return unknownFinding(dyingCgroups, dying);
    const sharePct = dyingSharePct(model);
    const rests = [
      evidence('memcg.dying', dying, { threshold: thresholds.dyingWarning }),
      evidence('memcg.total', amount(model.memcg.total)),
      evidence('memcg.growthPerSecond', finite(model.memcg.growthPerSecond)),
    ];
    const growth = growthOf(known, dying);
    if (dying < thresholds.dyingWarning) {
      return finding(dyingCgroups, 'ok', { id: 'dying.few', values: { dying } }, { details: growth, evidence: rests });
    }
    if (!manyAreDying(model, thresholds) && !isMissing(sharePct)) {
      return finding(
        dyingCgroups,
        'info',
        { id: 'dying.turnover', values: { dying, sharePct } },
        { details: growth, evidence: rests },
      );
    }
    const severity = severityOf(known, dying);
    return finding(
      dyingCgroups,
      severity,
      { id: 'dying.many', values: { dying, sharePct } },
      { details: [...growth, ...fastReads(known)], evidence: rests, remedies: againstDying(known) },
    );
  },
} as const satisfies Rule;

function severityOf(known: RuleContext, dying: number): Exclude<Severity, 'unknown'> {
  const slow = filesFrom(known, known.thresholds.readCriticalSeconds).length > 0;
  return slow && dying >= known.thresholds.dyingCritical ? 'critical' : 'warning';
}

/** The files of which a read costs so many seconds. */
function filesFrom({ reads }: RuleContext, seconds: number): readonly string[] {
  return TIMED_FILES.filter((file) => {
    const read = reads[file];
    return !isMissing(read) && costSeconds(read) >= seconds;
  });
}

/**
 * That reads of `memory.stat` stay fast, and which others do not: 5.4 walks for `memory.numa_stat` alone. What many
 * quick reads add up to is kubelet's share, and told there.
 */
function fastReads(known: RuleContext): Sentence[] {
  const read = known.reads['memory.stat'];
  const fast = !isMissing(read) && read.rootKnown && costSeconds(read) < known.thresholds.readWarningSeconds;
  if (!fast) return [];
  const slow = filesFrom(known, known.thresholds.readWarningSeconds);
  if (slow.length > 0) return [{ id: 'dying.others-are-slow', values: { files: slow } }];
  const { attribution, thresholds } = known;
  const burns = !isMissing(attribution) && attribution.sharePct >= thresholds.attributionPct;
  return burns ? [] : [{ id: 'dying.reads-stay-fast', values: {} }];
}

function growthOf({ model }: RuleContext, dying: number): Sentence[] {
  const growth = finite(model.memcg.growthPerSecond);
  if (isMissing(growth)) return [];
  const perHour = growth * 3600;
  if (Math.abs(perHour) < STILL_PER_HOUR) return [];
  if (perHour < 0) return [{ id: 'dying.shrinking', values: { perHour: -perHour } }];
  const next = 10 ** (Math.floor(Math.log10(Math.max(1, dying))) + 1);
  return [{ id: 'dying.growing', values: { perHour, next, inSeconds: (next - dying) / growth } }];
}
