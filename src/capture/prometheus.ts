import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Credentials } from './credentials.ts';
import { get } from './http-get.ts';
import { type CaptureProblem, problem } from './problem.ts';
import { isLoopback } from './profile-source.ts';

/** What a Prometheus is asked with. */
export interface PrometheusOptions {
  /** Its base; the path of a Mimir (`/prometheus`) or VictoriaMetrics (`/select/0/prometheus`) stays. */
  readonly url: string;
  readonly credentials: Credentials;
  /** More of them: a tenant, for one. */
  readonly headers: Readonly<Record<string, string>>;
  /** After so long an answer is given up. */
  readonly mostSeconds: number;
  /** Asks by GET: a proxy of the API server wants another right for POST. */
  readonly byGet?: boolean;
}

/** A query at one moment, or over a stretch. */
export type Asked =
  | { readonly query: string; readonly atSeconds?: number }
  | { readonly query: string; readonly fromSeconds: number; readonly toSeconds: number; readonly stepSeconds: number };

/** What came back: the text of an answer, or of a refusal, that the caller reads. */
export interface Answered {
  readonly text: string;
}

/** The largest answer that is taken: one row on screen takes some 3 kB, and no query asks for all nodes' rows. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The list and what is on screen are asked for at once; an engine has more to do than answer us. */
const MOST_CONNECTIONS = 6;

/** Engines answer these with a JSON body that says why. */
const REFUSALS = [400, 422, 503];

/** The HTTP API of a Prometheus, or of what speaks like one. https://prometheus.io/docs/prometheus/latest/querying/api/ */
export class Prometheus {
  readonly #base: URL;
  readonly #options: PrometheusOptions;
  readonly #agent: HttpAgent;
  #bytes = 0;

  private constructor(base: URL, options: PrometheusOptions) {
    this.#base = base;
    this.#options = options;
    const kept = { keepAlive: true, maxSockets: MOST_CONNECTIONS };
    this.#agent = base.protocol === 'https:' ? new HttpsAgent(kept) : new HttpAgent(kept);
  }

  /** Checks the URL; nothing is sent yet. */
  static at(options: PrometheusOptions): Prometheus | CaptureProblem {
    if (!URL.canParse(options.url)) return problem('bad-url', 'it cannot be parsed');
    const base = new URL(options.url);
    if (base.protocol !== 'http:' && base.protocol !== 'https:') {
      return problem('bad-url', `http or https is needed, not ${base.protocol.slice(0, -1)}`);
    }
    if (base.username !== '' || base.password !== '') {
      return problem('bad-url', 'a name or password in a URL is visible to every user; use --basic-auth-file');
    }
    const secret = options.credentials.headers.authorization !== undefined;
    if (secret && base.protocol === 'http:' && !isLoopback(base)) return problem('token-in-clear', base.host);
    base.hash = '';
    base.search = '';
    base.pathname = base.pathname.replace(/\/*$/, '/');
    return new Prometheus(base, options);
  }

  /** Host and path, as they may be shown. */
  get shown(): string {
    return `${this.#base.host}${this.#base.pathname.replace(/\/$/, '')}`;
  }

  /** Bytes of all answers so far, unpacked. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Asks by POST, since a query with fifty names does not fit every proxy's line. */
  async ask(asked: Asked, signal: AbortSignal): Promise<Answered | CaptureProblem> {
    const { credentials, headers, mostSeconds } = this.#options;
    const ranged = 'stepSeconds' in asked;
    const form = new URLSearchParams({ query: asked.query });
    if (ranged) {
      form.set('start', String(asked.fromSeconds));
      form.set('end', String(asked.toSeconds));
      form.set('step', String(asked.stepSeconds));
    } else if (asked.atSeconds !== undefined) form.set('time', String(asked.atSeconds));
    let bytes = 0;
    const url = new URL(ranged ? 'api/v1/query_range' : 'api/v1/query', this.#base);
    if (this.#options.byGet === true) url.search = form.toString();
    const body = await get({
      url,
      shown: this.shown,
      credentials: { ...credentials, headers: { ...headers, ...credentials.headers } },
      mostBytes: MOST_BYTES,
      mostSeconds,
      signal,
      ...(this.#options.byGet === true ? {} : { form }),
      agent: this.#agent,
      takes: (status) => REFUSALS.includes(status),
      onBytes: (count) => {
        bytes = count;
      },
    });
    this.#bytes += bytes;
    return Buffer.isBuffer(body) ? { text: body.toString('utf8') } : body;
  }

  /** Closes the connections that are kept. */
  close(): void {
    this.#agent.destroy();
  }
}
