import { type Maybe, missing } from '../core/missing.ts';

/** One matcher of PromQL: `cluster="prod"`. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/**
 * Parses `cluster="prod", zone=~"eu-.*"`, with or without braces. What a person wrote is never pasted into a query: it
 * is read as matchers and written again by {@link printMatchers}.
 */
export function parseSelector(text: string): Maybe<readonly Matcher[]> {
  const inside = text.trim().replace(/^\{(.*)\}$/s, '$1');
  const matchers: Matcher[] = [];
  let rest = inside.trim();
  while (rest !== '') {
    const found = MATCHER.exec(rest);
    if (found === null) return missing('malformed', `at ${JSON.stringify(rest.slice(0, 40))}: LABEL="VALUE" is wanted`);
    const [whole, label = '', operator = '=', quoted = '""'] = found;
    const value = unquoted(quoted);
    if (value === undefined) return missing('malformed', `${quoted} is no string that can be read`);
    matchers.push({ label, operator: operator as Matcher['operator'], value });
    rest = rest.slice(whole.length).trimStart();
    if (rest === '') break;
    if (!rest.startsWith(',')) return missing('malformed', `a comma is wanted at ${JSON.stringify(rest.slice(0, 40))}`);
    rest = rest.slice(1).trimStart();
  }
  return matchers;
}

const MATCHER = /^([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*")/;

/** Matchers between braces; nothing where there are none. */
export function printMatchers(matchers: readonly Matcher[]): string {
  if (matchers.length === 0) return '';
  return `{${matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`).join(',')}}`;
}

/** A matcher for any of these values, as whole words. */
export function anyOf(label: string, values: readonly string[]): Matcher {
  return { label, operator: '=~', value: values.map(escapeRegex).join('|') };
}

/** A matcher for values that contain a text, in whatever case. */
export function containing(label: string, text: string): Matcher {
  return { label, operator: '=~', value: `(?i).*${escapeRegex(text)}.*` };
}

/** RE2 of Go, which engines match with, takes the same escapes. */
function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** PromQL's strings have Go's escapes; JSON's are among them. */
function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
