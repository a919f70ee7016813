import { createHmac, randomBytes } from 'node:crypto';

/** Whether a request may go on, must bring other credentials, or has to wait since too many wrong ones came. */
export type Admission = 'admitted' | 'refused' | 'too-many';

/** Compares a password with a bcrypt hash; somewhere else than on the thread that answers, since it takes 0.1 to 0.4 s. */
export type ComparePassword = (password: string, hash: string) => Promise<boolean>;

/** Right pairs that are remembered; a scrape every few seconds then costs an HMAC instead of a bcrypt. */
const MOST_REMEMBERED = 100;

/** Comparisons that wait for their turn; with more of them somebody is guessing. */
const MOST_WAITING = 4;

/** After a wrong password the next comparison waits so long: at most two guesses a second. */
const AFTER_WRONG_MS = 500;

/** Compared in the place of a name that there is not, so that the time it takes tells no names. */
const NOBODY = `$2b$10$${'.'.repeat(53)}`;

/** Basic authentication against bcrypt hashes, one comparison at a time. */
export class BasicAuth {
  readonly #compare: ComparePassword;
  readonly #wait: (milliseconds: number) => Promise<void>;
  readonly #key = randomBytes(32);
  readonly #right = new Set<string>();
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(compare: ComparePassword, wait: (milliseconds: number) => Promise<void>) {
    this.#compare = compare;
    this.#wait = wait;
  }

  /** Decides on the value of an Authorization header. */
  async admit(header: string | undefined, users: Readonly<Record<string, string>>): Promise<Admission> {
    const given = credentialsOf(header);
    if (given === undefined) return 'refused';
    const hash = Object.hasOwn(users, given.name) ? users[given.name] : undefined;
    const pair = this.#digest(given.name, given.password, hash ?? '');
    if (hash !== undefined && this.#right.has(pair)) return 'admitted';
    if (this.#waiting >= MOST_WAITING) return 'too-many';
    const right = (await this.#inTurn(given.password, hash ?? NOBODY)) && hash !== undefined;
    if (!right) return 'refused';
    if (this.#right.size >= MOST_REMEMBERED) this.#right.clear();
    this.#right.add(pair);
    return 'admitted';
  }

  async #inTurn(password: string, hash: string): Promise<boolean> {
    this.#waiting += 1;
    const compared = this.#last.then(() => this.#compare(password, hash));
    // The next in turn waits for this one, however it ends, and longer after a wrong password.
    this.#last = compared.then(
      (right) => (right ? undefined : this.#wait(AFTER_WRONG_MS)),
      () => this.#wait(AFTER_WRONG_MS),
    );
    try {
      return await compared;
    } finally {
      this.#waiting -= 1;
    }
  }

  #digest(...parts: readonly string[]): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(parts)).digest('base64');
  }
}

function credentialsOf(header: string | undefined): { name: string; password: string } | undefined {
  const [, encoded] = /^basic ([A-Za-z0-9+/=]{1,1024})$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
