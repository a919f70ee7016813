import { whyNoDrop } from '../../actions/drop-caches.ts';
import { systemErrorSentence } from '../../core/errno.ts';
import { isMissing } from '../../core/missing.ts';
import type { DropRequest, Note } from '../../core/note.ts';
import type { HostOrigin } from '../../host/host.ts';
import { systemClock } from '../../host/live-host.ts';
import { openHost } from '../../host/open-host.ts';
import { MemoryRecording } from '../../recording/memory-recording.ts';
import type { Tick } from '../../samplers/tick.ts';
import type { Distance, Effect } from '../../views/effect.ts';
import type { Configuration } from '../base/configuration.ts';
import { watchConfiguration } from '../base/configuration-watch.ts';
import { diagnosingObserver } from '../base/diagnosing-observer.ts';
import { type ErrorLog, openLog } from '../base/error-log.ts';
import { type ExportFormat, formatOfPath } from '../base/export-formats.ts';
import { Recorder, recordingHeader } from '../base/recorder.ts';
import { capturedOn, reportOf } from '../base/report-of.ts';
import type { Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import type { ProfileRequest } from '../captures/take-profile.ts';
import { samplerConfig, UserError } from '../children/collect.ts';
import { DropFollower } from '../children/drop/drop-follower.ts';
import { startDrop } from '../children/drop/dropper.ts';
import { OutcomeNotes } from '../children/drop/outcome-notes.ts';
import { nodeIdentity } from '../children/machine/machine.ts';
import { SamplerClient } from '../children/sampler/client.ts';
import { exportSnapshot } from '../export/export-snapshot.ts';
import { type IncidentWatch, incidentWatch } from './incident-watch.ts';
import { LiveCaptures } from './live-captures.ts';
import { LookBack } from './look-back.ts';
import { SamplerWatchdog } from './sampler-watchdog.ts';
import { ScreenLoop } from './screen-loop.ts';
import type { UsableTerminal } from './terminal-loop.ts';

/** Between two samples of the fast lane. */
const INTERVAL_SECONDS = 2;

/** What the machine is made of is asked when the screen has settled. */
const IDENTITY_AFTER_MS = 3000;

/** Runs the live screen in a terminal that is fit for one; the answer is the exit code. */
export async function runLive(settings: Settings, terminal: UsableTerminal, profile?: ProfileRequest): Promise<number> {
  return new Live(settings, terminal).run(profile);
}

class Live {
  #settings: Settings;
  readonly #origin: HostOrigin;
  readonly #log: ErrorLog;
  readonly #client: SamplerClient;
  readonly #loop: ScreenLoop;
  readonly #captures: LiveCaptures;
  readonly #observer = diagnosingObserver(() => thresholdsOf(this.#settings.thresholds));
  readonly #memory: MemoryRecording;
  readonly #lookBack: LookBack;
  readonly #recorder: Recorder | undefined;
  readonly #betweenTicks: SamplerWatchdog;
  readonly #outcomes: OutcomeNotes;
  readonly #follower = new DropFollower((command) => this.#client.send(command));
  #failure: string | undefined;
  #looking: Promise<void> = Promise.resolve();
  #exporting: Promise<void> = Promise.resolve();
  readonly #incidents: IncidentWatch | undefined;

  constructor(settings: Settings, terminal: UsableTerminal) {
    this.#settings = settings;
    this.#log = openLog(settings.log);
    this.#origin = openHost(settings.root).origin;
    this.#outcomes = new OutcomeNotes(this.#origin);
    const config = samplerConfig(settings, 'live', INTERVAL_SECONDS);
    // First of all: it starts while the screen is opened.
    this.#client = new SamplerClient(
      config,
      {
        onTick: (tick) => this.#tick(tick),
        onChunk: (chunk) => {
          this.#memory.append(chunk);
          this.#recorder?.take(chunk);
        },
        onDeath: (reason) => this.#samplerDied(reason),
        onFailed: (message) => this.#fail(message),
      },
      this.#log,
    );
    this.#memory = new MemoryRecording(recordingHeader(this.#origin));
    this.#lookBack = new LookBack(this.#memory, () => thresholdsOf(this.#settings.thresholds), {
      onMoment: (moment) => this.#loop.handle({ kind: 'past', moment }),
      onMissing: (reason) => this.#loop.notice(reason.detail ?? reason.unavailable),
    });
    this.#recorder = settings.record === undefined ? undefined : new Recorder();
    this.#incidents = incidentWatch(settings);
    const refused = whyNoDrop(this.#origin, settings.readOnly === true);
    this.#loop = new ScreenLoop({
      settings,
      terminal,
      origin: this.#origin,
      intervalSeconds: config.intervalSeconds,
      dropping: refused === undefined ? { kind: 'allowed' } : { kind: 'refused', reason: refused },
      log: this.#log,
      onEffect: (effect) => this.#do(effect),
    });
    this.#captures = new LiveCaptures(this.#loop, settings.root);
    this.#betweenTicks = new SamplerWatchdog({
      state: () => this.#loop.state,
      onSilent: (seconds) => this.#loop.handle({ kind: 'sampler-silent', seconds }),
      onMoving: (sinceModelSeconds) => this.#loop.handle({ kind: 'clock', sinceModelSeconds }),
      kill: () => this.#client.kill(),
    });
  }

  async run(profile: ProfileRequest | undefined): Promise<number> {
    const running = this.#loop.run();
    this.#betweenTicks.watch();
    if (this.#log.problem !== undefined) this.#loop.notice(this.#log.problem, 'warning');
    if (profile !== undefined) this.#captures.profile(profile);
    if (this.#settings.rootDetected) this.#loop.notice(`the node's root was found at ${this.#settings.root}`);
    await this.#openRecording();
    this.#askMachine();
    const stopWatching = watchConfiguration({
      files: this.#settings.files,
      reload: this.#settings.reload,
      onChange: (configuration) => this.#reconfigured(configuration),
      onWrong: (message) => this.#loop.notice(`${message}; what was configured before stays`, 'warning'),
    }).catch((error: unknown) => {
      const why = systemErrorSentence(error);
      if (why === undefined) throw error;
      this.#loop.notice(`the configuration is not watched: ${why}`, 'warning');
      return async () => {};
    });
    const code = await running;
    this.#betweenTicks.stop();
    await this.#captures.end();
    await this.#exporting;
    await this.#looking;
    this.#lookBack.leave();
    if (this.#recorder === undefined) this.#client.leave();
    else await this.#client.finish();
    await this.#recorder?.close();
    await (await stopWatching)();
    if (this.#failure !== undefined) throw new UserError(this.#failure);
    return code;
  }

  #do(effect: Exclude<Effect, { kind: 'quit' | 'suspend' | 'redraw' }>): void {
    switch (effect.kind) {
      case 'set-interval':
        this.#client.send({ kind: 'interval', seconds: effect.seconds });
        break;
      case 'read':
        this.#client.send({ kind: 'read', targets: effect.targets });
        break;
      case 'drop':
        this.#drop(effect.request);
        break;
      case 'export':
        this.#export();
        break;
      case 'trace':
        this.#captures.trace(effect);
        break;
      case 'cancel-trace':
        this.#captures.cancelTrace();
        break;
      case 'look':
        this.#look(effect.by);
    }
  }

  #tick(tick: Tick): void {
    if (this.#loop.state.samplerSilentSeconds !== undefined) this.#loop.handle({ kind: 'sampler-back' });
    if (this.#loop.state.paused === undefined) this.#lookBack.leave();
    const model = this.#observer.take(tick);
    this.#follower.take(model);
    const { diagnosis } = reportOf(this.#settings, this.#observer, model, capturedOn(this.#loop.state));
    this.#outcomes.take(model.drops, diagnosis.thresholds.noiseBytes);
    this.#loop.handle({ kind: 'model', model, history: this.#observer.history, diagnosis });
    this.#betweenTicks.heard();
    if (this.#incidents?.take(diagnosis.overall, model.instant.monotonicSeconds)) this.#export(['bundle']);
  }

  /** One after the other: each goes on from where the one before it leads. */
  #look(by: Distance): void {
    this.#looking = this.#looking.then(async () => {
      // The moment itself may be newer than the last piece of the recording, which comes every five seconds.
      if (!this.#lookBack.isLooking) await this.#client.flush();
      const { paused } = this.#loop.state;
      if (paused !== undefined) this.#lookBack.look(paused.model.instant, by);
    });
  }

  #samplerDied(reason: string): void {
    const monotonicSeconds = systemClock.monotonic();
    const seconds = this.#betweenTicks.silentSeconds;
    // The process that is started next puts it into its first tick, and so into the recording.
    this.#note({ kind: 'gap', at: systemClock.now(), monotonicSeconds, seconds });
    this.#loop.notice(`the sampler process ended (${reason}) and is started again`, 'warning');
  }

  #fail(message: string): void {
    this.#failure = message;
    this.#loop.end(1);
  }

  #note(note: Note): void {
    this.#client.send({ kind: 'note', note });
  }

  /** Once, when the first frames are there: it starts small programs and is of no use to a fixture. */
  #askMachine(): void {
    if (this.#origin.kind !== 'live') return;
    setTimeout(() => {
      nodeIdentity().then(
        (machine) => this.#loop.handle({ kind: 'machine', machine }),
        (error: Error) => {
          const why = systemErrorSentence(error) ?? error.message;
          this.#loop.notice(`what the machine is made of is not known: ${why}`);
        },
      );
    }, IDENTITY_AFTER_MS).unref();
  }

  async #openRecording(): Promise<void> {
    const { record } = this.#settings;
    if (record === undefined || this.#recorder === undefined) return;
    const stopped = (message: string) => this.#loop.notice(`not recorded: ${message}`, 'warning');
    const opened = await this.#recorder.open(record, recordingHeader(this.#origin), stopped);
    if (isMissing(opened)) stopped(opened.detail ?? opened.unavailable);
  }

  /** Applies what can change while the screen runs: rhythm, read-only, thresholds, where exports go. */
  #reconfigured(configuration: Configuration): void {
    const before = this.#settings;
    this.#settings = { ...before, ...configuration, root: before.root };
    const { delaySeconds } = configuration;
    if (delaySeconds !== undefined && delaySeconds !== before.delaySeconds) {
      this.#client.send({ kind: 'interval', seconds: delaySeconds });
      this.#loop.handle({ kind: 'interval', seconds: delaySeconds });
    }
    const refused = whyNoDrop(this.#origin, configuration.readOnly === true);
    const dropping =
      refused === undefined ? ({ kind: 'allowed' } as const) : ({ kind: 'refused', reason: refused } as const);
    this.#loop.handle({ kind: 'dropping', dropping });
    this.#loop.notice('the configuration was read again');
  }

  #drop(request: DropRequest): void {
    startDrop(this.#origin, request, {
      onNote: (note) => {
        this.#note(note);
        this.#loop.handle({ kind: 'drop-progress', note });
      },
      onNoted: (id, atEpochMs) => this.#outcomes.noted(id, atEpochMs),
      onNotNoted: (why) => this.#loop.notice(why, 'warning'),
    });
  }

  /** One after the other: two of the same moment must not take the same name. */
  #export(formats?: readonly ExportFormat[]): void {
    this.#exporting = this.#exporting.then(async () => {
      if (this.#settings.redact === true) this.#loop.notice('names are being replaced');
      // What is looked at may be newer than the last piece of the recording, which comes every five seconds.
      await this.#client.flush();
      const { state } = this.#loop;
      // An incident is now, whatever moment somebody looks back at.
      const screen = formats === undefined ? state : { ...state, paused: undefined };
      const looked = { screen, recording: this.#memory };
      const exported = await exportSnapshot(this.#settings, looked, formats);
      if ('failed' in exported) return this.#loop.notice(exported.failed, 'warning');
      for (const path of exported.paths) {
        this.#note({ kind: 'export', at: systemClock.now(), path, format: formatOfPath(path) });
      }
      this.#loop.exported(exported.paths);
    });
  }
}
