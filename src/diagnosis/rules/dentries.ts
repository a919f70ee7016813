import { isMissing } from '../../core/missing.ts';
import type { Model } from '../../model/model.ts';
import { largeSlabBytes } from '../../model/threshold-severity.ts';
import type { Sentence } from '../prose/say.ts';
import { amount, evidence } from './inputs.ts';
import { type Rule, told, untold } from './rule.ts';

/** Dentries dominate a slab that is large for the node. */
export const dentriesDominateSlab: Rule = {
  id: 'dentries-dominate-slab',
  inputs: ['dentry.sizeBytes', 'dentry.objects', 'dentry.unused', 'slab.totalBytes', 'node.memoryTotalBytes'],
  evaluate: ({ model, thresholds }) => {
    const bytes = amount(model.dentry.sizeBytes);
    const slabBytes = amount(model.slab.totalBytes);
    if (isMissing(slabBytes)) return untold('dentries-dominate-slab', slabBytes);
    if (isMissing(bytes)) return untold('dentries-dominate-slab', bytes);
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
      return told('dentries-dominate-slab', 'ok', { id: 'dentry.part', values }, beside);
    }
    return told(
      'dentries-dominate-slab',
      'warning',
      { id: 'dentry.dominates', values },
      { ...beside, remedies: ['drop-slab', 'stop-the-churner'] },
    );
  },
};

function unused({ dentry }: Model): Sentence[] {
  const objects = amount(dentry.objects);
  const idle = amount(dentry.unused);
  if (isMissing(objects) || isMissing(idle) || objects === 0) return [];
  return [{ id: 'dentry.unused', values: { unused: idle, pct: Math.min(100, (idle / objects) * 100) } }];
}

/** Negative dentries: names that were looked for and are not there. Counted from 5.0 on. */
export const negativeDentries: Rule = {
  id: 'negative-dentries',
  inputs: ['dentry.negative', 'dentry.objects'],
  evaluate: ({ model, thresholds }) => {
    const negative = amount(model.dentry.negative);
    if (isMissing(negative)) return untold('negative-dentries', negative);
    const objects = amount(model.dentry.objects);
    if (isMissing(objects)) return untold('negative-dentries', objects);
    const pct = objects > 0 ? Math.min(100, (negative / objects) * 100) : 0;
    const beside = {
      evidence: [
        evidence('dentry.negative', negative, { threshold: thresholds.negativeDentries }),
        evidence('dentry.objects', objects),
      ],
    };
    if (negative < thresholds.negativeDentries || pct < thresholds.negativeSharePct) {
      return told('negative-dentries', 'ok', { id: 'dentry.negative-few', values: { negative } }, beside);
    }
    return told(
      'negative-dentries',
      'info',
      { id: 'dentry.negative-many', values: { negative, pct } },
      { ...beside, remedies: ['stop-the-churner'] },
    );
  },
};
