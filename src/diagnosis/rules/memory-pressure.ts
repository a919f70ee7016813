import { isMissing } from '../../core/missing.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

/** Memory pressure; on kernels before 4.20, or without psi, the memory that is left. */
export const memoryPressure = {
  id: 'memory-pressure',
  about: 'memory pressure',
  tells: 'whether tasks wait for memory',
  speaks: (limits, p) =>
    `warning from ${wholePct(p, limits.memoryPressurePct)} of the last minute on; on kernels that do not measure it, below ${wholePct(p, limits.memoryLeftPct)} of memory left`,
  inputs: ['node.memoryPressurePct', 'node.memoryAvailableBytes', 'node.memoryTotalBytes'],
  evaluate: ({ model: { node }, thresholds }): Finding => {
    const pct = amount(node.memoryPressurePct);
    if (!isMissing(pct)) {
      const high = pct >= thresholds.memoryPressurePct;
      return finding(
        memoryPressure,
        high ? 'warning' : 'ok',
        { id: high ? 'pressure.high' : 'pressure.low', values: { pct } },
        { evidence: [evidence('node.memoryPressurePct', pct, { threshold: thresholds.memoryPressurePct })] },
      );
    }
    const bytes = amount(node.memoryAvailableBytes);
    const total = amount(node.memoryTotalBytes);
    if (isMissing(bytes)) return unknownFinding(memoryPressure, bytes);
    if (isMissing(total)) return unknownFinding(memoryPressure, total);
    const leftPct = total > 0 ? Math.min(100, (bytes / total) * 100) : 0;
    const low = leftPct < thresholds.memoryLeftPct;
    return finding(
      memoryPressure,
      low ? 'warning' : 'ok',
      { id: low ? 'pressure.little-left' : 'pressure.enough-left', values: { bytes, pct: leftPct } },
      {
        evidence: [
          evidence('node.memoryPressurePct', node.memoryPressurePct),
          evidence('node.memoryAvailableBytes', bytes, { threshold: (total * thresholds.memoryLeftPct) / 100 }),
        ],
      },
    );
  },
} as const satisfies Rule;
