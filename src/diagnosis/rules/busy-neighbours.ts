import { isMissing, knownOr } from '../../core/missing.ts';
import { heldOpenSeverity } from '../../model/threshold-severity.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { knownFor } from '../known-processes.ts';
import type { Sentence } from '../prose/say.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';
import { steadyThresholds } from './steady.ts';

/** Busy processes beside kubelet: the node's own services take a core where kubelet is not the culprit. */
export const busyNeighbours = {
  id: 'busy-neighbours',
  about: 'busy processes beside kubelet',
  tells:
    'which process beside kubelet takes a core, and what it is known for: PID 1, a container runtime, a log agent, another reader of cgroup files',
  speaks: (limits, p) =>
    `warning where one that is known for it takes ${wholePct(p, limits.neighbourCpuPct)} of a core; a busy workload is none`,
  inputs: ['processes[].cpuPct', 'processes[].systemPct', 'kubelet.heldFiles[].comm'],
  evaluate: (known): Finding => {
    const { processes } = known.model;
    if (isMissing(processes)) return unknownFinding(busyNeighbours, processes);
    const own = knownOr(known.model.kubelet, undefined)?.pid;
    const others = processes.filter(({ pid }) => pid !== own);
    const rates = others.map(({ cpuPct }) => amount(cpuPct));
    const notYet = rates.find(isMissing);
    if (notYet !== undefined && rates.every(isMissing)) return unknownFinding(busyNeighbours, notYet);
    const limit = steadyThresholds(known, 'busy-neighbours').neighbourCpuPct;
    const busy = others
      .flatMap(({ pid, comm, ...rest }) => {
        const cpuPct = amount(rest.cpuPct);
        if (isMissing(cpuPct) || cpuPct < limit) return [];
        return [{ pid, comm, cpuPct, systemPct: amount(rest.systemPct), why: whyBusy(known, pid, comm) }];
      })
      .sort((a, b) => Number(b.why !== undefined) - Number(a.why !== undefined) || b.cpuPct - a.cpuPct);
    const rests = busy.map(({ comm, cpuPct }) =>
      evidence('processes[].cpuPct', cpuPct, { of: comm, threshold: known.thresholds.neighbourCpuPct }),
    );
    const [first, ...more] = busy;
    if (first === undefined) return finding(busyNeighbours, 'ok', { id: 'neighbours.calm', values: { pct: limit } });
    const details = more.map((each): Sentence => ({ id: 'neighbours.busy', values: each }));
    const title: Sentence = { id: 'neighbours.busy', values: first };
    return finding(busyNeighbours, first.why === undefined ? 'ok' : 'warning', title, { details, evidence: rests });
  },
} as const satisfies Rule;

/** Who is seen in a memory file as often as is critical is known by that, whatever its name. */
function whyBusy({ model, thresholds }: RuleContext, pid: number, comm: string): string | undefined {
  const held = isMissing(model.kubelet) ? [] : knownOr(model.kubelet.heldFiles, []);
  const read = held.find((each) => each.pid === pid && heldOpenSeverity(each.openPct, thresholds) === 'critical');
  return read === undefined ? knownFor(comm) : `it reads ${read.file} of cgroups again and again`;
}
