import { errnoSentence } from '../../core/errno.ts';
import { openHost } from '../../host/open-host.ts';
import { MemoryRecording } from '../../recording/memory-recording.ts';
import { endAtBrokenPipe } from '../base/broken-pipe.ts';
import type { ExportFormat } from '../base/export-formats.ts';
import { CannotWrite, writeNewFile } from '../base/new-file.ts';
import { writeOwnFile } from '../base/own-file.ts';
import { printError } from '../base/print-error.ts';
import { recordingHeader } from '../base/recorder.ts';
import { type Captured, reportOf } from '../base/report-of.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { profileForReport } from '../captures/profile-for-report.ts';
import type { ProfileRequest } from '../captures/take-profile.ts';
import { collect, UserError } from '../children/collect.ts';
import { SecondSample } from '../children/second-sample.ts';
import { type RenderedExport, renderExports, writeExports } from '../export/export-files.ts';
import { CannotRedact } from '../export/redaction/cannot-redact.ts';
import { type Exportable, isProm, screenOf } from '../export/render-export.ts';

/** What `snapshot` was told. */
export interface SnapshotFlags {
  /** A file, `-` for standard output, or nothing for a new file in the export folder. */
  readonly output?: string;
  readonly format: ExportFormat;
  /** A profile that goes into it. */
  readonly profile?: ProfileRequest | undefined;
}

/** Samples once and writes a snapshot. The path of the file is printed; the answer is the exit code. */
export async function writeSnapshot(settings: Settings, flags: SnapshotFlags): Promise<number> {
  const { format } = flags;
  if (format === 'bundle' && flags.output === '-' && process.stdout.isTTY) {
    throw new WrongUsage('a bundle is no text for a terminal; give -o FILE, or send it somewhere');
  }
  endAtBrokenPipe();
  try {
    const rendered = await sampled(settings, format, await profileForReport(flags.profile));
    for (const { content } of rendered) if (flags.output === '-') process.stdout.write(content);
    if (flags.output !== '-') {
      for (const path of written(settings, flags.output, rendered)) process.stdout.write(`${path}\n`);
    }
    return EXIT.fine;
  } catch (error) {
    const known = error instanceof UserError || error instanceof CannotWrite || error instanceof CannotRedact;
    if (!known) throw error;
    printError(error.message);
    return EXIT.failed;
  }
}

/** Two samples, since the first has no rates, and what was read for them. */
async function sampled(
  settings: Settings,
  format: ExportFormat,
  captured: Captured,
): Promise<readonly RenderedExport[]> {
  const { origin } = openHost(settings.root);
  const recording = new MemoryRecording(recordingHeader(origin));
  let exportable: Exportable | undefined;
  const second = new SecondSample();
  await collect(
    settings,
    (observer) => {
      if (!second.take(observer.model)) return true;
      const report = reportOf(settings, observer, undefined, captured);
      exportable = { report, screen: screenOf(report, observer.history, origin.kind) };
      return false;
    },
    (chunk) => recording.append(chunk),
  );
  if (exportable === undefined) throw new UserError('ended before there was anything to write');
  return renderExports(settings, [format], exportable, recording);
}

function written(
  settings: Settings,
  output: string | undefined,
  rendered: readonly RenderedExport[],
): readonly string[] {
  if (output === undefined) return writeExports(settings.exportFolder, rendered);
  for (const { format, content } of rendered) {
    if (format === 'prom' && typeof content === 'string') replaceProm(output, content);
    else writeNewFile(output, content);
  }
  return [output];
}

/** Readable by the collector, which is another user; whole or not there at all. */
const COLLECTED_MODE = 0o644;

function replaceProm(path: string, text: string): void {
  const problem = writeOwnFile(path, text, COLLECTED_MODE, isProm);
  if (problem === undefined) return;
  if (problem === 'not-ours') throw new CannotWrite(`${path}: not a file of this program; left alone`);
  throw new CannotWrite(`${path}: ${errnoSentence(problem.errno)}`);
}
