/** Uids of pods, and every other UUID, in the spelling of either cgroup driver. */
const UUID = /[0-9a-f]{8}([-_])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}/gi;

/** Container ids and their short forms, uids of static pods, machine ids. */
const HEX = /(?<![0-9a-z])(pod)?([0-9a-f]{12,64})(?![0-9a-z])/gi;

/** The first digits of an id, as `git` and dashboards cut it; a number alone is none. */
const CUT = /(?<![0-9a-z])(?=[0-9]*[a-f])([0-9a-f]{8,11})(?![0-9a-z])/gi;

/** What every id has in it, and hardly any other text. */
const LIKE_AN_ID = /[0-9a-f]{8}/i;

/** An id of some other kind: a hash, a piece of one. Numbers in tables are no hash. */
const HASH = /^(?=[0-9]*[a-f])(?=[a-f]*[0-9])/i;

const CUT_LENGTH = 8;

/** The shortest form of a container's id that any program prints. */
const SHORT_ID = 12;

/**
 * Pseudonyms of ids, in their own form: a redacted cgroup path is still that of a container in a pod. The number stands
 * in the first digits of a container's id, so that short forms differ as well.
 */
export class IdPseudonyms {
  readonly #uids = new Map<string, string>();
  readonly #containers = new Map<string, string>();
  readonly #short = new Map<string, string>();
  /** By the first eight digits. */
  readonly #cut = new Map<string, string>();

  /** Learns the long container ids of a text. */
  learn(text: string): void {
    for (const [, , id] of text.matchAll(HEX)) if (id?.length === 64) this.#container(id);
    for (const [uid, separator = ''] of text.matchAll(UUID)) this.#uid(uid.replaceAll(separator, ''), separator);
  }

  /** The text with all ids replaced. */
  replace(text: string): string {
    if (!LIKE_AN_ID.test(text)) return text;
    return text
      .replace(UUID, (uid, separator: string) => this.#uid(uid.replaceAll(separator, ''), separator))
      .replace(HEX, (all, pod: string | undefined, id: string) => {
        const pseudonym = this.#hex(id);
        return pseudonym === undefined ? all : `${pod ?? ''}${pseudonym}`;
      })
      .replace(CUT, (all) => this.#cut.get(all.slice(0, CUT_LENGTH).toLowerCase())?.slice(0, all.length) ?? all);
  }

  /** How many of each there were. */
  counts(): { readonly podUid: number; readonly containerId: number } {
    return { podUid: this.#uids.size, containerId: this.#containers.size };
  }

  #hex(id: string): string | undefined {
    if (id.length === 64) return this.#container(id);
    if (id.length === 32) return this.#uid(id, '');
    const known = this.#short.get(id.slice(0, SHORT_ID).toLowerCase());
    if (known !== undefined) return known.slice(0, id.length);
    return HASH.test(id) ? this.#container(id).slice(0, id.length) : undefined;
  }

  #uid(digits: string, separator: string): string {
    const key = digits.toLowerCase();
    const number = (this.#uids.size + 1).toString(16).padStart(12, '0');
    const pseudonym = this.#uids.get(key) ?? `00000000000040008000${number}`;
    this.#uids.set(key, pseudonym);
    this.#cut.set(key.slice(0, CUT_LENGTH), pseudonym);
    if (separator === '') return pseudonym;
    const parts = [pseudonym.slice(0, 8), pseudonym.slice(8, 12), pseudonym.slice(12, 16), pseudonym.slice(16, 20)];
    return [...parts, pseudonym.slice(20)].join(separator);
  }

  #container(id: string): string {
    const key = id.toLowerCase();
    const known = this.#containers.get(key);
    if (known !== undefined) return known;
    const pseudonym = (this.#containers.size + 1).toString(16).padStart(SHORT_ID, '0').padEnd(64, '0');
    this.#containers.set(key, pseudonym);
    this.#short.set(key.slice(0, SHORT_ID), pseudonym);
    this.#cut.set(key.slice(0, CUT_LENGTH), pseudonym);
    return pseudonym;
  }
}
