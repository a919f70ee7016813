import { isMissing, knownOr } from '../../core/missing.ts';
import type { History } from '../../model/history.ts';
import type { Model } from '../../model/model.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

const HOUR_SECONDS = 3600;

/** Growth is told only after this long: pods are started in bursts. */
const SHORTEST_SECONDS = 300;

/** Live cgroups far beyond what pods account for: folders that nobody removes (systemd scopes, a broken runtime). */
export const leftoverDirectories = {
  id: 'leftover-directories',
  about: 'live cgroups left over',
  tells:
    'whether live cgroups are far more than pods account for: nobody removes their folders; and below which parent most of them are',
  speaks: (limits, p) => `warning from ${p.count(limits.liveCgroups)} live cgroups on`,
  inputs: ['memcg.live', 'memcg.cgroups[].children'],
  evaluate: ({ model, history, thresholds }): Finding => {
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
      { details: [...mostBelow(model), ...growing(history)], evidence: rests, remedies: ['stop-the-churner'] },
    );
  },
} as const satisfies Rule;

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
