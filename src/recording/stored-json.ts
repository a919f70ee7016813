import * as v from 'valibot';
import { issueWithoutContent, parseJson } from '../core/json.ts';
import { isMissing } from '../core/missing.ts';
import { DamagedBytes } from './byte-reader.ts';

/** The value in a JSON text of a recording; throws {@link DamagedBytes}, which quotes nothing, for one of another form. */
export function parseStoredJson<T>(schema: v.GenericSchema<unknown, T>, text: string): T {
  const json = parseJson(text);
  if (isMissing(json)) throw new DamagedBytes(json.detail);
  const result = v.safeParse(schema, json.value);
  if (!result.success) throw new DamagedBytes(issueWithoutContent(result.issues[0]));
  return result.output;
}
