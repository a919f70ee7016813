import { diagnosingObserver } from '../../../src/app/base/diagnosing-observer.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import type { Chunk } from '../../../src/recording/chunk.ts';
import { MemoryRecording } from '../../../src/recording/memory-recording.ts';
import type { Tick } from '../../../src/samplers/tick.ts';
import { draw } from '../../../src/views/draw.ts';
import type { Message } from '../../../src/views/message.ts';
import { PANES } from '../../../src/views/panes.ts';
import { initialState, type State } from '../../../src/views/state.ts';
import { update } from '../../../src/views/update.ts';

/** No fewer points than a graph keeps. */
const POINTS_OF_GRAPH = 7200;

/** What the screen's process does, up to the lines that it would paint. */
export class DayScreen {
  readonly #observer = diagnosingObserver();
  readonly #memory = new MemoryRecording({
    toolVersion: 'bench',
    startedAt: 0,
    origin: { kind: 'fixture', root: '/' },
    node: { name: 'node-generated', kernel: '4.4.155' },
  });
  #state: State = initialState({
    size: { columns: 160, rows: 45 },
    theme: { unicode: true, colour: true, graph: 'braille' },
    intervalSeconds: 20,
    dropping: { kind: 'allowed' },
    origin: 'fixture',
  });

  /**
   * Fills the graphs, after the first tick, with a gap as long as they are: their memory is taken once but touched point
   * by point, so that a graph which fills would pass for a leak.
   */
  fillGraphs(fromSeconds: number, untilSeconds: number): void {
    const stepSeconds = (untilSeconds - fromSeconds) / (POINTS_OF_GRAPH + 1);
    for (let point = 1; point <= POINTS_OF_GRAPH; point += 1) {
      this.#observer.history.gap(fromSeconds + point * stepSeconds);
    }
  }

  /** Takes what is recorded, of which it keeps the last hour. */
  keep(chunk: Chunk): void {
    this.#memory.append(chunk);
  }

  /** Takes a tick and draws it, in another pane each time; the answer is how many lines that made. */
  show(tick: Tick): number {
    const pane = PANES[tick.tick % PANES.length];
    if (pane !== undefined) {
      const key = { name: pane.digit, char: pane.digit, ctrl: false, shift: false };
      this.#handle({ kind: 'key', key });
    }
    const model = this.#observer.take(tick);
    const { history } = this.#observer;
    this.#handle({ kind: 'model', model, history, diagnosis: diagnose(model, history, DEFAULT_THRESHOLDS) });
    return draw(this.#state).lines.length;
  }

  #handle(message: Message): void {
    this.#state = update(this.#state, message).state;
  }
}
