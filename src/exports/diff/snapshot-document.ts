import * as v from 'valibot';
import { isMissing, type Maybe, missing, REASONS } from '../../core/missing.ts';
import { SEVERITIES, type Severity } from '../../core/severity.ts';
import type { FieldValue } from '../../format/fields.ts';

const finding = v.object({ id: v.string(), severity: v.picklist(SEVERITIES), title: v.string() });

/** One rule's answer, as far as it is compared. */
export type DocumentFinding = v.InferOutput<typeof finding>;

const schema = v.looseObject({
  schema: v.pipe(v.string(), v.regex(/^slabtop-k8s\/\d{1,4}$/)),
  at: v.pipe(v.string(), v.isoTimestamp()),
});

/** A JSON document of this tool that may have been written by another version of it: anything in it may be missing. */
export type SnapshotDocument = v.InferOutput<typeof schema>;

/** The document in a text; `--batch --json` prints one a line, of which the last counts. */
export function parseSnapshotDocument(text: string): Maybe<SnapshotDocument> {
  const json = jsonOf(text) ?? jsonOf(text.trim().split('\n').at(-1) ?? '');
  if (json === undefined) return missing('malformed', 'it is not JSON');
  const parsed = v.safeParse(schema, json);
  return parsed.success ? parsed.output : missing('malformed', 'it is JSON, but no document of slabtop-k8s');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The value at a dotted path; the reason that stands there or above it. */
export function valueAt(document: SnapshotDocument, path: string): FieldValue {
  const value = partAt(document, path);
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return reasonIn(value) ?? missing('absent', `this document has no ${path}`);
}

/** A number at a dotted path. */
export function numberAt(document: SnapshotDocument, path: string): Maybe<number> {
  const value = valueAt(document, path);
  if (isMissing(value) || typeof value === 'number') return value;
  return missing('malformed', `${path} is no number`);
}

/** The rows of a list at a dotted path; the reason where there is none. */
export function rowsAt(document: SnapshotDocument, path: string): Maybe<readonly Readonly<Record<string, unknown>>[]> {
  const value = partAt(document, path);
  if (!Array.isArray(value)) return reasonIn(value) ?? missing('absent', `this document has no ${path}`);
  return value.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
}

/** The findings; those of a later version that are of no known form are left out. */
export function findingsOf(document: SnapshotDocument): Maybe<readonly DocumentFinding[]> {
  const rows = rowsAt(document, 'findings');
  return isMissing(rows) ? rows : rows.flatMap((row) => (v.is(finding, row) ? [row] : []));
}

/** The verdict. */
export function overallOf(document: SnapshotDocument): Severity {
  const overall = valueAt(document, 'overall');
  return SEVERITIES.find((severity) => severity === overall) ?? 'unknown';
}

function partAt(document: SnapshotDocument, path: string): unknown {
  let value: unknown = document;
  for (const key of path.split('.')) {
    if (reasonIn(value) !== undefined || typeof value !== 'object' || value === null) break;
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}

const reason = v.object({ unavailable: v.picklist(REASONS), detail: v.optional(v.string()) });

function reasonIn(value: unknown) {
  if (!v.is(reason, value)) return undefined;
  return missing(value.unavailable, value.detail);
}
