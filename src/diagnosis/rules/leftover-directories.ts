import { isMissing, knownOr } from '../../core/missing.ts';
import type { History } from '../../model/history.ts';
import type { Model } from '../../model/model.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { walkedCgroups } from '../many-cgroups.ts';
import type { Sentence } from '../prose/say.ts';
import { costSeconds } from '../read-times.ts';
import { AGAINST_LEFTOVERS } from './against-dying.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';

const HOUR_SECONDS = 3600;

/** Growth is told only after this long: pods are started in bursts. */
const SHORTEST_SECONDS = 300;

/** Live cgroups far beyond what pods account for: folders that nobody removes (systemd scopes, a broken runtime). */
export const leftoverDirectories = {
  id: 'leftover-directories',
  about: 'live cgroups left over',
  tells:
    'whether live cgroups are far more than the pods explain, left over from dead containers; and below which parent most of them are',
  speaks: (limits, p) => `warning from ${p.count(limits.liveCgroups)} live cgroups on`,
  inputs: ['memcg.live', 'memcg.cgroups[].children', 'memcg.dying', 'reads[].wallSeconds'],
  evaluate: (known): Finding => {
    const { model, history, thresholds } = known;
    const live = amount(model.memcg.live);
    if (isMissing(live)) return unknownFinding(leftoverDirectories, live);
    const rests = [evidence('memcg.live', live, { threshold: thresholds.liveCgroups })];
    if (live < thresholds.liveCgroups) {
      return finding(leftoverDirectories, 'ok', { id: 'live.few', values: { live } }, { evidence: rests });
    }
    return finding(
      leftoverDirectories,
      'warning',
      { id: 'live.many', values: { live } },
      {
        details: [...slowReads(known), ...mostBelow(model), ...growing(history)],
        evidence: rests,
        remedies: AGAINST_LEFTOVERS,
      },
    );
  },
} as const satisfies Rule;

/** Reads are slow and most cgroups are live: these are why. */
function slowReads({ model, reads, thresholds }: RuleContext): Sentence[] {
  const walked = walkedCgroups(model);
  const read = reads['memory.stat'];
  if (isMissing(walked) || walked.mostly === 'dying' || isMissing(read)) return [];
  if (costSeconds(read) < thresholds.readWarningSeconds) return [];
  return [{ id: 'live.slow-reads', values: { path: read.path, file: 'memory.stat', seconds: read.wallSeconds } }];
}

function mostBelow(model: Model): Sentence[] {
  let most: { path: string; children: number } | undefined;
  for (const { path, children } of knownOr(model.memcg.cgroups, [])) {
    if (children > (most?.children ?? 0) && !isMissing(amount(children))) most = { path, children };
  }
  return most === undefined ? [] : [{ id: 'live.most-below', values: most }];
}

function growing(history: History): Sentence[] {
  const series = history.of('memcg.live');
  const stretch = series.unbroken(series.newestSeconds - HOUR_SECONDS);
  if (stretch === undefined) return [];
  const seconds = stretch.last.monotonicSeconds - stretch.first.monotonicSeconds;
  const perHour = ((stretch.last.value - stretch.first.value) / seconds) * HOUR_SECONDS;
  return seconds < SHORTEST_SECONDS || perHour <= 0 ? [] : [{ id: 'live.growing', values: { perHour } }];
}
