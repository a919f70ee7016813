import type { Note } from '../../core/note.ts';
import type { HostOrigin } from '../../host/host.ts';
import { systemClock } from '../../host/live-host.ts';
import type { Chunk } from '../../recording/chunk.ts';
import { MemoryRecording } from '../../recording/memory-recording.ts';
import type { Tick } from '../../samplers/tick.ts';
import { diagnosingObserver } from '../base/diagnosing-observer.ts';
import { printError } from '../base/print-error.ts';
import { recordingHeader } from '../base/recorder.ts';
import { reportOf } from '../base/report-of.ts';
import type { Settings } from '../base/settings.ts';
import { exportSnapshot } from '../export/export-snapshot.ts';
import { screenOf } from '../export/render-export.ts';
import { type IncidentWatch, incidentWatch } from './incident-watch.ts';

/** Writes bundles of incidents where nobody looks at a screen, if the settings ask for it. */
export function incidentKeeper(
  settings: Settings,
  origin: HostOrigin,
  sampler: SamplerOfIncidents,
): IncidentKeeper | undefined {
  const watch = incidentWatch(settings);
  return watch === undefined ? undefined : new IncidentKeeper(settings, origin, watch, sampler);
}

/** What is asked of the sampler process meanwhile. */
interface SamplerOfIncidents {
  /** All that was read is handed over when this is done. */
  flush(): Promise<void>;
  /** Has a note recorded. */
  note(note: Note): void;
}

/** Follows what is recorded, and keeps the last hour in memory for the bundle of an incident. */
class IncidentKeeper {
  readonly #settings: Settings;
  readonly #origin: HostOrigin;
  readonly #watch: IncidentWatch;
  readonly #sampler: SamplerOfIncidents;
  readonly #observer = diagnosingObserver();
  readonly #memory: MemoryRecording;
  #writing: Promise<void> = Promise.resolve();

  constructor(settings: Settings, origin: HostOrigin, watch: IncidentWatch, sampler: SamplerOfIncidents) {
    this.#settings = settings;
    this.#origin = origin;
    this.#watch = watch;
    this.#sampler = sampler;
    this.#memory = new MemoryRecording(recordingHeader(origin));
  }

  /** Takes what was read. */
  take(chunk: Chunk): void {
    this.#memory.append(chunk);
  }

  /** Takes a tick; a bundle is written beside whatever goes on. */
  tick(tick: Tick): void {
    const model = this.#observer.take(tick);
    const report = reportOf(this.#settings, this.#observer);
    if (!this.#watch.take(report.diagnosis.overall, model.instant.monotonicSeconds)) return;
    const screen = screenOf(report, this.#observer.history, this.#origin.kind);
    this.#writing = this.#writing.then(() => this.#write(screen));
  }

  /** What is being written is done. */
  async finish(): Promise<void> {
    await this.#writing;
  }

  async #write(screen: ReturnType<typeof screenOf>): Promise<void> {
    await this.#sampler.flush();
    const looked = { screen, recording: this.#memory };
    const exported = await exportSnapshot(this.#settings, looked, ['bundle']);
    if ('failed' in exported) {
      printError(`the bundle of an incident: ${exported.failed}`);
      return;
    }
    for (const path of exported.paths) {
      printError(`an incident was kept: ${path}`);
      this.#sampler.note({ kind: 'export', at: systemClock.now(), path, format: 'bundle' });
    }
  }
}
