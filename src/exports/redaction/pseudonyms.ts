import { IdPseudonyms } from './id-pseudonyms.ts';
import { isDistinctive } from './vocabulary.ts';

/** What a name names; its pseudonym is this word and a number. */
export type NameKind = 'node' | 'namespace' | 'pod' | 'container' | 'workload' | 'cgroup';

/** How many of each kind were replaced. */
export type RedactionCounts = Readonly<Record<NameKind | 'podUid' | 'containerId', number>>;

/**
 * Stable pseudonyms of one export: whatever a name was replaced by once, it is replaced by everywhere. Names have to be
 * learned before the first text is redacted; ids are known by their form.
 */
export class Pseudonyms {
  readonly #names = new Map<string, string>();
  readonly #counts: Record<NameKind, number> = { node: 0, namespace: 0, pod: 0, container: 0, workload: 0, cgroup: 0 };
  readonly #ids = new IdPseudonyms();
  #pattern: RegExp | undefined;
  /** Short texts are paths, which come again with every sample. */
  #known = new Map<string, string>();

  /** The pseudonym of a name, made when it is met for the first time. */
  learn(kind: NameKind, name: string): string {
    const key = name.toLowerCase();
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    this.#counts[kind] += 1;
    const pseudonym = `${kind}-${this.#counts[kind]}`;
    this.#add(key, pseudonym);
    return pseudonym;
  }

  /** Has another spelling of a name stand for it: a host's short name, a process name that the kernel cut. */
  learnAlias(name: string, pseudonym: string): void {
    const key = name.toLowerCase();
    if (!this.#names.has(key)) this.#add(key, pseudonym);
  }

  /** Learns the ids in a text: short forms are known by the long one only, which may come later. */
  learnIds(text: string): void {
    this.#ids.learn(text);
  }

  /** The text with names and ids replaced. */
  text(text: string): string {
    if (text.length > LONGEST_KNOWN) return this.#replaced(text);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const replaced = this.#replaced(text);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(text, replaced);
    return replaced;
  }

  /** systemd writes `-` in the names of its units as `_`, or as `\x2d`. */
  #add(key: string, pseudonym: string): void {
    for (const dash of ['-', '_', '\\x2d']) {
      const written = key.replaceAll('-', dash);
      if (!this.#names.has(written)) this.#names.set(written, pseudonym);
    }
    this.#pattern = undefined;
    this.#known.clear();
  }

  #replaced(text: string): string {
    this.#pattern ??= patternOf([...this.#names.keys()].filter(isDistinctive));
    const renamed = text.replace(this.#pattern, (match) => this.#pseudonymOf(match));
    return this.#ids.replace(renamed);
  }

  /** The text with ids replaced alone: for tables of numbers whose words are the kernel's own. */
  ids(text: string): string {
    return this.#ids.replace(text);
  }

  /** How much was met so far. */
  counts(): RedactionCounts {
    return { ...this.#counts, ...this.#ids.counts() };
  }

  #pseudonymOf(match: string): string {
    const key = match.toLowerCase();
    const whole = this.#names.get(key);
    if (whole !== undefined) return whole;
    // A host name with its domain behind it.
    const name = [...this.#names.keys()].find((known) => key.startsWith(`${known}.`));
    return (name === undefined ? undefined : this.#names.get(name)) ?? match;
  }
}

/** What is kept of texts that were replaced: some 10 MB at most. */
const LONGEST_KNOWN = 400;
const MOST_KNOWN = 20_000;

/** Letters, digits and `_` do not end a name; `-`, `.` and `/` do, so that a name inside a longer one goes too. */
const NOT_BEFORE = '(?:(?<![A-Za-z0-9_])|(?<=\\\\x2d))';
const NOT_BEHIND = '(?![A-Za-z0-9_])';

/** The rest of a domain name; the suffix of a systemd unit is none. */
const DOMAIN = '(?:\\.(?!slice|scope|service|mount|socket|swap)[a-z][a-z0-9-]+)*';

function patternOf(names: readonly string[]): RegExp {
  if (names.length === 0) return /(?!)/g;
  const longestFirst = names
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&'));
  return new RegExp(`${NOT_BEFORE}(?:${longestFirst.join('|')})${DOMAIN}${NOT_BEHIND}`, 'gi');
}
