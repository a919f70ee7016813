import { isMissing, type Maybe, missing } from '../core/missing.ts';

/** Labels of a series, `__name__` among them where the engine keeps it. */
export type SeriesLabels = Readonly<Record<string, string>>;

/** One series of an instant query. */
export interface InstantSeries {
  readonly labels: SeriesLabels;
  readonly value: number;
}

/** One series of a range query: moments in epoch seconds, oldest first. */
export interface RangeSeries {
  readonly labels: SeriesLabels;
  readonly points: readonly (readonly [seconds: number, value: number])[];
}

/** What an engine answered to one query. */
export interface QueryAnswer<Series> {
  readonly series: readonly Series[];
  /** What the engine says of a partial answer; Thanos names stores that did not answer. */
  readonly warnings: readonly string[];
  /** The moment that an instant query is about, by the engine's clock; not there where no series came. */
  readonly atSeconds?: number;
}

/** An answer to `/api/v1/query`. `malformed` where it is not one; NaN and infinite values are left out. */
export function parseInstant(text: string): Maybe<QueryAnswer<InstantSeries>> {
  let atSeconds: number | undefined;
  const answer = parseAnswer(text, 'vector', (labels, { value }) => {
    const point = pointOf(value);
    atSeconds = point?.[0] ?? atSeconds;
    return point === undefined ? [] : [{ labels, value: point[1] }];
  });
  return isMissing(answer) || atSeconds === undefined ? answer : { ...answer, atSeconds };
}

/** An answer to `/api/v1/query_range`; a series without a finite value is left out. */
export function parseRange(text: string): Maybe<QueryAnswer<RangeSeries>> {
  return parseAnswer(text, 'matrix', (labels, { values }) => {
    const points = Array.isArray(values) ? values.map(pointOf).filter((point) => point !== undefined) : [];
    return points.length === 0 ? [] : [{ labels, points }];
  });
}

/** What an engine says when it refuses: its kind of error and its words; `undefined` where it says something else. */
export function parseRefusal(text: string): { readonly kind: string; readonly words: string } | undefined {
  const body = objectOf(text);
  if (body === undefined || body.status !== 'error') return undefined;
  return { kind: String(body.errorType ?? 'error'), words: String(body.error ?? '') };
}

function parseAnswer<Series>(
  text: string,
  type: 'vector' | 'matrix',
  make: (labels: SeriesLabels, row: Readonly<Record<string, unknown>>) => readonly Series[],
): Maybe<QueryAnswer<Series>> {
  const body = objectOf(text);
  if (body === undefined) return missing('malformed', 'the answer is not JSON of an engine');
  const { status, data, warnings } = body;
  if (status !== 'success' || !isObject(data)) return missing('malformed', 'the answer has no data');
  if (data.resultType !== type) return missing('malformed', `the answer is not a ${type}`);
  if (!Array.isArray(data.result)) return missing('malformed', 'the answer has no result');
  const series = data.result.flatMap((row: unknown) => {
    const labels = isObject(row) ? labelsOf(row.metric) : undefined;
    return isObject(row) && labels !== undefined ? make(labels, row) : [];
  });
  return { series, warnings: Array.isArray(warnings) ? warnings.map(String) : [] };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function labelsOf(metric: unknown): SeriesLabels | undefined {
  if (!isObject(metric)) return undefined;
  return Object.fromEntries(Object.entries(metric).map(([label, value]) => [label, String(value)]));
}

/** `[1714000000.123, "42"]`; `NaN`, `+Inf` and `-Inf` are no numbers that could be shown or sorted. */
function pointOf(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [at, number] = [Number(value[0]), Number(value[1])];
  return Number.isFinite(at) && Number.isFinite(number) ? [at, number] : undefined;
}
