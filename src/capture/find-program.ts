import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Where programs are looked for if there is no PATH. */
export const USUAL_PLACES = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The path of a program, or `undefined` if it is not there. Relative folders in PATH are skipped: this tool runs as
 * root in whatever folder it is started in.
 */
export function findProgram(name: string, searchPath: string = USUAL_PLACES): string | undefined {
  const folders = searchPath.split(':').filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run: the next folder may have it.
    return false;
  }
}
