import { isMissing, missing } from '../../core/missing.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

/** MEM_CGROUP_ID_MAX: an id has 16 bits, and 0 is none. */
const MOST_IDS = 65_535;

/**
 * Memory cgroup ids near exhaustion. Only where an id dies with its css (RHEL 7.3 and before 4.8): elsewhere a removed
 * cgroup gives its id back at once, and 68,680 cgroups were seen without harm.
 */
export const memcgIds = {
  id: 'memcg-ids',
  about: 'memory cgroup ids',
  tells: 'how many of the 65,535 ids are taken, where this kernel gives an id back only when the dying cgroup is gone',
  speaks: (limits, p) =>
    `warning from ${wholePct(p, limits.memcgIdsPct)} on, critical from ${wholePct(p, limits.memcgIdsCriticalPct)} on`,
  inputs: ['memcg.total', 'host.kernel'],
  evaluate: ({ model, kernel, thresholds }): Finding => {
    const total = amount(model.memcg.total);
    if (isMissing(total)) return unknownFinding(memcgIds, total);
    const item = kernel.items['memcg-ids'];
    const pct = Math.min(100, (total / MOST_IDS) * 100);
    const beside = {
      evidence: [evidence('memcg.total', total, { threshold: (MOST_IDS * thresholds.memcgIdsPct) / 100 })],
    };
    if (item.status === 'fixed') return finding(memcgIds, 'ok', { id: 'ids.private', values: { total } }, beside);
    if (pct < thresholds.memcgIdsPct) return finding(memcgIds, 'ok', { id: 'ids.far', values: { total } }, beside);
    if (item.status === 'unknown') return unknownFinding(memcgIds, missing('unsupported', item.reason), beside);
    const severity = pct >= thresholds.memcgIdsCriticalPct ? 'critical' : 'warning';
    return finding(
      memcgIds,
      severity,
      { id: 'ids.near', values: { total, pct } },
      { ...beside, remedies: ['stop-the-churner', 'upgrade-kernel', 'drain-and-reboot'] },
    );
  },
} as const satisfies Rule;
