import * as v from 'valibot';
import { DamagedBytes } from './byte-reader.ts';

/** The value in a JSON text of a recording; throws {@link DamagedBytes} where it is of another form. */
export function parseStoredJson<T>(schema: v.GenericSchema<unknown, T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DamagedBytes(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = v.safeParse(schema, json);
  if (!result.success) throw new DamagedBytes(v.summarize(result.issues));
  return result.output;
}
