import { isMissing } from '../../core/missing.ts';
import type { Model } from '../../model/model.ts';
import { largeSlabBytes } from '../../model/threshold-severity.ts';
import { amount } from '../amount.ts';
import { evidence, type Finding } from '../finding.ts';
import type { Sentence } from '../prose/say.ts';
import { wholePct } from './limit-text.ts';
import { finding, type Rule, unknownFinding } from './rule.ts';

/** Dentries dominate a slab that is large for the node. */
export const dentriesDominateSlab = {
  id: 'dentries-dominate-slab',
  about: 'the part of slab that is dentries',
  tells: 'whether most of a large slab is dentries',
  speaks: (limits, p) =>
    `warning from ${wholePct(p, limits.dentrySharePct)} on, of ${p.bytes(limits.slabBytes)} of slab or ${wholePct(p, limits.slabMemoryPct)} of memory`,
  inputs: ['dentry.sizeBytes', 'dentry.objects', 'dentry.unused', 'slab.totalBytes', 'node.memoryTotalBytes'],
  evaluate: ({ model, thresholds }): Finding => {
    const bytes = amount(model.dentry.sizeBytes);
    const slabBytes = amount(model.slab.totalBytes);
    if (isMissing(slabBytes)) return unknownFinding(dentriesDominateSlab, slabBytes);
    if (isMissing(bytes)) return unknownFinding(dentriesDominateSlab, bytes);
    const large = largeSlabBytes(amount(model.node.memoryTotalBytes), thresholds);
    const pct = slabBytes > 0 ? Math.min(100, (bytes / slabBytes) * 100) : 0;
    const values = { bytes, slabBytes, pct };
    const beside = {
      details: unused(model),
      evidence: [
        evidence('dentry.sizeBytes', bytes, { threshold: (slabBytes * thresholds.dentrySharePct) / 100 }),
        evidence('slab.totalBytes', slabBytes, { threshold: large }),
      ],
    };
    if (slabBytes < large || pct < thresholds.dentrySharePct) {
      return finding(dentriesDominateSlab, 'ok', { id: 'dentry.part', values }, beside);
    }
    return finding(
      dentriesDominateSlab,
      'warning',
      { id: 'dentry.dominates', values },
      { ...beside, remedies: ['drop-slab', 'stop-the-churner'] },
    );
  },
} as const satisfies Rule;

function unused({ dentry }: Model): Sentence[] {
  const objects = amount(dentry.objects);
  const idle = amount(dentry.unused);
  if (isMissing(objects) || isMissing(idle) || objects === 0) return [];
  return [{ id: 'dentry.unused', values: { unused: idle, pct: Math.min(100, (idle / objects) * 100) } }];
}

/** Negative dentries: names that were looked for and are not there. Counted from 5.0 on. */
export const negativeDentries = {
  id: 'negative-dentries',
  about: 'negative dentries',
  tells: 'whether most dentries are names of files that do not exist (kernels from 5.0 on)',
  speaks: (limits, p) =>
    `information from ${p.count(limits.negativeDentries)} on, where they are ${wholePct(p, limits.negativeSharePct)} of all`,
  inputs: ['dentry.negative', 'dentry.objects'],
  evaluate: ({ model, thresholds }): Finding => {
    const negative = amount(model.dentry.negative);
    if (isMissing(negative)) return unknownFinding(negativeDentries, negative);
    const objects = amount(model.dentry.objects);
    if (isMissing(objects)) return unknownFinding(negativeDentries, objects);
    const pct = objects > 0 ? Math.min(100, (negative / objects) * 100) : 0;
    const beside = {
      evidence: [
        evidence('dentry.negative', negative, { threshold: thresholds.negativeDentries }),
        evidence('dentry.objects', objects),
      ],
    };
    if (negative < thresholds.negativeDentries || pct < thresholds.negativeSharePct) {
      return finding(negativeDentries, 'ok', { id: 'dentry.negative-few', values: { negative } }, beside);
    }
    return finding(
      negativeDentries,
      'info',
      { id: 'dentry.negative-many', values: { negative, pct } },
      { ...beside, remedies: ['stop-the-churner'] },
    );
  },
} as const satisfies Rule;
