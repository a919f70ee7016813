import type { Clock } from '../core/clock.ts';
import type { Reading } from '../core/reading.ts';
import type { HostOrigin, WaitingHost } from '../host/host.ts';

/** Passes every question to another host and keeps what it answered, in order. */
export class RecordingHost implements WaitingHost {
  readonly #host: WaitingHost;
  #readings: Reading[] = [];

  constructor(host: WaitingHost) {
    this.#host = host;
  }

  get origin(): HostOrigin {
    return this.#host.origin;
  }

  get clock(): Clock {
    return this.#host.clock;
  }

  atTick(tick: number): void {
    this.#host.atTick(tick);
  }

  /** The readings since the last call: those of the run that just ended. */
  takeReadings(): readonly Reading[] {
    const taken = this.#readings;
    this.#readings = [];
    return taken;
  }

  read(path: string): Reading {
    return this.#keep(this.#host.read(path));
  }

  timed(path: string): Reading {
    return this.#keep(this.#host.timed(path));
  }

  async timedLater(path: string): Promise<Reading> {
    return this.#keep(await this.#host.timedLater(path));
  }

  list(path: string): Reading {
    return this.#keep(this.#host.list(path));
  }

  dirs(path: string): Reading {
    return this.#keep(this.#host.dirs(path));
  }

  link(path: string): Reading {
    return this.#keep(this.#host.link(path));
  }

  buildInfo(path: string): Reading {
    return this.#keep(this.#host.buildInfo(path));
  }

  links(path: string): Reading {
    return this.#keep(this.#host.links(path));
  }

  own(path: string): Reading {
    return this.#keep(this.#host.own(path));
  }

  #keep(reading: Reading): Reading {
    this.#readings.push(reading);
    return reading;
  }
}
