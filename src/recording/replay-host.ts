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
  readonly #readings: readonly Reading[];
  /** How many were asked for in the order in which they were recorded. */
  #asked = 0;
  /** Made when a question comes out of order; the next answer of each is at the end. */
  #answers: Map<string, Reading[]> | undefined;

  /** `root` is the recording's name. */
  constructor(run: Pick<RecordedRun, 'readings' | 'started'>, root: string) {
    this.origin = { kind: 'replay', root };
    this.clock = { now: () => run.started.at, monotonic: () => run.started.monotonicSeconds };
    this.#readings = run.readings;
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

  buildInfo(path: string): Reading {
    return this.#answer('buildInfo', path);
  }

  links(path: string): Reading {
    return this.#answer('links', path);
  }

  own(path: string): Reading {
    return this.#answer('own', path);
  }

  #answer(question: Question, path: string): Reading {
    if (this.#answers === undefined) {
      // The sampler that asked then asks now, so that this is nearly always the next one.
      const next = this.#readings[this.#asked];
      if (next !== undefined && next.question === question && next.path === path) {
        this.#asked += 1;
        return next;
      }
      this.#answers = this.#byQuestion();
    }
    const answers = this.#answers.get(keyOf(question, path));
    const next = answers !== undefined && answers.length > 1 ? answers.pop() : answers?.[0];
    return next ?? { question, path, errno: NOT_RECORDED };
  }

  #byQuestion(): Map<string, Reading[]> {
    const answers = new Map<string, Reading[]>();
    for (const reading of this.#readings.toReversed()) {
      const key = keyOf(reading.question, reading.path);
      const known = answers.get(key);
      if (known === undefined) answers.set(key, [reading]);
      else known.push(reading);
    }
    for (const { question, path } of this.#readings.slice(0, this.#asked)) {
      const known = answers.get(keyOf(question, path));
      if (known !== undefined && known.length > 1) known.pop();
    }
    return answers;
  }
}

function keyOf(question: Question, path: string): string {
  return `${question} ${path}`;
}
