import { isMissing, knownOr, type Maybe, mapKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import type { CacheModel, Model } from '../../model/model.ts';
import { amount } from '../amount.ts';
import { type Evidence, evidence, type Finding } from '../finding.ts';
import { manyAreDying } from '../many-cgroups.ts';
import type { Sentence } from '../prose/say.ts';
import type { RemedyId } from '../remedies/remedy-ids.ts';
import { knownCache } from '../slab-caches/known-caches.ts';
import { AGAINST_LEFTOVERS, againstDying } from './against-dying.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, type RuleContext, unknownFinding } from './rule.ts';

/** As many caches are named. */
const MOST_CACHES = 3;

/**
 * Memory that is in unreclaimable slab, in one slab cache, or in per-CPU data, as a part of all. Caches of files do not
 * count, however large: the kernel gives them back when memory is wanted, and dentries have a rule of their own.
 */
export const slabOutOfProportion = {
  id: 'slab-out-of-proportion',
  about: 'slab out of proportion',
  tells:
    'whether much of memory is slab that cannot be reclaimed, one slab cache or per-CPU data; which cache it is, what that holds, what makes it grow and whether a drop frees it',
  speaks: (limits, p) =>
    `warning from ${wholePct(p, limits.outOfProportionPct)} of memory on; caches of files (dentries, inodes, page cache) do not count`,
  inputs: [
    'slab.unreclaimableBytes',
    'slab.caches[].sizeBytes',
    'node.percpuBytes',
    'node.memoryTotalBytes',
    'slab.totalBytes',
  ],
  evaluate: (known): Finding => {
    const { model, thresholds } = known;
    const memory = amount(model.node.memoryTotalBytes);
    if (isMissing(memory)) return unknownFinding(slabOutOfProportion, memory);
    const bytes = amount(model.slab.unreclaimableBytes);
    if (isMissing(bytes)) return unknownFinding(slabOutOfProportion, bytes);
    const limit = (memory * thresholds.outOfProportionPct) / 100;
    const pctOf = (part: number) => (memory > 0 ? Math.min(100, (part / memory) * 100) : 0);
    const large = largeCaches(model, limit);
    const percpu = amount(model.node.percpuBytes);
    const rests = [
      evidence('slab.unreclaimableBytes', bytes, { threshold: limit }),
      ...knownOr(large, []).map(({ name, sizeBytes }) =>
        evidence('slab.caches[].sizeBytes', sizeBytes, { of: name, threshold: limit }),
      ),
      ...(isMissing(percpu) ? [] : [evidence('node.percpuBytes', percpu, { threshold: limit })]),
    ];
    const warning = (title: Sentence, named: readonly CacheModel[]) => warn(known, title, named, pctOf, rests);
    const [largest, ...others] = knownOr(large, []);
    if (largest !== undefined) {
      const { sizeBytes } = largest;
      const values = { name: printable(largest.name), bytes: sizeBytes, pct: pctOf(sizeBytes) };
      return warning({ id: 'share.one-cache', values }, [largest, ...others]);
    }
    if (bytes >= limit) {
      return warning({ id: 'share.unreclaimable', values: { bytes, pct: pctOf(bytes) } }, largestKept(model));
    }
    if (!isMissing(percpu) && percpu >= limit) {
      return warning({ id: 'share.percpu', values: { bytes: percpu, pct: pctOf(percpu) } }, []);
    }
    // A cache that could be reclaimed is seen in slabinfo alone, and is no larger than all of slab.
    const slab = amount(model.slab.totalBytes);
    if (isMissing(large) && (isMissing(slab) || slab >= limit)) {
      return unknownFinding(slabOutOfProportion, large, { evidence: rests });
    }
    return finding(slabOutOfProportion, 'ok', { id: 'share.fine', values: { pct: pctOf(bytes) } }, { evidence: rests });
  },
} as const satisfies Rule;

/** The caches of so many bytes that are not of files, largest first. */
function largeCaches({ slab }: Model, limit: number): Maybe<readonly CacheModel[]> {
  return mapKnown(slab.caches, (caches) =>
    caches
      .filter(({ sizeBytes }) => !isMissing(amount(sizeBytes)) && sizeBytes > 0 && sizeBytes >= limit)
      .filter(({ name }) => knownCache(name)?.of !== 'files')
      .slice(0, MOST_CACHES),
  );
}

/** The largest caches that no drop frees: what the unreclaimable part is, in all likelihood. */
function largestKept({ slab }: Model): readonly CacheModel[] {
  const kept = (name: string) => {
    const known = knownCache(name);
    return known === undefined || known.drop === 'keeps';
  };
  return knownOr(slab.caches, [])
    .filter(({ name, sizeBytes }) => !isMissing(amount(sizeBytes)) && sizeBytes > 0 && kept(name))
    .slice(0, MOST_CACHES);
}

function warn(
  known: RuleContext,
  title: Sentence,
  named: readonly CacheModel[],
  pctOf: (bytes: number) => number,
  rests: readonly Evidence[],
): Finding {
  const [first, ...others] = named;
  const share = ({ name, sizeBytes }: CacheModel): Sentence => ({
    id: 'share.cache',
    values: { name: printable(name), bytes: sizeBytes, pct: pctOf(sizeBytes) },
  });
  const itself = title.id === 'share.one-cache' || first === undefined ? [] : [share(first)];
  return finding(slabOutOfProportion, 'warning', title, {
    details: [...itself, ...(first === undefined ? [] : whatItIs(first.name)), ...others.map(share)],
    evidence: rests,
    remedies: first === undefined ? ['drain-and-reboot'] : remediesFor(known, first.name),
  });
}

/** What is known of a cache, for a finding. */
function whatItIs(name: string): readonly Sentence[] {
  const known = knownCache(name);
  if (known === undefined) return [{ id: 'cache.not-known', values: { name: printable(name) } }];
  return [
    { id: 'cache.holds', values: { name: printable(name), holds: known.holds } },
    { id: 'cache.grows', values: { grows: known.grows } },
    { id: 'cache.drop', values: { drop: known.drop } },
  ];
}

function remediesFor(known: RuleContext, name: string): readonly RemedyId[] {
  const cache = knownCache(name);
  const isDying = manyAreDying(known.model, known.thresholds) === true;
  if (cache?.of === 'cgroups') return isDying ? againstDying(known) : AGAINST_LEFTOVERS;
  // What has no cache of its own can be anybody's: where many are dying, theirs first.
  if (isDying && name.startsWith('kmalloc-')) return againstDying(known);
  return cache?.drop === 'frees' ? ['drop-slab', 'drain-and-reboot'] : ['drain-and-reboot'];
}
