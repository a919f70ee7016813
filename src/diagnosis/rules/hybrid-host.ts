import { isMissing } from '../../core/missing.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

/** A hybrid host: its v2 side shows no dying cgroups while the v1 memory hierarchy leaks. */
export const hybridHost = {
  id: 'hybrid-host',
  about: 'a host with both cgroup versions',
  tells: 'that the v2 side of a hybrid host shows no dying cgroups while the memory controller is on v1',
  speaks: () => 'information where both are mounted',
  inputs: ['host.hybrid', 'host.cgroup', 'memcg.dying'],
  evaluate: ({ model }): Finding => {
    const { hybrid, cgroup } = model.host;
    if (isMissing(hybrid)) return unknownFinding(hybridHost, hybrid);
    if (isMissing(cgroup)) return unknownFinding(hybridHost, cgroup);
    const rests = [evidence('host.hybrid', hybrid), evidence('host.cgroup', cgroup)];
    if (!hybrid) {
      return finding(hybridHost, 'ok', { id: 'hybrid.not', values: { version: cgroup } }, { evidence: rests });
    }
    if (cgroup === 'v2') return finding(hybridHost, 'ok', { id: 'hybrid.v2', values: {} }, { evidence: rests });
    return finding(
      hybridHost,
      'info',
      { id: 'hybrid.v1', values: { dying: amount(model.memcg.dying) } },
      { evidence: rests },
    );
  },
} as const satisfies Rule;
