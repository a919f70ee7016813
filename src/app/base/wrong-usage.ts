import { oneLine } from '../../core/printable.ts';

/** A wrong flag, variable or configuration file: one line for standard error or the screen, exit code 2. */
export class WrongUsage extends Error {
  constructor(message: string) {
    super(oneLine(message));
  }
}
