import { isMissing, type Maybe } from '../../core/missing.ts';
import { FIELDS, type FieldId } from '../../model/fields.ts';
import type { Model } from '../../model/model.ts';
import type { Labels, MetricContext, MetricFamily, MetricSample } from './metric.ts';

/** No sample for what is missing; else one. */
export function known(value: Maybe<number>, labels?: Labels): readonly MetricSample[] {
  if (isMissing(value)) return [];
  return [labels === undefined ? { value } : { value, labels }];
}

/** What an {@link Of} asks for besides the name and where the value stands in the model. */
export interface Shape {
  readonly type?: 'counter';
  /** Metrics have base units: 0.01 makes a ratio of percent, 0.001 seconds of milliseconds. */
  readonly factor?: number;
  readonly sinceStart?: true;
}

/** A family of one series that tells one field as it stands; its HELP is the field's own meaning. */
export function fieldFamily(
  name: string,
  field: FieldId,
  read: (model: Model) => Maybe<number>,
  { type, factor = 1, sinceStart }: Shape = {},
): MetricFamily {
  return {
    name,
    type: type ?? 'gauge',
    help: helpOf(field),
    fields: [field],
    mostSeries: 1,
    ...(sinceStart ? { sinceStart } : {}),
    samples: ({ report }: MetricContext) => {
      const value = read(report.model);
      return known(isMissing(value) ? value : value * factor);
    },
  };
}

/** Meaning, origin and when it is missing, as the catalogue has them. */
export function helpOf(id: FieldId): string {
  const { means, from, missing } = FIELDS[id];
  const when = missing === 'never' ? '' : `; missing: ${missing}`;
  return `${means[0]?.toUpperCase()}${means.slice(1)} (from ${from})${when}`;
}
