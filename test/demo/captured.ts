import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of one captured moment, by the path that the node knew them by. */
export type CapturedFiles = ReadonlyMap<string, string>;

/** Reads every file below a folder. */
export function capturedFiles(folder: string): CapturedFiles {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]));
}
