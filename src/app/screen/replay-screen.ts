import { isKnown, isMissing, type Maybe } from '../../core/missing.ts';
import type { DropRequest } from '../../core/note.ts';
import type { Model } from '../../model/model.ts';
import type { StoredRecording } from '../../recording/stored-recording.ts';
import type { Effect, ReplayWish } from '../../views/effect.ts';
import type { Dropping } from '../../views/state.ts';
import { openLog } from '../base/error-log.ts';
import { reportOf } from '../base/report-of.ts';
import type { Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { exportSnapshot } from '../export/export-snapshot.ts';
import { followFile } from '../replay/follow-file.ts';
import { Player, spanOf } from '../replay/player.ts';
import { ReplaySpeed } from '../replay/replay-speed.ts';
import { SLICE_MS, Slices } from '../replay/slices.ts';
import { timeOf } from '../replay/time-of.ts';
import { Bridge } from './bridge.ts';
import { ScreenLoop } from './screen-loop.ts';
import type { TerminalEffect, UsableTerminal } from './terminal-loop.ts';

/** How a recording is shown. */
export interface ReplayOptions {
  /** The recording's name, in messages and in the header of exports. */
  readonly name: string;
  readonly kind: 'replay' | 'demo';
  /** Where it begins; the beginning unless told. */
  readonly at: string | undefined;
  /** The file that is still written, and is to be followed. */
  readonly follow: string | undefined;
  readonly speed: number;
  /** Every frame is shown for so long, whatever time passed between them; undefined: as they were recorded. */
  readonly frameSeconds?: number;
  /** Begins again at the end. */
  readonly loops?: boolean;
  /** A drop that is asked for goes there and is played. */
  readonly dropAt?: number;
}

/** The demo stays on its last frame for so long before it begins again. */
const LOOP_WAIT_SECONDS = 5;

/** Why `s` runs no strace in a replay. */
const NOTHING_TRACED = 'a recording: nothing here can be traced';

/** What the demo begins with. */
const WELCOME =
  'a recorded incident, partly interpolated; nothing touches this machine; D plays the drop, ? lists keys';

/** Why nothing is dropped in a replay. */
const IN_REPLAY = 'a recording: nothing here reaches the node';

/** Shows a recording in a terminal that is fit for it; the answer is the exit code. */
export function runReplay(
  settings: Settings,
  terminal: UsableTerminal,
  recording: StoredRecording,
  options: ReplayOptions,
): Promise<number> {
  return new ReplayScreen(settings, terminal, recording, options).run();
}

class ReplayScreen {
  readonly #settings: Settings;
  readonly #recording: StoredRecording;
  readonly #options: ReplayOptions;
  readonly #player: Player;
  readonly #loop: ScreenLoop;
  readonly #bridge = new Bridge();
  readonly #speed: ReplaySpeed;
  readonly #slices = new Slices(() => this.#tell());
  #playing: boolean;
  #following: boolean;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: Settings, terminal: UsableTerminal, recording: StoredRecording, options: ReplayOptions) {
    this.#settings = settings;
    this.#recording = recording;
    this.#options = options;
    this.#speed = new ReplaySpeed(options.speed, options.frameSeconds);
    this.#following = options.follow !== undefined;
    this.#playing = options.kind === 'demo';
    this.#player = new Player(recording, options.name, thresholdsOf(settings.thresholds));
    const dropping: Dropping =
      options.dropAt === undefined ? { kind: 'refused', reason: IN_REPLAY } : { kind: 'rehearsal' };
    this.#loop = new ScreenLoop({
      settings,
      terminal,
      origin: { kind: 'replay', root: options.name },
      intervalSeconds: 1,
      dropping,
      log: openLog(settings.log),
      onEffect: (effect) => this.#do(effect),
    });
  }

  async run(): Promise<number> {
    const { at, follow } = this.#options;
    const from = at === undefined ? undefined : timeOf(at, this.#player);
    const running = this.#loop.run();
    if (this.#options.kind === 'demo') this.#loop.notice(WELCOME);
    if (follow !== undefined) this.#toTheEnd();
    else if (from !== undefined) this.#arrived(this.#player.jump(from));
    else this.#stepOn();
    if (this.#playing) this.#schedule();
    const stopFollowing =
      follow === undefined
        ? undefined
        : followFile(
            follow,
            () => this.#grown(),
            (message) => this.#loop.notice(message, 'warning'),
          );
    const code = await running;
    clearTimeout(this.#timer);
    this.#slices.stop();
    await (await stopFollowing)?.();
    this.#recording.close();
    return code;
  }

  #do(effect: Exclude<Effect, TerminalEffect>): void {
    if (effect.kind === 'replay') this.#wish(effect.wish);
    else if (effect.kind === 'drop') this.#rehearse(effect.request);
    else if (effect.kind === 'export') void this.#export();
    else if (effect.kind === 'trace') {
      this.#loop.handle({ kind: 'trace', trace: { running: undefined, result: undefined, failed: NOTHING_TRACED } });
    }
  }

  async #export(): Promise<void> {
    const looked = { screen: this.#loop.state, recording: this.#recording };
    const exported = await exportSnapshot(this.#settings, looked);
    if ('failed' in exported) this.#loop.notice(exported.failed, 'warning');
    else this.#loop.exported(exported.paths);
  }

  #wish(wish: ReplayWish): void {
    if (wish.kind === 'faster' || wish.kind === 'slower') {
      this.#speed.change(wish.kind);
      if (this.#playing) this.#schedule();
      this.#tell();
      return;
    }
    this.#following = false;
    this.#playing = wish.kind === 'play';
    clearTimeout(this.#timer);
    const at = this.#player.observer.model?.instant.at;
    if (at === undefined) return;
    switch (wish.kind) {
      case 'play':
        this.#fillOn();
        this.#startPlaying();
        return;
      case 'pause':
        this.#fillOn();
        this.#tell();
        return;
      case 'step':
        if (wish.steps < 0) this.#arrived(this.#player.previous());
        else this.#stepOn();
        return;
      case 'move':
        this.#arrived(this.#player.jump(at + wish.seconds * 1000));
        return;
      case 'go-to':
        this.#goTo(wish.text);
        return;
      case 'next-event':
        this.#toNextEvent();
        return;
      case 'previous-event':
        this.#toEventBefore();
        return;
    }
  }

  #goTo(text: string): void {
    try {
      this.#arrived(this.#player.jump(timeOf(text, this.#player)));
    } catch (error) {
      if (!(error instanceof WrongUsage)) throw error;
      this.#loop.notice(error.message, 'warning');
      this.#tell();
    }
  }

  #startPlaying(): void {
    if (isMissing(this.#player.peekNext())) this.#player.rewind();
    this.#schedule();
    this.#tell();
  }

  /** Waits until the next frame is due. */
  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#play(), this.#speed.waitSeconds(this.#player) * 1000);
  }

  /** Plays what is due: at high speeds several frames are read for one that is shown. */
  #play(): void {
    if (!this.#playing) return;
    // The graphs come first: keys answer meanwhile.
    if (this.#player.isFilling) {
      this.#timer = setTimeout(() => this.#play(), SLICE_MS);
      return;
    }
    const startMs = performance.now();
    let passedMs = 0;
    let isEnd: boolean;
    do {
      isEnd = isMissing(this.#player.next());
      passedMs += this.#speed.waitSeconds(this.#player) * 1000;
    } while (!isEnd && passedMs < SLICE_MS && performance.now() - startMs < SLICE_MS);
    if (!isEnd) {
      this.#show();
      this.#schedule();
      return;
    }
    this.#show();
    if (this.#options.loops) {
      this.#timer = setTimeout(
        () => {
          this.#player.rewind();
          this.#play();
        },
        (LOOP_WAIT_SECONDS / this.#speed.speed) * 1000,
      );
      return;
    }
    this.#playing = false;
    this.#tell();
    this.#loop.notice('the end of the recording; Space plays it from the beginning');
  }

  #stepOn(): void {
    const model = this.#player.stepOn();
    this.#arrived(model);
  }

  /** A jump: its model at once, its graphs gradually. */
  #arrived(model: Maybe<Model>): void {
    if (isMissing(model)) {
      this.#loop.notice(model.detail ?? model.unavailable);
      this.#tell();
      return;
    }
    this.#show();
    this.#fillOn();
    this.#tell();
  }

  /** Fills the graphs after a jump, in the place of any other work: a search is left off. */
  #fillOn(): void {
    this.#slices.run(() => {
      if (!this.#player.fill(SLICE_MS, () => performance.now())) return false;
      this.#show();
      return true;
    });
  }

  #toTheEnd(): void {
    const last = this.#player.last();
    this.#arrived(isMissing(last) ? last : this.#player.jump(last.at));
  }

  /** The followed file has grown. */
  #grown(): void {
    if (!this.#recording.refresh() || !this.#following) return;
    if (this.#player.observer.model === undefined) {
      this.#toTheEnd();
      return;
    }
    this.#slices.run(() => {
      if (!this.#player.fill(SLICE_MS, () => performance.now())) return false;
      const endMs = performance.now() + SLICE_MS;
      while (performance.now() < endMs) {
        if (isKnown(this.#player.next())) continue;
        this.#show();
        return true;
      }
      return false;
    });
  }

  #toNextEvent(): void {
    let before: number | undefined;
    this.#loop.notice('looking for the next event');
    this.#slices.run(() => {
      // Right after a jump, what happened before it is not known yet.
      if (!this.#player.fill(SLICE_MS, () => performance.now())) return false;
      before ??= this.#lastEventAt();
      const endMs = performance.now() + SLICE_MS;
      while (performance.now() < endMs) {
        const isEnd = isMissing(this.#player.next());
        if (!isEnd && this.#lastEventAt() === before) continue;
        this.#show();
        if (isEnd) this.#loop.notice('no event after this one');
        else this.#loop.handle({ kind: 'key', key: { name: 'escape', ctrl: false, shift: false } });
        return true;
      }
      return false;
    });
  }

  #lastEventAt(): number {
    return this.#player.observer.model?.events.at(-1)?.monotonicSeconds ?? Number.NEGATIVE_INFINITY;
  }

  #toEventBefore(): void {
    this.#player.fill(Number.POSITIVE_INFINITY, () => 0);
    const model = this.#player.observer.model;
    const now = model?.instant.monotonicSeconds ?? 0;
    const event = model?.events.findLast(({ monotonicSeconds }) => monotonicSeconds < now);
    if (event !== undefined) {
      this.#arrived(this.#player.jump(event.at));
      return;
    }
    this.#loop.notice('nothing happened in the hour before this');
    this.#tell();
  }

  #rehearse(request: DropRequest): void {
    const { dropAt } = this.#options;
    if (dropAt === undefined) return;
    const mode = request.mode === 2 && !request.sync ? '' : ' (what was recorded is drop_caches=2 without sync)';
    this.#loop.notice(`a rehearsal: the recorded drop is played, nothing is written${mode}`);
    this.#player.jump(dropAt - 1);
    this.#player.fill(Number.POSITIVE_INFINITY, () => 0);
    this.#show();
    this.#playing = true;
    this.#schedule();
    this.#tell();
  }

  #show(): void {
    const { observer } = this.#player;
    if (observer.model === undefined) return;
    const { model, history } = this.#bridge.over(observer.model, observer.history, this.#player.isFilling);
    const { diagnosis } = reportOf(this.#settings, observer);
    this.#loop.handle({ kind: 'model', model, history, diagnosis });
    const note = this.#noteOfDrop(model);
    if (note !== undefined) this.#loop.handle(note);
  }

  /** The dialog that watches a rehearsal is told which drop it is about, and how far that is. */
  #noteOfDrop(model: Model) {
    const drop = model.drops.at(-1);
    const { dialog } = this.#loop.state;
    if (drop === undefined || dialog?.kind !== 'drop-watch' || dialog.note?.phase === drop.phase) return undefined;
    const { id, request, phase, writeSeconds, startedAt } = drop;
    const note = { kind: 'drop', id, at: startedAt, request, phase, writeSeconds, rehearsal: true } as const;
    return { kind: 'drop-progress', note } as const;
  }

  #tell(): void {
    const span = spanOf(this.#player);
    if (isMissing(span)) return;
    const { header } = this.#recording;
    this.#loop.handle({
      kind: 'replay',
      replay: {
        name: this.#options.kind,
        playing: this.#playing,
        speed: this.#speed.speed,
        first: span.first.at,
        last: span.last.at,
        filling: this.#player.isFilling,
        following: this.#following,
        about: isMissing(header) ? undefined : header.about,
      },
    });
  }
}
