import { type Maybe, missing } from './missing.ts';

/**
 * The value in a JSON text; missing (`malformed`) where it is none. The parser of JavaScript quotes the text in its
 * message, and a text that is not JSON may be any file that somebody made this program read: only the place is told.
 */
export function parseJson(text: string): Maybe<{ readonly value: unknown }> {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, position] = /at position (\d+)/.exec(error.message) ?? [];
    if (position === undefined) return missing('malformed', text.trim() === '' ? 'it is empty' : 'it is not JSON');
    const line = text.slice(0, Number(position)).split('\n').length;
    return missing('malformed', `it is not JSON (line ${line})`);
  }
}

/** What a schema found, in the words of valibot. */
interface Issue {
  readonly path?: readonly { readonly key: unknown }[] | undefined;
  readonly expected: string | null;
  readonly message: string;
  readonly received: string;
}

/** The same of a value of another form than it must have: where, and what is expected there, and not what was found. */
export function issueWithoutContent({ path, expected, message, received }: Issue): string {
  const where = (path ?? []).map(({ key }) => String(key)).join('.');
  const said =
    expected === null && !message.includes(received) ? message : `${expected ?? 'another value'} is expected`;
  return where === '' ? said : `${where}: ${said}`;
}
