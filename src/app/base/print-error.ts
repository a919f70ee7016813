import { errnoOf } from '../../core/errno.ts';
import { oneLine } from '../../core/printable.ts';
import { type ErrorLog, openLog } from './error-log.ts';

/** Tells the person something on standard error, and the log. Whatever the message quotes, it is one line. */
export function printError(message: string, log?: ErrorLog): void {
  const line = oneLine(message);
  log?.write(line);
  try {
    process.stderr.write(`slabtop-k8s: ${line}\n`);
  } catch (error) {
    // Standard error is a file on a full disk: that is no reason to end.
    errnoOf(error);
  }
}

/** Opens the file of `--log`; where that cannot be done the person is told, and everything else goes on. */
export function toldLog(file: string | undefined): ErrorLog {
  const log = openLog(file);
  if (log.problem !== undefined) printError(log.problem);
  return log;
}
