import { DROP_FIELDS, EVENT_FIELDS, PROBE_FIELDS } from './fields/activity.ts';
import { type Catalogue, type Field, field, type LeafId } from './fields/field.ts';
import { HOST_FIELDS } from './fields/host.ts';
import { KUBELET_FIELDS } from './fields/kubelet.ts';
import { MEMCG_FIELDS } from './fields/memcg.ts';
import { MOMENT_FIELDS } from './fields/moments.ts';
import { NODE_FIELDS } from './fields/node.ts';
import { PODS_FIELDS } from './fields/pods.ts';
import { PROCESS_FIELDS, READS_FIELDS, SELF_FIELDS } from './fields/reads.ts';
import { DENTRY_FIELDS, SLAB_FIELDS } from './fields/slab.ts';
import { TOTALS_FIELDS } from './fields/totals.ts';
import type { Model } from './model.ts';

/** The dotted id of a value of the model: `memcg.dying`, `slab.caches[].sizeBytes`. */
export type ModelFieldId = LeafId<Model>;

const MODEL_FIELDS: Catalogue<Model, ''> = {
  'instant.at': field('time', 'time', 'moment of the sample', 'clock of the node', 'never'),
  'instant.monotonicSeconds': field(
    'seconds',
    'monotonic clock',
    'the same on a clock that never goes back',
    'clock of the node',
    'never',
  ),
  ...HOST_FIELDS,
  ...NODE_FIELDS,
  ...KUBELET_FIELDS,
  ...SLAB_FIELDS,
  ...DENTRY_FIELDS,
  ...MEMCG_FIELDS,
  ...PODS_FIELDS,
  ...READS_FIELDS,
  ...PROCESS_FIELDS,
  ...SELF_FIELDS,
  ...TOTALS_FIELDS,
  ...MOMENT_FIELDS,
  ...PROBE_FIELDS,
  ...DROP_FIELDS,
  ...EVENT_FIELDS,
};

/** Values that graphs and rules name although they are one of many in the model. */
const DERIVED_FIELDS = {
  'reads.root.wallSeconds': field(
    'seconds',
    'root memory.stat read',
    "what the latest read of the root's memory.stat took",
    'the read itself',
    'it has not been read yet',
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The dotted id of everything that can be shown, graphed, sorted by or given as evidence. */
export type FieldId = ModelFieldId | keyof typeof DERIVED_FIELDS;

/**
 * Every value the tool knows: its unit, its meaning, where it comes from and when it is missing. Screens, exports,
 * rules and documentation name values by these ids. The types keep it complete: an id without a row does not compile.
 */
export const FIELDS: Readonly<Record<FieldId, Field>> = { ...MODEL_FIELDS, ...DERIVED_FIELDS };

/** Whether a word is the id of a field. */
export function isFieldId(word: string): word is FieldId {
  return Object.hasOwn(FIELDS, word);
}
