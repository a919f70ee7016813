import { FIELDS } from '../../model/fields.ts';
import { printJson } from '../json.ts';
import type { Comparison } from './comparison.ts';

/** The name of this form of document. */
const DIFF_SCHEMA = 'slabtop-k8s-diff/1';

/** The comparison as one JSON object: numbers are numbers, a missing value is its reason. */
export function encodeDiffJson({ a, b, relation, conclusions, findings, values, ...lists }: Comparison): string {
  const document = {
    schema: DIFF_SCHEMA,
    a,
    b,
    sameNode: relation.sameNode ?? { unavailable: 'absent', detail: 'a node name is missing' },
    secondsBetween: relation.seconds,
    compared: relation.sentences,
    conclusions,
    findings,
    values: values.changed.map((value) => ({
      ...value,
      unit: FIELDS[value.field].unit,
      means: FIELDS[value.field].means,
    })),
    sameValues: values.same,
    caches: lists.caches,
    held: lists.held,
    reads: lists.reads,
  };
  return `${printJson(document, 'indented')}\n`;
}
