import { whyNoDrop } from '../actions/drop-caches.ts';
import { isMissing } from '../core/missing.ts';
import type { DropNote, DropRequest, Note } from '../core/note.ts';
import type { HostOrigin } from '../host/host.ts';
import { systemClock } from '../host/live-host.ts';
import { openHost } from '../host/open-host.ts';
import { Observer } from '../model/observer.ts';
import { MemoryRecording } from '../recording/memory-recording.ts';
import type { Tick } from '../samplers/tick.ts';
import { draw } from '../views/draw.ts';
import type { Effect } from '../views/effect.ts';
import type { Message } from '../views/message.ts';
import { openScreen, type Screen, type ScreenEnd } from '../views/screen.ts';
import { initialState, type State } from '../views/state.ts';
import type { TerminalDecision } from '../views/terminal/decide-terminal.ts';
import { update } from '../views/update.ts';
import { CannotSample, samplerConfig } from './collect.ts';
import type { Setting } from './command-line.ts';
import { followDrop, startDrop } from './drop/dropper.ts';
import { openLog } from './error-log.ts';
import { exportSnapshot } from './export-snapshot.ts';
import { forgetTerminal } from './forget-terminal.ts';
import { LookBack } from './look-back.ts';
import { Recorder, recordingHeader } from './recorder.ts';
import { SamplerClient } from './sampler/client.ts';

/** Between two samples of the fast lane. */
const INTERVAL_SECONDS = 2;

/** A sampler process that has said nothing for so many intervals, and at least for so long, is called silent. */
const SILENT_INTERVALS = 3;
const SILENT_SECONDS = 5;

/** One that stays silent is killed, and started again once the kernel lets it die. */
const KILL_AFTER_SECONDS = 60;

const SIZE_UNTIL_OPEN = { columns: 80, rows: 24 };

/** Runs the live screen in a terminal that is fit for one; the answer is the exit code. */
export async function runLive(
  setting: Setting,
  terminal: Extract<TerminalDecision, { kind: 'usable' }>,
): Promise<number> {
  const live = new Live(setting, terminal);
  return live.run();
}

class Live {
  readonly #setting: Setting;
  readonly #origin: HostOrigin;
  readonly #client: SamplerClient;
  readonly #observer = new Observer();
  readonly #recording: MemoryRecording;
  readonly #lookBack: LookBack;
  readonly #recorder: Recorder | undefined;
  readonly #unicode: boolean;
  readonly #colour: boolean;
  #state: State;
  #screen: Screen | undefined;
  #paintScheduled = false;
  #heardAt = systemClock.monotonic();
  #killedAt: number | undefined;
  #clock: NodeJS.Timeout | undefined;
  #end: (code: number) => void = () => {};
  #failure: string | undefined;

  constructor(setting: Setting, terminal: Extract<TerminalDecision, { kind: 'usable' }>) {
    this.#setting = setting;
    this.#origin = openHost(setting.root).origin;
    this.#recorder = setting.record === undefined ? undefined : new Recorder();
    this.#unicode = terminal.unicode && setting.ascii !== true;
    this.#colour = terminal.colour && setting.color !== false;
    const config = samplerConfig(setting, 'live', INTERVAL_SECONDS);
    // First of all: it starts while the screen is opened.
    this.#client = new SamplerClient(
      config,
      {
        onTick: (tick) => this.#tick(tick),
        onChunk: (chunk) => {
          this.#recording.append(chunk);
          this.#recorder?.take(chunk);
        },
        onDeath: (reason) => this.#samplerDied(reason),
        onFailed: (message) => this.#fail(message),
      },
      openLog(setting.log),
    );
    this.#recording = new MemoryRecording(recordingHeader(this.#origin));
    this.#lookBack = new LookBack(this.#recording);
    const refused = whyNoDrop(this.#origin, setting.readOnly === true);
    this.#state = initialState({
      size: SIZE_UNTIL_OPEN,
      theme: { unicode: this.#unicode, colour: this.#colour, graph: this.#unicode ? 'braille' : 'ascii' },
      intervalSeconds: config.intervalSeconds,
      dropping: refused === undefined ? { kind: 'allowed' } : { kind: 'refused', reason: refused },
      origin: this.#origin.kind,
    });
  }

  async run(): Promise<number> {
    const ended = new Promise<number>((settle) => {
      this.#end = settle;
    });
    const screen = await openScreen({
      input: process.stdin,
      output: process.stdout,
      unicode: this.#unicode,
      colour: this.#colour,
      after: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds);
        return () => clearTimeout(timer);
      },
      forgetTerminal,
      onKey: (key) => this.#handle({ kind: 'key', key }),
      onResize: (size) => this.#handle({ kind: 'resize', size }),
      onEnd: (end) => this.#screenEnded(end),
    });
    this.#screen = screen;
    this.#clock = setInterval(() => this.#second(), 1000);
    if (this.#failure !== undefined) this.#end(1);
    this.#handle({ kind: 'resize', size: screen.size() });
    await this.#openRecording();
    if (this.#setting.rootDetected) this.#notice(`the node's root was found at ${this.#setting.root}`, 'info');
    const code = await ended;
    clearInterval(this.#clock);
    this.#client.leave();
    await screen.close();
    await this.#recorder?.close();
    for (const { path } of this.#state.exported) process.stdout.write(`${path}\n`);
    if (this.#failure !== undefined) throw new CannotSample(this.#failure);
    return code;
  }

  #handle(message: Message): void {
    const { state, effects } = update(this.#state, message);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#paintSoon();
  }

  #paintSoon(): void {
    if (this.#paintScheduled || this.#screen === undefined) return;
    this.#paintScheduled = true;
    setImmediate(() => {
      this.#paintScheduled = false;
      const { lines, cursor, chart } = draw(this.#state);
      this.#screen?.showChart(chart);
      this.#screen?.paint(lines, cursor);
    });
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'quit':
        return this.#end(0);
      case 'suspend':
        return this.#screen?.suspend();
      case 'redraw':
        return this.#screen?.redraw();
      case 'set-interval':
        return this.#client.send({ kind: 'interval', seconds: effect.seconds });
      case 'read':
        return this.#client.send({ kind: 'read', targets: effect.targets });
      case 'drop':
        return this.#drop(effect.request);
      case 'export':
        return this.#export();
      case 'look': {
        const model = this.#lookBack.look(effect.from, effect.by);
        if (isMissing(model)) this.#notice(model.detail ?? model.unavailable, 'info');
        else this.#handle({ kind: 'past', model });
      }
    }
  }

  #tick(tick: Tick): void {
    this.#heardAt = systemClock.monotonic();
    this.#killedAt = undefined;
    if (this.#state.samplerSilentSeconds !== undefined) this.#handle({ kind: 'sampler-back' });
    const model = this.#observer.take(tick);
    this.#handle({ kind: 'model', model, history: this.#observer.history });
  }

  /** What passes between ticks: a read in flight grows, a silent sampler process is noticed. */
  #second(): void {
    const silentSeconds = systemClock.monotonic() - this.#heardAt;
    const limit = Math.max(SILENT_SECONDS, SILENT_INTERVALS * this.#state.intervalSeconds);
    if (silentSeconds > limit) {
      this.#handle({ kind: 'sampler-silent', seconds: silentSeconds });
      if (silentSeconds > limit + KILL_AFTER_SECONDS && this.#killedAt === undefined) {
        this.#killedAt = systemClock.monotonic();
        this.#client.kill();
      }
    }
    const moving = this.#state.model?.probes.inFlight !== undefined || this.#state.dialog?.kind === 'drop-watch';
    if (moving) this.#handle({ kind: 'clock', sinceModelSeconds: silentSeconds });
  }

  #samplerDied(reason: string): void {
    const now = { at: systemClock.now(), monotonicSeconds: systemClock.monotonic() };
    this.#observer.gap(now, now.monotonicSeconds - this.#heardAt);
    this.#notice(`the sampler process ended (${reason}) and is started again`, 'warning');
  }

  #fail(message: string): void {
    this.#failure = message;
    this.#end(1);
  }

  #screenEnded(end: ScreenEnd): void {
    this.#end(end.exitCode);
  }

  #notice(text: string, severity: 'info' | 'warning'): void {
    this.#handle({ kind: 'notice', text, severity });
  }

  #note(note: Note): void {
    this.#client.send({ kind: 'note', note });
  }

  async #openRecording(): Promise<void> {
    const { record } = this.#setting;
    if (record === undefined || this.#recorder === undefined) return;
    const stopped = (message: string) => this.#notice(`recording stopped: ${message}`, 'warning');
    const opened = await this.#recorder.open(record, recordingHeader(this.#origin), stopped);
    if (isMissing(opened)) stopped(opened.detail ?? opened.unavailable);
  }

  #drop(request: DropRequest): void {
    startDrop(this.#setting.root, request, (note: DropNote) => {
      this.#note(note);
      this.#handle({ kind: 'drop-progress', note });
      if (note.phase === 'done') followDrop((command) => this.#client.send(command));
    });
  }

  #export(): void {
    const exported = exportSnapshot(this.#setting, this.#observer, this.#state);
    if ('failed' in exported) return this.#notice(exported.failed, 'warning');
    for (const path of exported.paths) {
      const at = systemClock.now();
      this.#note({ kind: 'export', at, path, format: path.slice(path.lastIndexOf('.') + 1) });
      this.#handle({ kind: 'exported', path, at });
    }
  }
}
