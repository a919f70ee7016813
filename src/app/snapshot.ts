import { knownOr } from '../core/missing.ts';
import { openHost } from '../host/open-host.ts';
import type { Observer } from '../model/observer.ts';
import { endAtBrokenPipe } from './broken-pipe.ts';
import { CannotSample, collect } from './collect.ts';
import { WrongUsage } from './configuration.ts';
import { freePath } from './export-snapshot.ts';
import { CannotWrite, writeNewFile } from './new-file.ts';
import { ENDINGS, type ExportFormat, FORMATS, renderExport, screenOf } from './render-export.ts';
import { reportOf } from './report-of.ts';
import { EXIT, type Setting } from './setting.ts';

/** What `snapshot` was told. */
export interface SnapshotFlags {
  /** A file, `-` for standard output, or nothing for a new file in the export folder. */
  readonly output?: string;
  readonly format: string;
}

/** Samples once and writes a snapshot. The path of the file is printed; the answer is the exit code. */
export async function writeSnapshot(setting: Setting, flags: SnapshotFlags): Promise<number> {
  const format = FORMATS.find((known) => known === flags.format);
  if (format === undefined) throw new WrongUsage(`--format ${flags.format}: one of ${FORMATS.join(', ')}`);
  endAtBrokenPipe();
  try {
    let text = '';
    let name = 'node';
    await collect(setting, (observer, ticks) => {
      if (ticks < 2) return true;
      text = rendered(setting, observer, format);
      name = knownOr(observer.model?.host.name ?? 'node', 'node');
      return false;
    });
    if (flags.output === '-') process.stdout.write(text);
    else {
      const path = flags.output ?? freePath(setting.exportFolder, name, new Date(), ENDINGS[format]);
      writeNewFile(path, text);
      process.stdout.write(`${path}\n`);
    }
    return EXIT.fine;
  } catch (error) {
    if (!(error instanceof CannotSample) && !(error instanceof CannotWrite)) throw error;
    process.stderr.write(`slabtop-k8s: ${error.message.split('\n', 1)[0]}\n`);
    return EXIT.failed;
  }
}

function rendered(setting: Setting, observer: Observer, format: ExportFormat): string {
  const report = reportOf(setting, observer);
  const screen = screenOf(report, observer.history, openHost(setting.root).origin.kind);
  return renderExport(format, { report, screen });
}
