import { isMissing } from '../../core/missing.ts';
import { amount, evidence } from './inputs.ts';
import { type Rule, told, untold } from './rule.ts';

/** A hybrid host: its v2 side shows no dying cgroups while the v1 memory hierarchy leaks. */
export const hybridHost: Rule = {
  id: 'hybrid-host',
  inputs: ['host.hybrid', 'host.cgroup', 'memcg.dying'],
  evaluate: ({ model }) => {
    const { hybrid, cgroup } = model.host;
    if (isMissing(hybrid)) return untold('hybrid-host', hybrid);
    if (isMissing(cgroup)) return untold('hybrid-host', cgroup);
    const rests = [evidence('host.hybrid', hybrid), evidence('host.cgroup', cgroup)];
    if (!hybrid) {
      return told('hybrid-host', 'ok', { id: 'hybrid.not', values: { version: cgroup } }, { evidence: rests });
    }
    if (cgroup === 'v2') return told('hybrid-host', 'ok', { id: 'hybrid.v2', values: {} }, { evidence: rests });
    return told(
      'hybrid-host',
      'info',
      { id: 'hybrid.v1', values: { dying: amount(model.memcg.dying) } },
      { evidence: rests },
    );
  },
};
