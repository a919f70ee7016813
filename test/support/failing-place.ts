import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from './cleanup.ts';

/** What is loaded before the program, so that its calls fail as a file says. */
export const FAIL_FILES = fileURLToPath(new URL('./fail-files.cjs', import.meta.url));

/** What calls fail with. */
export const ERRNOS = [
  'ENOSPC',
  'EROFS',
  'EACCES',
  'ENOTDIR',
  'ENAMETOOLONG',
  'EMFILE',
  'EIO',
  'EFBIG',
  'EDQUOT',
] as const;

/** Every way in which the program calls for a file; `spawn` stands for a limit of processes. */
export const CALLS = [
  ...['accessSync', 'fstatSync', 'fsyncSync', 'linkSync', 'lstatSync', 'mkdtempSync', 'openSync', 'readSync'],
  ...['readdirSync', 'readlinkSync', 'realpathSync', 'renameSync', 'rmSync', 'statSync', 'statfsSync', 'unlinkSync'],
  ...['writeSync', 'open', 'appendFile', 'datasync', 'unlink', 'spawn', 'every'],
] as const;

/** A folder of its own for the files of a run, and a file beside it that says what fails: both below `folder`. */
export interface FailingPlace {
  readonly files: string;
  readonly control: string;
}

let count = 0;

/** Makes one. */
export function failingPlace(folder: string): FailingPlace {
  count += 1;
  return { files: makeFolder(folder, `run-${count}`).path, control: join(folder, `control-${count}`) };
}
