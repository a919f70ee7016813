import { isKnown, isMissing, knownOr, type Maybe, missing } from '../../core/missing.ts';
import type { CgroupModel } from '../../model/model.ts';
import { momentOf } from '../../model/moments.ts';
import { amount, finite } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { type Known, type Rule, told, untold } from './rule.ts';

const WALK_IS_OLD = missing('stale', 'the last walk is too long ago to have seen it');

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
  ],
  evaluate: (known): Finding => {
    const { model, thresholds } = known;
    const created = amount(model.memcg.createdPerMinute);
    const removed = amount(model.memcg.removedPerMinute);
    if (isMissing(created)) return untold(churn, created);
    if (isMissing(removed)) return untold(churn, removed);
    const [most, ...others] = churners(known);
    const unseen: Sentence = { id: 'churn.unseen', values: {} };
    const rests = [
      evidence('memcg.createdPerMinute', created, { threshold: thresholds.churnPerMinute }),
      evidence('memcg.removedPerMinute', removed, { threshold: thresholds.churnPerMinute }),
    ];
    const dying = amount(model.memcg.dying);
    const harmful = isKnown(dying) && dying >= thresholds.dyingWarning;
    if (most === undefined) {
      const growth = finite(model.memcg.growthPerSecond);
      // What lives shorter than the time between two walks is seen by what it leaves dying alone.
      if (isMissing(growth)) return untold(churn, growth);
      if (momentOf(model, 'cgroups')?.isOld === true) return untold(churn, WALK_IS_OLD);
      const perMinute = growth * 60;
      if (perMinute >= thresholds.churnPerMinute) {
        return told(
          churn,
          harmful ? 'warning' : 'info',
          { id: 'churn.by-dying', values: { perMinute } },
          { evidence: [...rests, evidence('memcg.growthPerSecond', growth)], remedies: ['stop-the-churner'] },
        );
      }
      return told(
        churn,
        'ok',
        { id: 'churn.little', values: { created, removed } },
        { details: [unseen], evidence: rests },
      );
    }
    return told(
      churn,
      harmful ? 'warning' : 'info',
      { id: 'churn.much', values: most },
      {
        details: [...others.map((each): Sentence => ({ id: 'churn.also', values: each })), unseen],
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
function churners({ model, thresholds }: Known): Churner[] {
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
