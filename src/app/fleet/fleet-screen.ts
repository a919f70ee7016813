import { isMissing } from '../../core/missing.ts';
import { systemClock } from '../../host/live-host.ts';
import { drawFleet } from '../../views/fleet/draw.ts';
import type { FleetEffect, FleetMessage } from '../../views/fleet/message.ts';
import { nodeInFocus, nodesToRelieve, wantedNodes } from '../../views/fleet/rows.ts';
import { type FleetState, initialFleetState, NODE_SPANS } from '../../views/fleet/state.ts';
import { updateFleet } from '../../views/fleet/update.ts';
import { openLog } from '../base/error-log.ts';
import { type TerminalEffect, TerminalLoop, type UsableTerminal } from '../screen/terminal-loop.ts';
import type { FleetSettings } from './settings.ts';
import type { FleetSource } from './source.ts';

/** What the screen shows, and where it goes on to. */
export interface FleetScreenOptions {
  readonly settings: FleetSettings;
  readonly terminal: UsableTerminal;
  readonly source: FleetSource;
  /** Host and path of the engine, with the selector. */
  readonly shown: string;
  readonly demo: boolean;
  /** Writes the list to new files; the answer is their paths, or a sentence. */
  readonly exportList: (state: FleetState) => { readonly paths: readonly string[] } | { readonly failed: string };
}

type Effect = Exclude<FleetEffect, TerminalEffect>;

/** Runs the screen until it is left. The answer is the exit code, or the node whose live screen is wanted. */
export function runFleetScreen(options: FleetScreenOptions): Promise<number | { readonly live: string }> {
  return new FleetScreen(options).run();
}

class FleetScreen {
  readonly #options: FleetScreenOptions;
  readonly #loop: TerminalLoop<FleetState, FleetMessage, Effect>;
  /** What is being asked, by what it is about: a newer question ends an older one. */
  readonly #asked = new Map<string, AbortController>();
  #timer: NodeJS.Timeout | undefined;
  #live: string | undefined;

  constructor(options: FleetScreenOptions) {
    this.#options = options;
    const { settings, terminal, shown, demo } = options;
    this.#loop = new TerminalLoop({
      settings,
      terminal,
      log: openLog(settings.log),
      initial: (size, theme) =>
        initialFleetState({
          size,
          theme,
          intervalSeconds: settings.intervalSeconds,
          source: shown,
          demo,
          now: systemClock.now(),
          waveSize: settings.waveSize,
          limits: settings.thresholds,
        }),
      update: updateFleet,
      draw: drawFleet,
      onEffect: (effect) => this.#do(effect),
    });
  }

  async run(): Promise<number | { readonly live: string }> {
    const clock = setInterval(() => this.#loop.handle({ kind: 'clock', now: systemClock.now() }), 1000);
    this.#refresh();
    const code = await this.#loop.run();
    clearInterval(clock);
    clearTimeout(this.#timer);
    for (const asked of this.#asked.values()) asked.abort();
    for (const path of this.#loop.state.exported) process.stdout.write(`${path}\n`);
    return this.#live === undefined ? code : { live: this.#live };
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'set-interval':
        this.#wait(effect.seconds);
        break;
      case 'refresh':
        this.#refresh();
        break;
      case 'ask':
        this.#ask(effect.what);
        break;
      case 'export': {
        const written = this.#options.exportList(this.#loop.state);
        if ('failed' in written) this.#loop.handle({ kind: 'notice', text: written.failed, severity: 'warning' });
        else this.#loop.handle({ kind: 'exported', paths: written.paths });
        break;
      }
      case 'go-live':
        this.#live = effect.name;
        this.#loop.end(0);
    }
  }

  #wait(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), seconds * 1000);
  }

  /** Asks for the list; graphs and the silent nodes come after it and never hold it up. */
  #refresh(): void {
    const { source } = this.#options;
    clearTimeout(this.#timer);
    this.#loop.handle({ kind: 'refreshing' });
    this.#start('list', async (signal) => {
      const model = await source.list(this.#loop.state.tables.nodes.filter, signal);
      if (signal.aborted) return;
      this.#loop.handle({ kind: 'fleet', model });
      this.#wait(this.#loop.state.intervalSeconds);
      if (isMissing(model)) return;
      const graphs = await source.graphs(signal);
      if (signal.aborted) return;
      this.#loop.handle({ kind: 'graphs', graphs });
      const withSilent = await source.askForSilent(signal);
      if (withSilent !== undefined && !signal.aborted) this.#loop.handle({ kind: 'fleet', model: withSilent });
    });
  }

  #ask(what: Extract<Effect, { kind: 'ask' }>['what']): void {
    const { source } = this.#options;
    this.#start(what, async (signal) => {
      const message = await this.#answer(what, source, signal);
      if (message !== undefined && !signal.aborted) this.#loop.handle(message);
    });
  }

  async #answer(what: string, source: FleetSource, signal: AbortSignal): Promise<FleetMessage | undefined> {
    const { state } = this.#loop;
    switch (what) {
      case 'facts':
        return { kind: 'facts', facts: await source.facts(wantedNodes(state), signal) };
      case 'waves': {
        const facts = await source.facts(nodesToRelieve(state), signal);
        if (!signal.aborted) this.#loop.handle({ kind: 'facts', facts });
        return { kind: 'waves' };
      }
      case 'culprits':
        return { kind: 'culprits', culprits: await source.culprits(signal) };
      case 'events':
        return { kind: 'events', events: await source.events(signal) };
      default: {
        const node = nodeInFocus(state);
        if (node === undefined) return undefined;
        const span = NODE_SPANS[state.span] ?? NODE_SPANS[0];
        const [detail, facts] = await Promise.all([
          source.detail(node, span.seconds, signal),
          source.facts([node], signal),
        ]);
        if (!signal.aborted) this.#loop.handle({ kind: 'facts', facts });
        return { kind: 'detail', detail };
      }
    }
  }

  /** One question of each kind at a time: the newest. */
  #start(what: string, work: (signal: AbortSignal) => Promise<void>): void {
    this.#asked.get(what)?.abort();
    const asking = new AbortController();
    this.#asked.set(what, asking);
    work(asking.signal).catch((error: unknown) => {
      if (asking.signal.aborted) return;
      const text = error instanceof Error ? error.message : String(error);
      this.#loop.handle({ kind: 'notice', text, severity: 'warning' });
    });
  }
}
