import { isMissing } from '../../core/missing.ts';
import { amount, evidence } from './inputs.ts';
import { type Rule, told, untold } from './rule.ts';

/** Memory pressure; on kernels before 4.20, or without psi, the memory that is left. */
export const memoryPressure: Rule = {
  id: 'memory-pressure',
  inputs: ['node.memoryPressurePct', 'node.memoryAvailableBytes', 'node.memoryTotalBytes'],
  evaluate: ({ model: { node }, thresholds }) => {
    const pct = amount(node.memoryPressurePct);
    if (!isMissing(pct)) {
      const high = pct >= thresholds.memoryPressurePct;
      return told(
        'memory-pressure',
        high ? 'warning' : 'ok',
        { id: high ? 'pressure.high' : 'pressure.low', values: { pct } },
        { evidence: [evidence('node.memoryPressurePct', pct, { threshold: thresholds.memoryPressurePct })] },
      );
    }
    const bytes = amount(node.memoryAvailableBytes);
    const total = amount(node.memoryTotalBytes);
    if (isMissing(bytes)) return untold('memory-pressure', bytes);
    if (isMissing(total)) return untold('memory-pressure', total);
    const leftPct = total > 0 ? Math.min(100, (bytes / total) * 100) : 0;
    const low = leftPct < thresholds.memoryLeftPct;
    return told(
      'memory-pressure',
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
};
