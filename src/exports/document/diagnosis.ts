import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import type { PinsVerdict, RecommendedDrop } from '../../diagnosis/pins.ts';
import { say } from '../../diagnosis/prose/say.ts';
import type { Remedy } from '../../diagnosis/remedies/remedy.ts';
import { PRINTER } from '../../format/printer.ts';

/** One rule's answer. */
export function encodeFinding({ id, severity, title, evidence, remedies, details, reason }: Finding) {
  return {
    id,
    severity,
    title: say(title, PRINTER),
    evidence: evidence.map(({ field, value, threshold, of }) => ({
      field,
      value,
      ...(threshold === undefined ? {} : { threshold }),
      ...(of === undefined ? {} : { of }),
    })),
    remedies,
    details: details.map((detail) => say(detail, PRINTER)),
    ...(reason === undefined ? {} : { reason: { unavailable: reason.unavailable, detail: reason.detail } }),
  };
}

/** What can be done, as it is told for this node. */
export function encodeRemedy({ id, title, does, cannot, danger, command, prefer }: Remedy) {
  return { id, title, does, cannot, danger, command, prefer };
}

/** The kernel matrix's word on this kernel, and what was measured of each file: the measurement decides. */
export function encodeKernel({ kernel, measured }: Diagnosis) {
  return {
    release: kernel.release.text,
    family: kernel.release.family,
    kmemResidue: kernel.kmemResidue,
    items: Object.values(kernel.items).map(({ item, status, reason, origin, fixedIn, commits, upgrade }) => ({
      item,
      status,
      reason,
      origin,
      fixedIn,
      commits,
      ...(upgrade === undefined ? {} : { upgrade }),
    })),
    measured: measured.map(({ item, suffers, agreement, statement }) => ({ item, suffers, agreement, statement })),
  };
}

/** What pins the dying cgroups, below which parents, and which drop fits. */
export function encodePins({ pins, recommendedDrop }: Diagnosis) {
  return {
    by: pins.by,
    kinds: pins.kinds.map(encodeKind),
    recommendedDrop: encodeRecommended(recommendedDrop),
    where: pins.where.map((below) => ({
      path: below.path,
      pod: below.pod,
      by: below.by,
      bytes: below.bytes,
      kinds: below.kinds.map(encodeKind),
    })),
  };
}

function encodeKind({ kind, bytes }: PinsVerdict['kinds'][number]) {
  return { kind, bytes };
}

function encodeRecommended(recommended: RecommendedDrop) {
  if ('none' in recommended) return { helps: false, why: say(recommended.none, PRINTER) };
  const { request, why } = recommended;
  return { helps: true, mode: request.mode, sync: request.sync, why: say(why, PRINTER) };
}
