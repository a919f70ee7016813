import { isMissing, missing } from '../../core/missing.ts';
import { severityFrom } from '../../model/threshold-severity.ts';
import { amount } from '../amount.ts';
import { type Evidence, evidence, type Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { AGAINST_LEFTOVERS } from './against-dying.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

/** MEM_CGROUP_ID_MAX: an id has 16 bits, and 0 is none. */
const MOST_IDS = 65_535;

/** So near the end is the end: what the kernel itself keeps is not counted in the same moment. */
const AT_THE_END = 16;

/**
 * Memory cgroup ids near exhaustion, taken by all that hold one: where an id dies with its css (RHEL 7.3 and before 4.8)
 * live and dying, elsewhere the live alone, since a removed cgroup gives its id back at once (68,680 cgroups were seen
 * without harm). What the count itself shows goes before what is known of a kernel: it never goes past the last id where
 * the dying hold theirs, and standing there nobody gets one.
 */
export const memcgIds = {
  id: 'memcg-ids',
  about: 'memory cgroup ids',
  tells:
    'how many of the 65,535 ids are taken: by the live cgroups, and by the dying where this kernel gives an id back only when they are gone',
  speaks: (limits, p) =>
    `warning from ${wholePct(p, limits.memcgIdsPct)} on, critical from ${wholePct(p, limits.memcgIdsCriticalPct)} on`,
  inputs: ['memcg.total', 'memcg.live', 'host.kernel'],
  evaluate: ({ model, kernel, thresholds }): Finding => {
    const total = amount(model.memcg.total);
    if (isMissing(total)) return unknownFinding(memcgIds, total);
    const live = amount(model.memcg.live);
    const item = kernel.items['memcg-ids'];
    const threshold = (MOST_IDS * thresholds.memcgIdsPct) / 100;
    const counted = evidence('memcg.total', total, { threshold });
    const severityOf = (taken: number) =>
      severityFrom((taken / MOST_IDS) * 100, thresholds.memcgIdsPct, thresholds.memcgIdsCriticalPct);
    if (total < threshold && (item.status !== 'fixed' || isMissing(live))) {
      const title: Sentence = { id: 'ids.far', values: { total, atMost: item.status !== 'affected' } };
      return finding(memcgIds, 'ok', title, { evidence: [counted] });
    }
    if (item.status === 'affected') return near(severityOf(total), total, 'ids.near', [counted]);
    if (isMissing(live)) return unknownFinding(memcgIds, live, { evidence: [counted] });
    const rests = [evidence('memcg.live', live, { threshold }), counted];
    const byLive = severityOf(live);
    if (byLive !== 'ok') return near(byLive, live, 'ids.live-near', rests);
    if (item.status === 'unknown' && total <= MOST_IDS) {
      if (total < MOST_IDS - AT_THE_END) {
        return unknownFinding(memcgIds, missing('unsupported', item.reason), { evidence: rests });
      }
      return finding(
        memcgIds,
        'critical',
        { id: 'ids.gone', values: { total } },
        { evidence: rests, remedies: AGAINST },
      );
    }
    return finding(memcgIds, 'ok', { id: 'ids.live-far', values: { live } }, { evidence: rests });
  },
} as const satisfies Rule;

const AGAINST = ['stop-the-churner', 'upgrade-kernel', 'drain-and-reboot'] as const;

function near(
  severity: 'critical' | 'warning' | 'ok',
  taken: number,
  id: 'ids.near' | 'ids.live-near',
  rests: readonly Evidence[],
): Finding {
  const pct = Math.min(100, (taken / MOST_IDS) * 100);
  const title: Sentence =
    id === 'ids.near' ? { id, values: { total: taken, pct } } : { id, values: { live: taken, pct } };
  const remedies = id === 'ids.near' ? AGAINST : ([...AGAINST_LEFTOVERS, 'drain-and-reboot'] as const);
  return finding(memcgIds, severity, title, { evidence: rests, remedies });
}
