import { missingValues } from '../../model/field-value.ts';
import type { MetricFamily } from './metric.ts';

/** Says of every field that the families tell why it has no sample, where it has none. */
export function missingFamily(families: readonly MetricFamily[]): MetricFamily {
  const told = new Set<string>(families.flatMap(({ fields }) => fields));
  // A part that is missing as a whole, such as kubelet, is told once for all that belongs to it.
  const isTold = (id: string) =>
    told.has(id) || [...told].some((field) => field.startsWith(`${id}.`) || field.startsWith(`${id}[`));
  return {
    name: 'slabtop_field_missing',
    type: 'gauge',
    help: 'A value that has no sample here, and why; always 1',
    fields: [],
    mostSeries: 60,
    samples: ({ report: { model } }) =>
      missingValues(model)
        .filter(({ id }) => isTold(id))
        .map(({ id, missing }) => ({ value: 1, labels: { field: id, reason: missing.unavailable } })),
  };
}
