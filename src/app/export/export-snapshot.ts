import { systemErrorSentence } from '../../core/errno.ts';
import { oneLine } from '../../core/printable.ts';
import type { RecordingSource } from '../../recording/recording-source.ts';
import { type State, shownDiagnosis, shownModel } from '../../views/state.ts';
import type { ExportFormat } from '../base/export-formats.ts';
import { CannotWrite } from '../base/new-file.ts';
import { capturedOn } from '../base/report-of.ts';
import type { Settings } from '../base/settings.ts';
import { renderExports, writeExports } from './export-files.ts';
import { CannotRedact } from './redaction/cannot-redact.ts';

/** What `e` writes unless it is configured: a page for the ticket, and the numbers for scripts. */
const ON_KEY: readonly ExportFormat[] = ['md', 'json'];

/** The files written, or why none could be. */
export type Exported = { readonly paths: readonly string[] } | { readonly failed: string };

/** What is looked at, and what it was made from. */
export interface Looked {
  readonly screen: State;
  readonly recording: RecordingSource;
}

/**
 * Writes what the screen shows, the moment looked back at included, to new files in the export folder: in the formats
 * that are configured unless others are given.
 */
export async function exportSnapshot(
  settings: Pick<Settings, 'thresholds' | 'redact' | 'exportFolder' | 'exportFormats'>,
  { screen, recording }: Looked,
  formats: readonly ExportFormat[] = settings.exportFormats ?? ON_KEY,
): Promise<Exported> {
  const model = shownModel(screen);
  const diagnosis = shownDiagnosis(screen);
  if (model === undefined || diagnosis === undefined) return { failed: 'nothing to export yet' };
  try {
    const report = { model, diagnosis, ...capturedOn(screen), toolVersion: __VERSION__ };
    const rendered = await renderExports(settings, formats, { report, screen }, recording);
    return { paths: writeExports(settings.exportFolder, rendered) };
  } catch (error) {
    if (error instanceof CannotWrite || error instanceof CannotRedact) return { failed: error.message };
    // An export is not what the program runs for: whatever happens to it, the rest goes on.
    const why = systemErrorSentence(error) ?? (error instanceof Error ? error.message : String(error));
    return { failed: oneLine(`nothing was exported: ${why}`) };
  }
}
