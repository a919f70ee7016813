import { isMissing } from '../../core/missing.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { kubeletCpu } from '../kubelet-cpu.ts';
import type { Sentence } from '../prose/say.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';
import { steadyThresholds } from './steady.ts';

/** kubelet bound in the kernel: system time where its own code would be user time. */
export const kubeletInKernel = {
  id: 'kubelet-in-kernel',
  about: 'kubelet bound in the kernel',
  tells:
    'that kubelet computes in the kernel instead of its own code, and whether a core is full while the node seems idle',
  speaks: (limits, p) =>
    `warning where ${wholePct(p, limits.kubeletKernelSharePct)} of its CPU time is system time, and that is at least ${wholePct(p, limits.kubeletSystemPct)} of a core`,
  inputs: ['kubelet.cpuPct', 'kubelet.systemPct', 'node.busiestCorePct', 'node.busyPct'],
  evaluate: (known): Finding => {
    const { kubelet } = known.model;
    if (isMissing(kubelet)) return unknownFinding(kubeletInKernel, kubelet);
    const thresholds = steadyThresholds(known, 'kubelet-in-kernel');
    const { cpuPct, systemPct } = kubeletCpu(kubelet, known.model, known.history);
    if (isMissing(cpuPct)) return unknownFinding(kubeletInKernel, cpuPct);
    if (isMissing(systemPct)) return unknownFinding(kubeletInKernel, systemPct);
    const sharePct = cpuPct > 0 ? Math.min(100, (systemPct / cpuPct) * 100) : 0;
    const beside = {
      details: coreFull(known),
      evidence: [
        evidence('kubelet.systemPct', systemPct, { threshold: thresholds.kubeletSystemPct }),
        evidence('kubelet.cpuPct', cpuPct),
        evidence('node.busiestCorePct', known.model.node.busiestCorePct, { threshold: thresholds.coreBusyPct }),
        evidence('node.busyPct', known.model.node.busyPct, { threshold: thresholds.nodeIdlePct }),
      ],
    };
    if (systemPct >= thresholds.kubeletSystemPct && sharePct >= thresholds.kubeletKernelSharePct) {
      return finding(kubeletInKernel, 'warning', { id: 'kubelet.in-kernel', values: { systemPct, sharePct } }, beside);
    }
    return finding(kubeletInKernel, 'ok', { id: 'kubelet.own-code', values: { cpuPct, systemPct } }, beside);
  },
} as const satisfies Rule;

function coreFull({ model, thresholds }: RuleContext): Sentence[] {
  const corePct = amount(model.node.busiestCorePct);
  const nodePct = amount(model.node.busyPct);
  if (isMissing(corePct) || isMissing(nodePct)) return [];
  const hidden = corePct >= thresholds.coreBusyPct && nodePct < thresholds.nodeIdlePct;
  return hidden ? [{ id: 'kubelet.core-full', values: { corePct, nodePct } }] : [];
}
