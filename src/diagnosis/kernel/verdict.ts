import { isMissing, type Maybe } from '../../core/missing.ts';
import type { ItemFacts, KernelItem, KernelStatus, Origin, Span } from './items.ts';
import { KERNEL_MATRIX } from './matrix.ts';
import type { KernelRelease } from './release.ts';
import { upgradeFor } from './upgrades.ts';
import { compareVersions, formatVersion, isAtLeast, type Version } from './version.ts';

/** The matrix's word on one item for one kernel. It explains a measurement and never replaces it. */
export interface ItemVerdict {
  readonly item: KernelItem;
  readonly status: KernelStatus;
  /** Why, in one sentence without a full stop; for `unknown`, what is not known. */
  readonly reason: string;
  readonly origin: Origin;
  /** The mainline release that fixed it, such as `5.2`. */
  readonly fixedIn: string;
  /** Abbreviated mainline commits of the fix, the decisive one first; empty where none is recorded. */
  readonly commits: readonly string[];
  /** The kernel of this family to move to. Not there where the item is fixed; missing (`absent`) where none is known. */
  readonly upgrade?: Maybe<string>;
}

/** The matrix's word on a kernel. */
export interface KernelVerdict {
  readonly release: KernelRelease;
  readonly items: Readonly<Record<KernelItem, ItemVerdict>>;
  /**
   * What kernel memory that dying cgroups still hold means here: objects that keep them alive (`pin`), or objects that
   * were handed to the parent together with the dying cgroups' own structures, large and no reason to drop caches
   * (`reparented`; 249 MB with 20,000 dying on RHEL 8.1 [M], the explanation is inferred).
   */
  readonly kmemResidue: 'pin' | 'reparented' | 'unknown';
}

/** Looks a kernel up in the matrix. Total: a release that could not be read is `unknown` on every item, with the reason. */
export function evaluateKernel(release: KernelRelease): KernelVerdict {
  const items = {
    'memory.stat': evaluateItem(release, 'memory.stat'),
    'memory.numa_stat': evaluateItem(release, 'memory.numa_stat'),
    'memory.usage_in_bytes': evaluateItem(release, 'memory.usage_in_bytes'),
    slab: evaluateItem(release, 'slab'),
    'page-cache': evaluateItem(release, 'page-cache'),
    'memcg-ids': evaluateItem(release, 'memcg-ids'),
  };
  const residue = { affected: 'pin', fixed: 'reparented', unknown: 'unknown' } as const;
  return { release, items, kmemResidue: residue[items.slab.status] };
}

type Word = Pick<ItemVerdict, 'status' | 'reason' | 'origin'>;

function evaluateItem(release: KernelRelease, item: KernelItem): ItemVerdict {
  const facts = KERNEL_MATRIX[item];
  const word = wordOn(release, facts);
  const verdict = { item, ...word, fixedIn: formatVersion(facts.fix.release), commits: facts.fix.commits };
  return word.status === 'fixed' ? verdict : { ...verdict, upgrade: upgradeFor(release, item) };
}

function wordOn(release: KernelRelease, facts: ItemFacts): Word {
  const { base } = release;
  if (isMissing(base)) return unknown(base.detail ?? 'the kernel release could not be read');
  const fix = formatVersion(facts.fix.release);
  if (release.candidate && compareVersions(base.slice(0, 2), facts.fix.release) === 0)
    return unknown(`a release candidate of ${fix}, the release that brought the fix`);
  if (release.lineage === 'mainline') return wordOfSpan(facts.mainline, base);
  if (release.rhelMajor === '7') return wordOfBuild(facts.rhel7, release);
  if (release.rhelMajor === '8') return wordOfBuild(facts.rhel8, release);
  return wordOnPatched(release, facts, base);
}

/** A vendor's kernel past the mainline fix has it; before it, only its own source or a measurement could tell. */
function wordOnPatched(release: KernelRelease, facts: ItemFacts, base: Version): Word {
  const fix = formatVersion(facts.fix.release);
  if (isAtLeast(base, facts.fix.release)) {
    const { reason } = wordOfSpan(facts.mainline, base);
    // [K] Not read in this vendor's source: it follows from the number, since vendors do not revert such fixes.
    return {
      status: 'fixed',
      origin: 'K',
      reason: `based on ${formatVersion(base)}, past the mainline fix in ${fix}: ${reason}`,
    };
  }
  if (facts.portableFrom !== undefined && !isAtLeast(base, facts.portableFrom)) {
    const { reason } = wordOfSpan(facts.mainline, base);
    return {
      status: 'affected',
      origin: 'K',
      reason: `based on ${formatVersion(base)}, too old to carry the fix of ${fix}: ${reason}`,
    };
  }
  return unknown(
    `based on ${formatVersion(base)}, before the mainline fix in ${fix}: backports of ${release.familyName} unknown`,
  );
}

function wordOfBuild(spans: readonly Span[], release: KernelRelease): Word {
  const span = spanOf(spans, release.build);
  if (span?.status === 'affected' && span.firstBuildsOnly === true && release.build.length > 1)
    return unknown(
      `an update of build ${release.build[0]}, which itself ${span.says}; whether the update has the fix is unknown`,
    );
  return wordOf(span);
}

function wordOfSpan(spans: readonly Span[], version: Version): Word {
  return wordOf(spanOf(spans, version));
}

function spanOf(spans: readonly Span[], version: Version): Span | undefined {
  return spans.findLast((span) => isAtLeast(version, span.from));
}

function wordOf(span: Span | undefined): Word {
  if (span === undefined) return unknown('no entry for this kernel');
  return { status: span.status, origin: span.origin, reason: span.says };
}

function unknown(reason: string): Word {
  return { status: 'unknown', origin: 'K', reason };
}
