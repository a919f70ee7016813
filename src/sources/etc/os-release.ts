import { type Maybe, missing } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { malformed, NO_ISSUES, quoted } from '../text.ts';

/** Which distribution this is. A line that is not there is `absent`. */
export interface OsRelease {
  /** In lower case: `centos`, `rhel`, `ubuntu`, `amzn`, `cos`. */
  readonly id: Maybe<string>;
  /** For people: `CentOS Linux 7 (Core)`. */
  readonly prettyName: Maybe<string>;
}

/**
 * Parses `/etc/os-release`, which is shell assignments:
 *
 *     PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
 *
 * https://man7.org/linux/man-pages/man5/os-release.5.html
 */
export function parseOsRelease(text: string): Parsed<OsRelease> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim());
    if (found?.[1] !== undefined && found[2] !== undefined) values.set(found[1], unquoted(found[2]));
  }
  if (values.size === 0) {
    return malformed(0, `expected assignments such as ID=debian, got ${quoted(text)}`);
  }
  const word = (name: string): Maybe<string> => values.get(name) ?? missing('absent', `no line ${name}`);
  return {
    value: { id: word('ID'), prettyName: word('PRETTY_NAME') },
    issues: NO_ISSUES,
  };
}

/** The value as a shell would see it; only the escapes that the format allows. */
function unquoted(word: string): string {
  const single = /^'(.*)'$/.exec(word)?.[1];
  if (single !== undefined) return single;
  const double = /^"(.*)"$/.exec(word)?.[1] ?? word;
  return double.replaceAll(/\\(["$`\\'])/g, '$1');
}
