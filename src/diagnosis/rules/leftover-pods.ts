import { isMissing, knownOr } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import type { EmptyPodModel } from '../../model/model.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { kubeletCpu } from '../kubelet-cpu.ts';
import type { Sentence } from '../prose/say.ts';
import { AGAINST_LEFTOVERS } from './against-dying.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';

/** As many are named. */
const MOST_NAMED = 5;

/** Cgroups of pods that are gone: no process in them for minutes, and kubelet tries to remove them again and again. */
export const leftoverPods = {
  id: 'leftover-pods',
  about: 'cgroups of pods that are gone',
  tells:
    'how many pods have a cgroup and no process for minutes, which they are and for how long: kubelet tries to remove each every 2 s',
  speaks: (limits, p) =>
    `information from ${p.count(limits.leftoverPods)} without a process on; warning where so many have had none for five minutes, or ${p.count(limits.emptyPodsAtOnce)} have none now`,
  inputs: ['pods.cgroups', 'pods.withoutProcess', 'pods.leftover', 'pods.empty[].path', 'pods.empty[].emptySeconds'],
  evaluate: (known): Finding => {
    const { pods } = known.model;
    const { thresholds } = known;
    const all = amount(pods.cgroups);
    const empty = amount(pods.withoutProcess);
    const leftover = amount(pods.leftover);
    if (isMissing(all)) return unknownFinding(leftoverPods, all);
    if (isMissing(empty)) return unknownFinding(leftoverPods, empty);
    if (isMissing(leftover)) return unknownFinding(leftoverPods, leftover);
    const rows = knownOr(pods.empty, [])
      .filter(({ emptySeconds }) => !isMissing(amount(emptySeconds)))
      .slice(0, MOST_NAMED);
    const rests = [
      evidence('pods.withoutProcess', empty, { threshold: thresholds.emptyPodsAtOnce }),
      evidence('pods.leftover', leftover, { threshold: thresholds.leftoverPods }),
      evidence('pods.cgroups', all),
      ...rows.map(({ path, emptySeconds }) => evidence('pods.empty[].emptySeconds', emptySeconds, { of: path })),
    ];
    if (empty < thresholds.leftoverPods) {
      return finding(leftoverPods, 'ok', { id: 'empty.few', values: { empty, all } }, { evidence: rests });
    }
    const named = namedOf(rows);
    if (leftover >= thresholds.leftoverPods || empty >= thresholds.emptyPodsAtOnce) {
      const count = leftover >= thresholds.leftoverPods ? leftover : empty;
      const title: Sentence = { id: 'empty.many', values: { empty: count, all } };
      const details = [...named, ...hotKubelet(known)];
      return finding(leftoverPods, 'warning', title, { details, evidence: rests, remedies: AGAINST_LEFTOVERS });
    }
    const wait: Sentence = { id: 'empty.wait', values: {} };
    return finding(
      leftoverPods,
      'info',
      { id: 'empty.now', values: { empty, all } },
      { details: [wait, ...named], evidence: rests },
    );
  },
} as const satisfies Rule;

/** Which they are, those without a process longest first. */
function namedOf(rows: readonly EmptyPodModel[]): Sentence[] {
  return rows.map(({ pod, emptySeconds }) => ({ id: 'empty.pod', values: { pod: printable(pod), emptySeconds } }));
}

/** kubelet is hot: this is work that it does. */
function hotKubelet({ model, history, thresholds }: RuleContext): Sentence[] {
  if (isMissing(model.kubelet)) return [];
  const { cpuPct } = kubeletCpu(model.kubelet, model, history);
  if (isMissing(cpuPct) || cpuPct < thresholds.kubeletSystemPct) return [];
  return [{ id: 'empty.hot-kubelet', values: { cpuPct } }];
}
