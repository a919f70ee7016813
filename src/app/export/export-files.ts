import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { knownOr } from '../../core/missing.ts';
import type { RecordingSource } from '../../recording/recording-source.ts';
import { ENDINGS, type ExportFormat } from '../base/export-formats.ts';
import { exportName, writeNewFile } from '../base/new-file.ts';
import type { Settings } from '../base/settings.ts';
import { lastHour } from './bundle/last-hour.ts';
import type { BundleSource } from './bundle/make-bundle.ts';
import { type Exportable, renderExport } from './render-export.ts';

/** One export, ready to be written. */
export interface RenderedExport {
  readonly format: ExportFormat;
  readonly content: string | Uint8Array;
  /** The name of the node, or its pseudonym. */
  readonly node: string;
  readonly at: Date;
}

/**
 * Renders a moment in several formats. What is redacted is made once for all of them, so that a name has one
 * pseudonym. Archives and redaction are loaded only where they are asked for.
 */
export async function renderExports(
  settings: Pick<Settings, 'thresholds' | 'redact'>,
  formats: readonly ExportFormat[],
  exportable: Exportable,
  whole: RecordingSource,
): Promise<readonly RenderedExport[]> {
  const recording = lastHour(whole, exportable.report.model.instant.at);
  const source = settings.redact === true ? await redacted() : { exportable, recording, redacted: [] };
  const { model } = source.exportable.report;
  const node = knownOr(model.host.name, 'node');
  const at = new Date(model.instant.at);
  const rendered: RenderedExport[] = [];
  for (const format of formats) {
    const content = format === 'bundle' ? await bundle(source) : renderExport(format, source.exportable);
    rendered.push({ format, content, node, at });
  }
  return rendered;

  async function redacted(): Promise<BundleSource> {
    const { redactedSource } = await import('./redaction/redacted-source.ts');
    return redactedSource(settings, exportable, recording);
  }
}

async function bundle(source: BundleSource): Promise<Uint8Array> {
  const { makeBundle } = await import('./bundle/make-bundle.ts');
  return makeBundle(source);
}

/** Writes exports to new files in a folder; the answer is their paths. Throws `CannotWrite`. */
export function writeExports(folder: string | undefined, exports: readonly RenderedExport[]): readonly string[] {
  return exports.map(({ format, content, node, at }) => {
    const path = freePath(folder, node, at, ENDINGS[format]);
    writeNewFile(path, content);
    return path;
  });
}

/** A path that no file has: two exports of one second are told apart by a number. */
function freePath(folder: string | undefined, node: string, at: Date, ending: string): string {
  const base = join(resolve(folder ?? '.'), exportName(node, at, ending));
  if (!existsSync(base)) return base;
  for (let number = 2; ; number += 1) {
    const path = `${base.slice(0, -ending.length - 1)}-${number}.${ending}`;
    if (!existsSync(path)) return path;
  }
}
