import { constants, openSync } from 'node:fs';
import { WrongUsage } from './configuration.ts';

/** The folder may be one where others write: whatever lies there in the log's place must not lead elsewhere. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/** Opens the file of `--log` for appending, 0600; without one, errors of child processes go nowhere. */
export function openLog(file: string | undefined): number | 'ignore' {
  if (file === undefined) return 'ignore';
  try {
    return openSync(file, APPEND, 0o600);
  } catch (error) {
    throw new WrongUsage(`--log ${file}: ${whyNot(error)}`);
  }
}

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'ELOOP' ? 'it is a symbolic link, and none is followed' : error.message;
}
