import { isMissing, missing } from '../../core/missing.ts';
import { amount, evidence } from './inputs.ts';
import { type Rule, told, untold } from './rule.ts';

/** MEM_CGROUP_ID_MAX: an id has 16 bits, and 0 is none. */
const MOST_IDS = 65_535;

/**
 * Memory cgroup ids near exhaustion. Only where an id dies with its css (RHEL 7.3 and before 4.8): elsewhere a removed
 * cgroup gives its id back at once, and 68,680 cgroups were seen without harm.
 */
export const memcgIds: Rule = {
  id: 'memcg-ids',
  inputs: ['memcg.total', 'host.kernel'],
  evaluate: ({ model, kernel, thresholds }) => {
    const total = amount(model.memcg.total);
    if (isMissing(total)) return untold('memcg-ids', total);
    const item = kernel.items['memcg-ids'];
    const pct = Math.min(100, (total / MOST_IDS) * 100);
    const beside = {
      evidence: [evidence('memcg.total', total, { threshold: (MOST_IDS * thresholds.memcgIdsPct) / 100 })],
    };
    if (item.status === 'fixed') return told('memcg-ids', 'ok', { id: 'ids.private', values: { total } }, beside);
    if (pct < thresholds.memcgIdsPct) return told('memcg-ids', 'ok', { id: 'ids.far', values: { total } }, beside);
    if (item.status === 'unknown') return untold('memcg-ids', missing('unsupported', item.reason), beside);
    const severity = pct >= thresholds.memcgIdsCriticalPct ? 'critical' : 'warning';
    return told(
      'memcg-ids',
      severity,
      { id: 'ids.near', values: { total, pct } },
      { ...beside, remedies: ['stop-the-churner', 'upgrade-kernel', 'drain-and-reboot'] },
    );
  },
};
