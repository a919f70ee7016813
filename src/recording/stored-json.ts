import * as v from 'valibot';
import { issueWithoutContent, parseJson } from '../core/json.ts';
import { isMissing, type Missing, REASONS } from '../core/missing.ts';
import type { Note } from '../core/note.ts';
import { DamagedBytes } from './bytes.ts';

/** The value in a JSON text of a recording; throws {@link DamagedBytes}, which quotes nothing, for one of another form. */
export function parseStoredJson<T>(schema: v.GenericSchema<unknown, T>, text: string): T {
  const json = parseJson(text);
  if (isMissing(json)) throw new DamagedBytes(json.detail);
  const result = v.safeParse(schema, json.value);
  if (!result.success) throw new DamagedBytes(issueWithoutContent(result.issues[0]));
  return result.output;
}

/** A {@link Missing} as JSON holds it. */
export const missingSchema: v.GenericSchema<unknown, Missing> = v.strictObject({
  unavailable: v.picklist(REASONS),
  detail: v.exactOptional(v.string()),
});

/** The notes of a frame as JSON holds them. */
export const notesSchema: v.GenericSchema<unknown, readonly Note[]> = v.array(
  v.variant('kind', [
    v.object({
      kind: v.literal('drop'),
      id: v.string(),
      at: v.number(),
      request: v.object({ mode: v.picklist([1, 2, 3]), sync: v.boolean() }),
      phase: v.picklist(['syncing', 'dropping', 'done', 'failed']),
      writeSeconds: v.union([v.number(), missingSchema]),
      error: v.exactOptional(v.string()),
      rehearsal: v.boolean(),
    }),
    v.object({ kind: v.literal('gap'), at: v.number(), monotonicSeconds: v.number(), seconds: v.number() }),
    v.object({ kind: v.literal('export'), at: v.number(), path: v.string(), format: v.string() }),
  ]),
);
