import type { Clock } from '../core/clock.ts';
import { NOT_RECORDED, type Question, type Reading } from '../core/reading.ts';
import type { Host, HostOrigin } from '../host/host.ts';
import type { RecordedRun } from './frame.ts';

/**
 * Answers from one recorded run. A question that the run asked twice gets its answers in their order, and the last one
 * from then on; one that it did not ask is {@link NOT_RECORDED}: a later version asks more than an old recording has.
 */
export class ReplayHost implements Host {
  readonly origin: HostOrigin;
  /** Stands still at the run's beginning. */
  readonly clock: Clock;
  readonly #answers = new Map<string, Reading[]>();

  /** `root` is the recording's name. */
  constructor(run: Pick<RecordedRun, 'readings' | 'started'>, root: string) {
    this.origin = { kind: 'replay', root };
    this.clock = { now: () => run.started.at, monotonic: () => run.started.monotonicSeconds };
    // Backwards, so that the next answer is the one at the end.
    for (const reading of run.readings.toReversed()) {
      const key = keyOf(reading.question, reading.path);
      const answers = this.#answers.get(key);
      if (answers === undefined) this.#answers.set(key, [reading]);
      else answers.push(reading);
    }
  }

  /** A run belongs to one tick. */
  atTick(): void {}

  read(path: string): Reading {
    return this.#answer('read', path);
  }

  timed(path: string): Reading {
    return this.#answer('timed', path);
  }

  list(path: string): Reading {
    return this.#answer('list', path);
  }

  dirs(path: string): Reading {
    return this.#answer('dirs', path);
  }

  link(path: string): Reading {
    return this.#answer('link', path);
  }

  links(path: string): Reading {
    return this.#answer('links', path);
  }

  own(path: string): Reading {
    return this.#answer('own', path);
  }

  #answer(question: Question, path: string): Reading {
    const answers = this.#answers.get(keyOf(question, path));
    const next = answers !== undefined && answers.length > 1 ? answers.pop() : answers?.[0];
    return next ?? { question, path, errno: NOT_RECORDED };
  }
}

function keyOf(question: Question, path: string): string {
  return `${question} ${path}`;
}
