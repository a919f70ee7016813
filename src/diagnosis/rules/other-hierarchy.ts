import { isMissing } from '../../core/missing.ts';
import type { ControllerModel } from '../../model/model.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

/** Another cgroup v1 hierarchy leaking: far more cgroups in it than there are live ones. */
export const otherHierarchy = {
  id: 'other-hierarchy',
  about: 'the other cgroup v1 hierarchies',
  tells: 'whether another controller than memory holds far more cgroups than there are live ones',
  speaks: (limits, p) =>
    `warning where one has ${p.count(limits.otherHierarchyTimes)} times the live memory cgroups and at least ${p.count(limits.otherHierarchyCount)} more`,
  inputs: ['node.controllers[].name', 'node.controllers[].cgroups', 'memcg.live'],
  evaluate: ({ model, thresholds }): Finding => {
    const { controllers } = model.node;
    if (isMissing(controllers)) return unknownFinding(otherHierarchy, controllers);
    const others = hierarchiesBesideMemory(controllers);
    if (others.length === 0) return finding(otherHierarchy, 'ok', { id: 'other.none', values: {} });
    const live = amount(model.memcg.live);
    if (isMissing(live)) return unknownFinding(otherHierarchy, live);
    const limit = Math.max(live * thresholds.otherHierarchyTimes, live + thresholds.otherHierarchyCount);
    const worst = others.reduce((most, each) => (each.cgroups > most.cgroups ? each : most));
    const rests = [
      evidence('node.controllers[].cgroups', worst.cgroups, { of: worst.name, threshold: limit }),
      evidence('memcg.live', live),
    ];
    if (worst.cgroups < limit) {
      return finding(
        otherHierarchy,
        'ok',
        { id: 'other.fine', values: { hierarchies: others.length } },
        { evidence: rests },
      );
    }
    return finding(
      otherHierarchy,
      'warning',
      { id: 'other.leaks', values: { ...worst, live } },
      { evidence: rests, remedies: ['stop-the-churner', 'drain-and-reboot'] },
    );
  },
} as const satisfies Rule;

/** One row for each hierarchy: controllers that are mounted together share their cgroups. */
function hierarchiesBesideMemory(controllers: readonly ControllerModel[]): ControllerModel[] {
  const memory = controllers.find(({ name }) => name === 'memory')?.hierarchy;
  const byHierarchy = new Map<number, ControllerModel>();
  for (const each of controllers) {
    if (each.hierarchy === memory || isMissing(amount(each.cgroups))) continue;
    const known = byHierarchy.get(each.hierarchy);
    byHierarchy.set(each.hierarchy, known === undefined ? each : { ...known, name: `${known.name},${each.name}` });
  }
  return [...byHierarchy.values()];
}
