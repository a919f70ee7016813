import { bothKnown, isKnown, isMissing, knownOr, type Maybe, missing } from '../../core/missing.ts';
import type { CgroupModel, Model } from '../../model/model.ts';
import { momentOf } from '../../model/moments.ts';
import { amount, finite } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';

const WALK_IS_OLD = missing('stale', 'the last walk is too long ago to have seen it');

const LIST_IS_OLD = missing('stale', 'the pod logs were listed too long ago to have seen it');

/** As many parents are named. */
const MOST_PARENTS = 5;

/** Who creates and removes cgroups, by pod and by systemd unit. Harmless by itself, the source where cgroups stay dying. */
export const churn = {
  id: 'churn',
  about: 'churn of cgroups',
  tells: 'who creates and removes cgroups, by pod and by systemd unit',
  speaks: (limits, p) =>
    `information from ${p.count(limits.churnPerMinute)} a minute below one parent on; warning where ${p.count(limits.dyingWarning)} are dying`,
  inputs: [
    'memcg.createdPerMinute',
    'memcg.removedPerMinute',
    'memcg.cgroups[].churnPerMinute',
    'memcg.dying',
    'memcg.growthPerSecond',
    'pods.restartsPerMinute',
    'pods.createdPerMinute',
  ],
  evaluate: (known): Finding => {
    const { model, thresholds } = known;
    const created = amount(model.memcg.createdPerMinute);
    const removed = amount(model.memcg.removedPerMinute);
    if (isMissing(created)) return unknownFinding(churn, created);
    if (isMissing(removed)) return unknownFinding(churn, removed);
    const [most, ...others] = churners(known);
    const unseen: Sentence = { id: 'churn.unseen', values: {} };
    const rests = [
      evidence('memcg.createdPerMinute', created, { threshold: thresholds.churnPerMinute }),
      evidence('memcg.removedPerMinute', removed, { threshold: thresholds.churnPerMinute }),
    ];
    const dying = amount(model.memcg.dying);
    const harmful = isKnown(dying) && dying >= thresholds.dyingWarning;
    if (most === undefined) {
      const logs = churnOfPods(model);
      if (isKnown(logs) && logs.cgroupsPerMinute >= thresholds.churnPerMinute) {
        return finding(
          churn,
          harmful ? 'warning' : 'info',
          { id: 'churn.by-pods', values: logs },
          { details: whose(model), evidence: [...rests, ...logs.evidence], remedies: ['stop-the-churner'] },
        );
      }
      const growth = finite(model.memcg.growthPerSecond);
      // What lives shorter than the time between two walks is seen by what it leaves dying alone.
      if (isMissing(growth)) return unknownFinding(churn, growth);
      if (momentOf(model, 'cgroups')?.isOld === true) return unknownFinding(churn, WALK_IS_OLD);
      const perMinute = growth * 60;
      if (perMinute >= thresholds.churnPerMinute) {
        return finding(
          churn,
          harmful ? 'warning' : 'info',
          { id: 'churn.by-dying', values: { perMinute } },
          { evidence: [...rests, evidence('memcg.growthPerSecond', growth)], remedies: ['stop-the-churner'] },
        );
      }
      // Where there are no pod logs there is no kubelet of today, and nothing that they could tell.
      if (isMissing(logs) && logs.unavailable !== 'absent') return unknownFinding(churn, logs);
      if (isKnown(logs) && momentOf(model, 'pods')?.isOld === true) return unknownFinding(churn, LIST_IS_OLD);
      return finding(
        churn,
        'ok',
        { id: 'churn.little', values: { created, removed } },
        { details: [...whose(model), unseen], evidence: isKnown(logs) ? [...rests, ...logs.evidence] : rests },
      );
    }
    return finding(
      churn,
      harmful ? 'warning' : 'info',
      { id: 'churn.much', values: most },
      {
        details: [...others.map((each): Sentence => ({ id: 'churn.also', values: each })), ...whose(model), unseen],
        evidence: [
          ...rests,
          ...[most, ...others].map(({ path, perMinute }) =>
            evidence('memcg.cgroups[].churnPerMinute', perMinute, { of: path, threshold: thresholds.churnPerMinute }),
          ),
        ],
        remedies: ['stop-the-churner'],
      },
    );
  },
} as const satisfies Rule;

interface Churner {
  readonly path: string;
  readonly owner: Maybe<string>;
  readonly perMinute: number;
}

/** The parents below which cgroups come and go, most first. */
function churners({ model, thresholds }: RuleContext): Churner[] {
  const found: Churner[] = [];
  for (const cgroup of knownOr(model.memcg.cgroups, [])) {
    const perMinute = cgroup.churnPerMinute;
    // Compared first: most of thousands of cgroups are still, and this runs with every tick.
    if (isMissing(perMinute) || !(perMinute >= thresholds.churnPerMinute) || isMissing(amount(perMinute))) continue;
    found.push({ path: cgroup.path, owner: ownerOf(cgroup), perMinute });
  }
  return found.sort((a, b) => b.perMinute - a.perMinute || a.path.localeCompare(b.path)).slice(0, MOST_PARENTS);
}

function ownerOf({ pod, unit }: CgroupModel): Maybe<string> {
  return isMissing(pod) ? unit : pod;
}

/** A container that restarts is a cgroup that comes and one that goes; a new pod is its own, its sandbox and a container. */
const PER_RESTART = 2;
const PER_POD = 3;

function churnOfPods({ pods }: Model) {
  return bothKnown(amount(pods.restartsPerMinute), amount(pods.createdPerMinute), (restarts, created) => ({
    restarts,
    created,
    cgroupsPerMinute: restarts * PER_RESTART + created * PER_POD,
    evidence: [evidence('pods.restartsPerMinute', restarts), evidence('pods.createdPerMinute', created)],
  }));
}

/** Who restarted and where pods were created most, by count. */
function whose({ pods }: Model): Sentence[] {
  const [restarting] = knownOr(pods.restarting, []);
  const [creating] = knownOr(pods.creating, []);
  return [
    ...(restarting === undefined ? [] : [{ id: 'churn.restarting', values: restarting } as const]),
    ...(creating === undefined ? [] : [{ id: 'churn.creating', values: creating } as const]),
  ];
}
