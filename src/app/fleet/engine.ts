import { type CaptureProblem, isProblem } from '../../capture/problem.ts';
import { problemText } from '../../capture/problem-text.ts';
import type { Asked, Prometheus } from '../../capture/prometheus.ts';
import type { EpochMs } from '../../core/clock.ts';
import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import {
  type InstantSeries,
  parseInstant,
  parseRange,
  parseRefusal,
  type QueryAnswer,
  type RangeSeries,
} from '../../fleet/answer.ts';
import { systemClock } from '../../host/live-host.ts';

/** A stretch of time and the step through it, in epoch seconds. */
export interface Stretch {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly stepSeconds: number;
}

/** Clocks that differ by less are called alike: VictoriaMetrics answers for half a minute ago. */
const ALIKE_MS = 60_000;

/** An engine that is asked in PromQL. A query that fails is a value with a sentence, and ends nothing but itself. */
export class Engine {
  readonly #prometheus: Prometheus;
  #aheadMs = 0;

  constructor(prometheus: Prometheus) {
    this.#prometheus = prometheus;
  }

  /** How far its clock is ahead of this machine's; 0 where they agree, and until it has answered. */
  get aheadMs(): number {
    return Math.abs(this.#aheadMs) < ALIKE_MS ? 0 : this.#aheadMs;
  }

  /** Now, by the clock of what it tells. */
  get now(): EpochMs {
    return systemClock.now() + this.aheadMs;
  }

  /** How it is now. */
  async instant(query: string, signal: AbortSignal): Promise<Maybe<QueryAnswer<InstantSeries>>> {
    const answer = await this.#read({ query }, signal, parseInstant);
    if (!isMissing(answer) && answer.atSeconds !== undefined) {
      this.#aheadMs = answer.atSeconds * 1000 - systemClock.now();
    }
    return answer;
  }

  /** How it was over a stretch. */
  async range(query: string, stretch: Stretch, signal: AbortSignal): Promise<Maybe<QueryAnswer<RangeSeries>>> {
    return this.#read({ query, ...stretch }, signal, parseRange);
  }

  async #read<T>(asked: Asked, signal: AbortSignal, parse: (text: string) => Maybe<T>): Promise<Maybe<T>> {
    const answered = await this.#prometheus.ask(asked, signal);
    if (isProblem(answered)) {
      const denied = answered.problem === 'unauthorized' || answered.problem === 'forbidden';
      return missing(denied ? 'denied' : 'failed', engineProblemText(answered));
    }
    const refusal = parseRefusal(answered.text);
    if (refusal === undefined) return parse(answered.text);
    return missing('failed', `the engine refuses (${wordOf(refusal.kind)}): ${shortened(refusal.words)}`);
  }
}

/** Sentences for an engine where those for kubelet's profile would mislead. */
export function engineProblemText(found: CaptureProblem): string {
  const { problem, detail } = found;
  switch (problem) {
    case 'unauthorized':
      return `401 from ${detail}: give --token-file or --basic-auth-file.`;
    case 'forbidden':
      return `403 from ${detail}: known, but not allowed. A tenant may be wanted: --header 'X-Scope-OrgID: NAME'.`;
    case 'not-found':
      return `404 from ${detail}: no Prometheus API there. Mimir and VictoriaMetrics have a path before /api.`;
    case 'bad-status':
      return `unexpected answer: ${detail}.`;
    case 'too-large':
      return `${detail}: 32 MiB are taken at most; narrow it with --selector.`;
    case 'too-slow':
      return `no whole answer in time: ${detail}.`;
    case 'cut-short':
      return `the answer ended too early: ${detail}.`;
    case 'not-http':
      return `${detail} does not speak HTTP; with TLS the URL begins with https.`;
    case 'connection-refused':
      return `${detail} refuses the connection: nothing listens there.`;
    case 'tls-untrusted':
      return `the certificate is not trusted (${detail}): give its CA with --ca-file.`;
    case 'bad-url':
      return `--prometheus: ${detail}.`;
    case 'token-in-clear':
      return `the password or token would go to ${detail} unencrypted: use https or --via-kubectl.`;
    default:
      return problemText(found);
  }
}

/** Words of a server that may be shown: long ones may be what it was sent. */
function shortened(words: string): string {
  const line = words.replace(/[^\x20-\x7e]+/g, ' ').replace(/[\w+/=.-]{60,}/g, '...');
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}

function wordOf(kind: string): string {
  return /^[a-z_]{1,30}$/.test(kind) ? kind : 'error';
}
