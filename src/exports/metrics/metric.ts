import type { FieldId } from '../../model/fields.ts';
import type { Report } from '../report.ts';

/** Labels of one series; the values are data of the node and may hold anything. */
export type Labels = Readonly<Record<string, string>>;

/** One line of a family. `suffix` is for summaries: `_sum` and `_count`. */
export interface MetricSample {
  readonly value: number;
  readonly labels?: Labels;
  readonly suffix?: '_sum' | '_count';
}

/** What the metrics are made from besides the node: facts of the process that serves them. */
export interface MetricContext {
  readonly report: Report;
  readonly nodeVersion: string;
  /** How often the sampler process had to be started again. */
  readonly samplerRestarts: number;
  /** Ticks since the start. */
  readonly ticks: number;
  /** Names of nodes, namespaces and workloads as they are told: themselves, pseudonyms, or nothing. */
  readonly names: (name: string) => string;
}

/**
 * A metric family of the Prometheus text format. What is missing has no sample: never 0, never NaN; then
 * `slabtop_field_missing` says why.
 */
export interface MetricFamily {
  /** With prefix, base unit and `_total` where it counts. */
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'summary';
  /** One sentence without a full stop. */
  readonly help: string;
  /** The fields of the catalogue that it tells; empty for what the model does not have. */
  readonly fields: readonly FieldId[];
  /** The most series that it can have. */
  readonly mostSeries: number;
  /** It counts from the start of this program: of no use in a file that another process writes each time. */
  readonly sinceStart?: true;
  readonly samples: (context: MetricContext) => readonly MetricSample[];
}
