import { openSync } from 'node:fs';
import { WrongUsage } from './configuration.ts';

/** Opens the file of `--log` for appending, 0600; without one, errors of child processes go nowhere. */
export function openLog(file: string | undefined): number | 'ignore' {
  if (file === undefined) return 'ignore';
  try {
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw new WrongUsage(`--log ${file}: ${error instanceof Error ? error.message : error}`);
  }
}
