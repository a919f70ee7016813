import { isMissing, type Maybe } from '../../core/missing.ts';
import type { HostOrigin } from '../../host/host.ts';
import { systemClock } from '../../host/live-host.ts';
import type { Chunk } from '../../recording/chunk.ts';
import { type FileWriter, openFileWriter } from '../../recording/file-writer.ts';
import type { RecordingHeader } from '../../recording/header.ts';

/** Where a recording goes, and how much of it is kept. */
export interface RecordOptions {
  readonly file: string;
  /** Begins a new file above this size. */
  readonly maxBytes?: number;
  /** How many older files are kept then. */
  readonly keepFiles?: number;
}

/** What a recording of this host is headed with. */
export function recordingHeader(origin: HostOrigin, about?: string): RecordingHeader {
  const unknown = { unavailable: 'warming-up', detail: 'stands in the first frame' } as const;
  return {
    toolVersion: __VERSION__,
    startedAt: systemClock.now(),
    origin: { kind: origin.kind, root: origin.root },
    node: { name: unknown, kernel: unknown },
    ...(about === undefined ? {} : { about }),
  };
}

/** Writes what the sampler process sends to a file. Chunks that come before the file is open are kept for it. */
export class Recorder {
  #writer: FileWriter | undefined;
  #waiting: Chunk[] = [];
  #stopped = false;

  /** Opens the file; the answer is the reason, in words, where that cannot be done. */
  async open(
    options: RecordOptions,
    header: RecordingHeader,
    onStopped: (message: string) => void,
  ): Promise<Maybe<true>> {
    const { file, ...limits } = options;
    const writer = await openFileWriter(file, header, {
      ...limits,
      onStopped: (message) => {
        this.#stopped = true;
        onStopped(message);
      },
    });
    if (isMissing(writer)) {
      this.#stopped = true;
      return writer;
    }
    this.#writer = writer;
    for (const chunk of this.#waiting.splice(0)) writer.write(chunk);
    return true;
  }

  /** Takes the next chunk. */
  take(chunk: Chunk): void {
    if (this.#stopped) return;
    if (this.#writer === undefined) this.#waiting.push(chunk);
    else this.#writer.write(chunk);
  }

  /** Ends the file. */
  async close(): Promise<void> {
    await this.#writer?.close();
  }
}
