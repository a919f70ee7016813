import { problemText } from '../../capture/problem-text.ts';
import type { CaptureProgress } from '../../core/capture-progress.ts';
import { type ProfileState, shownProfile, type TraceState } from '../../views/capture-state.ts';
import type { Effect } from '../../views/effect.ts';
import type { Message } from '../../views/message.ts';
import type { State } from '../../views/state.ts';
import { type ProfileRequest, SERVER_UNCHECKED, takeProfile, uncheckedServer } from '../captures/take-profile.ts';
import { takeTrace } from '../captures/take-trace.ts';

/** The screen that captures are shown on. */
export interface CaptureScreen {
  readonly state: State;
  handle(message: Message): void;
}

/** Of the trace of every call; so much is read in a third of a second, in which the screen stands still. */
const MOST_TRACE_CHARACTERS = 4_000_000;

/** What the live screen captures on request: a profile when it starts, traces on a key. Ends with the screen. */
export class LiveCaptures {
  readonly #screen: CaptureScreen;
  readonly #hostRoot: string;
  readonly #ending = new AbortController();
  readonly #onExit = (): void => this.#abort();
  #tracing: AbortController | undefined;
  #running: Promise<unknown> = Promise.resolve();

  /** `hostRoot`: where the node's root is, whose strace is used if there is none here. */
  constructor(screen: CaptureScreen, hostRoot: string) {
    this.#screen = screen;
    this.#hostRoot = hostRoot;
    // Whatever ends this program, strace gets its signal first.
    process.once('exit', this.#onExit);
  }

  /** Takes a profile and shows it. */
  profile(request: ProfileRequest): void {
    const { from } = request;
    const origin = 'node' in from ? `node ${from.node}` : from.source;
    const show = (profile: ProfileState): void => this.#screen.handle({ kind: 'profile', profile });
    if (uncheckedServer(request)) {
      this.#screen.handle({ kind: 'notice', text: SERVER_UNCHECKED, severity: 'warning' });
    }
    show({ kind: 'loading', origin: originShown(origin), progress: undefined });
    const taken = takeProfile(request, {
      signal: this.#ending.signal,
      onProgress: (progress) => show({ kind: 'loading', origin: originShown(origin), progress }),
    });
    this.#after(taken, (profiled) =>
      show('failed' in profiled ? { kind: 'failed', reason: profiled.failed } : shownProfile(profiled)),
    );
  }

  /** Runs strace on kubelet; its progress and its result are shown. */
  trace({ pid, startTicks, seconds }: Extract<Effect, { kind: 'trace' }>): void {
    if (this.#tracing !== undefined) return;
    const tracing = new AbortController();
    this.#tracing = tracing;
    const show = (change: Partial<TraceState>): void =>
      this.#screen.handle({ kind: 'trace', trace: { ...this.#screen.state.trace, ...change } });
    const taken = takeTrace(
      { pid, startTicks, seconds, mostCharacters: MOST_TRACE_CHARACTERS, hostRoot: this.#hostRoot },
      {
        signal: tracing.signal,
        onProgress: (progress: CaptureProgress) => show({ running: { pid, progress, ending: tracing.signal.aborted } }),
      },
    );
    this.#after(taken, (traced) => {
      this.#tracing = undefined;
      if ('failed' in traced) show({ running: undefined, failed: traced.failed });
      else show({ running: undefined, failed: undefined, result: traced });
    });
  }

  /** Ends strace before its time. */
  cancelTrace(): void {
    this.#tracing?.abort();
  }

  /** Ends all that runs, and waits until kubelet is let go of. */
  async end(): Promise<void> {
    this.#abort();
    await this.#running;
    process.removeListener('exit', this.#onExit);
  }

  #abort(): void {
    this.#ending.abort();
    this.#tracing?.abort();
  }

  /** Nothing that a capture meets may end the screen. */
  #after<T>(
    work: Promise<T | { readonly failed: string }>,
    then: (result: T | { readonly failed: string }) => void,
  ): void {
    const done = work
      .catch((error: unknown) => ({
        failed: problemText({
          problem: 'program-failed',
          detail: error instanceof Error ? error.message : 'unknown error',
        }),
      }))
      .then(then);
    this.#running = Promise.all([this.#running, done]);
  }
}

/** Of a URL what is before its query: that may hold anything. */
function originShown(origin: string): string {
  return URL.canParse(origin) && origin.includes('://') ? new URL(origin).host + new URL(origin).pathname : origin;
}
