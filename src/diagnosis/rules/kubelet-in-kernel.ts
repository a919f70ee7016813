import { isMissing } from '../../core/missing.ts';
import { kubeletCpu } from '../kubelet-cpu.ts';
import type { Sentence } from '../prose/say.ts';
import { amount, evidence } from './inputs.ts';
import { type Known, type Rule, told, untold } from './rule.ts';
import { steadyThresholds } from './steady.ts';

/** kubelet bound in the kernel: system time where its own code would be user time. */
export const kubeletInKernel: Rule = {
  id: 'kubelet-in-kernel',
  inputs: ['kubelet.cpuPct', 'kubelet.systemPct', 'node.busiestCorePct', 'node.busyPct'],
  evaluate: (known) => {
    const { kubelet } = known.model;
    if (isMissing(kubelet)) return untold('kubelet-in-kernel', kubelet);
    const thresholds = steadyThresholds(known, 'kubelet-in-kernel');
    const { cpuPct, systemPct } = kubeletCpu(kubelet, known.model, known.history);
    if (isMissing(cpuPct)) return untold('kubelet-in-kernel', cpuPct);
    if (isMissing(systemPct)) return untold('kubelet-in-kernel', systemPct);
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
      return told('kubelet-in-kernel', 'warning', { id: 'kubelet.in-kernel', values: { systemPct, sharePct } }, beside);
    }
    return told('kubelet-in-kernel', 'ok', { id: 'kubelet.own-code', values: { cpuPct, systemPct } }, beside);
  },
};

function coreFull({ model, thresholds }: Known): Sentence[] {
  const corePct = amount(model.node.busiestCorePct);
  const nodePct = amount(model.node.busyPct);
  if (isMissing(corePct) || isMissing(nodePct)) return [];
  const hidden = corePct >= thresholds.coreBusyPct && nodePct < thresholds.nodeIdlePct;
  return hidden ? [{ id: 'kubelet.core-full', values: { corePct, nodePct } }] : [];
}
