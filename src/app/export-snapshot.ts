import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { knownOr } from '../core/missing.ts';
import type { Observer } from '../model/observer.ts';
import { type State, shownModel } from '../views/state.ts';
import { CannotWrite, exportName, writeNewFile } from './new-file.ts';
import { ENDINGS, type ExportFormat, renderExport } from './render-export.ts';
import { reportOf } from './report-of.ts';
import type { Setting } from './setting.ts';

/** What `e` writes: a page for the ticket, and the numbers for scripts. */
const ON_KEY: readonly ExportFormat[] = ['md', 'json'];

/** The files written, or why none could be. */
export type Exported = { readonly paths: readonly string[] } | { readonly failed: string };

/** Writes what the screen shows, the moment looked back at included, to new files in the export folder. */
export function exportSnapshot(setting: Setting, observer: Observer, screen: State): Exported {
  const model = shownModel(screen);
  if (model === undefined) return { failed: 'there is nothing to export yet' };
  const report = reportOf(setting, observer, model);
  const node = knownOr(model.host.name, 'node');
  const paths: string[] = [];
  try {
    for (const format of ON_KEY) {
      const path = freePath(setting.exportFolder, node, new Date(model.instant.at), ENDINGS[format]);
      writeNewFile(path, renderExport(format, { report, screen }));
      paths.push(path);
    }
    return { paths };
  } catch (error) {
    if (error instanceof CannotWrite) return { failed: error.message };
    throw error;
  }
}

/** A path that no file has: two exports of one second are told apart by a number. */
export function freePath(folder: string | undefined, node: string, at: Date, ending: string): string {
  const base = join(resolve(folder ?? '.'), exportName(node, at, ending));
  if (!existsSync(base)) return base;
  for (let number = 2; ; number += 1) {
    const path = base.replace(/\.(\w+)$/, `-${number}.$1`);
    if (!existsSync(path)) return path;
  }
}
