import { isMissing, knownOr, type Maybe, type Missing, missing } from '../core/missing.ts';
import type { DropRequest } from '../core/note.ts';
import type { Model, PinModel } from '../model/model.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { amount } from './amount.ts';
import type { DropLesson } from './drop-lesson.ts';
import type { KernelVerdict } from './kernel/verdict.ts';
import { isAtLeast } from './kernel/version.ts';
import type { PinKind, PinnedBy } from './pin-kind.ts';
import type { Sentence } from './prose/say.ts';

/** What pins below one parent. */
interface PinnedBelow {
  readonly path: string;
  /** `namespace/pod`; missing for a parent that is no pod. */
  readonly pod: Maybe<string>;
  readonly by: PinnedBy;
  /** The kinds that count, most first. */
  readonly kinds: readonly { readonly kind: PinKind; readonly bytes: number }[];
  /** All that the dying below it hold, of every kind. */
  readonly bytes: number;
}

/** What pins the dying cgroups of the node, and below which parents. */
export interface PinsVerdict {
  /** `absent` where nothing pins any; another reason where it cannot be told. */
  readonly by: Maybe<PinnedBy>;
  /** The kinds that count on the whole node, most first. */
  readonly kinds: readonly { readonly kind: PinKind; readonly bytes: number }[];
  /** The parents, most first. Empty where `by` is missing. */
  readonly where: readonly PinnedBelow[];
}

/** The drop that fits what pins, or why none is recommended. */
export type RecommendedDrop = { readonly request: DropRequest; readonly why: Sentence } | { readonly none: Sentence };

/** Pages are at least this large, so that so many bytes pin at most bytes / 4096 cgroups. */
const SMALLEST_PAGE_BYTES = 4096;

/** A kind that can pin no more than this part of the dying is not what pins them. */
const SMALLEST_PART = 0.1;

/** Tells what pins the dying, from what they hold: of each kind more than the noise, and enough to pin many of them. */
export function evaluatePins(
  model: Model,
  kernel: KernelVerdict,
  thresholds: Thresholds,
  lesson?: DropLesson,
): PinsVerdict {
  const { pins } = model.memcg;
  const dying = amount(model.memcg.dying);
  if (isMissing(pins)) return none(pins);
  if (isMissing(dying)) return none(dying);
  if (dying === 0) return none(missing('absent', 'no memory cgroup is dying'));
  const where: PinnedBelow[] = [];
  const sums = new Map<PinKind, number>();
  for (const pin of pins) {
    if (isMissing(amount(pin.bytes))) continue;
    const kinds = kindsOf(pin, kmemPins(kernel, lesson), thresholds.noiseBytes);
    for (const { kind, bytes } of kinds) sums.set(kind, (sums.get(kind) ?? 0) + bytes);
    const by = oneOf(kinds);
    if (by !== undefined) where.push({ path: pin.path, pod: pin.pod, by, kinds, bytes: pin.bytes });
  }
  const enough = [...sums]
    .map(([kind, bytes]) => ({ kind, bytes }))
    .filter(({ bytes }) => bytes / SMALLEST_PAGE_BYTES >= dying * SMALLEST_PART)
    .sort((a, b) => b.bytes - a.bytes);
  const by = oneOf(enough);
  if (by === undefined) return none(whyNotTold(pins, thresholds.noiseBytes, lesson));
  return { by, kinds: enough, where };
}

function none(by: Missing): PinsVerdict {
  return { by, kinds: [], where: [] };
}

/** Something is held, and its kind is still to be read; or nothing that stands out of the noise. */
function whyNotTold(pins: readonly PinModel[], noiseBytes: number, lesson: DropLesson | undefined): Missing {
  const unread = pins.find((pin) => pin.bytes >= noiseBytes && isMissing(pin.kmemBytes) && isMissing(pin.fileBytes));
  if (unread !== undefined && isMissing(unread.fileBytes)) return unread.fileBytes;
  if (lesson !== undefined)
    return missing('unsupported', 'the kernel memory that they hold is no pin: a drop showed it');
  return missing('unsupported', 'what the dying hold is within the noise of the counters');
}

function oneOf(kinds: readonly { kind: PinKind }[]): PinnedBy | undefined {
  const [first, second] = kinds;
  return second === undefined ? first?.kind : 'mixed';
}

function kindsOf(pin: PinModel, kmemPins: boolean, noiseBytes: number): { kind: PinKind; bytes: number }[] {
  const slab = kmemPins ? knownOr(amount(pin.kmemBytes), 0) : 0;
  const file = amount(pin.fileBytes);
  const dirty = amount(pin.dirtyBytes);
  const unsplit = isMissing(dirty) ? knownOr(file, 0) : 0;
  const kinds: { kind: PinKind; bytes: number }[] = [
    { kind: 'slab', bytes: slab },
    { kind: 'tmpfs', bytes: knownOr(amount(pin.tmpfsBytes), 0) },
    { kind: 'anon', bytes: knownOr(amount(pin.anonBytes), 0) },
    { kind: 'clean', bytes: knownOr(amount(pin.cleanBytes), 0) },
    { kind: 'dirty', bytes: knownOr(dirty, 0) },
    { kind: 'pages', bytes: isMissing(file) ? pagesByCounters(pin) : unsplit },
  ];
  return kinds.filter(({ bytes }) => bytes >= noiseBytes).sort((a, b) => b.bytes - a.bytes);
}

/**
 * Where the kernel hands the objects of the dying to their parent, kernel memory that no live cgroup accounts for is
 * those objects and the dying cgroups' own structures: large, and no pin (249 MB with 20,000 dying on RHEL 8.1). What a
 * drop has shown counts for more than what is known of kernels of that name.
 */
function kmemPins(kernel: KernelVerdict, lesson: DropLesson | undefined): boolean {
  return lesson === undefined && kernel.kmemResidue !== 'reparented';
}

/**
 * The page counters say how much there is before `memory.stat` says of what kind: all that is not kernel memory. Where
 * no counter has the kernel memory (v2) they say nothing.
 */
function pagesByCounters({ bytes, kmemBytes }: PinModel): number {
  const kmem = amount(kmemBytes);
  return isMissing(kmem) ? 0 : bytes - kmem;
}

/** From 5.9 on nothing but the page itself pins; before, most cgroups with a file's page stayed after mode 1 alone. */
const PAGES_ALONE_PIN = [5, 9];

/** Chooses the drop that frees what pins the dying, if there is one and they are worth it. */
export function recommendDrop(
  model: Model,
  pins: PinsVerdict,
  kernel: KernelVerdict,
  thresholds: Thresholds,
  lesson?: DropLesson,
): RecommendedDrop {
  const dying = amount(model.memcg.dying);
  if (isMissing(dying)) return { none: { id: 'drop.unknown', values: { reason: dying } } };
  if (dying < thresholds.dyingWarning) return { none: { id: 'drop.not-needed', values: { dying } } };
  if (isMissing(pins.by)) {
    if (lesson !== undefined) return { none: { id: 'drop.taught', values: lesson } };
    return { none: { id: 'drop.unknown', values: { reason: pins.by } } };
  }
  const has = (...kinds: readonly PinKind[]) => pins.kinds.some(({ kind }) => kinds.includes(kind));
  const pages = has('clean', 'dirty', 'pages');
  const stays = has('tmpfs', 'anon');
  if (!pages && !has('slab')) {
    return { none: { id: has('tmpfs') ? 'drop.none-frees-tmpfs' : 'drop.none-frees-anon', values: {} } };
  }
  if (!pages) return { request: { mode: 2, sync: false }, why: { id: 'drop.slab', values: { stays } } };
  const sync = has('dirty', 'pages');
  if (has('slab') || !pagesAlonePin(kernel)) {
    return { request: { mode: 3, sync: true }, why: { id: 'drop.both', values: { slab: has('slab'), stays } } };
  }
  return { request: { mode: 1, sync }, why: { id: 'drop.pages', values: { sync, stays } } };
}

function pagesAlonePin({ release: { base } }: KernelVerdict): boolean {
  return !isMissing(base) && isAtLeast(base, PAGES_ALONE_PIN);
}
