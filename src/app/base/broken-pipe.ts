import { errnoSentence } from '../../core/errno.ts';
import { printError } from './print-error.ts';
import { EXIT } from './settings.ts';

/**
 * Ends the program well when nobody reads its output any more (`| head`): there is nothing left to do. A full disk
 * behind standard output ends it with a sentence.
 */
export function endAtBrokenPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.fine);
    printError(`standard output: ${errnoSentence(error.code ?? error.message)}`);
    process.exit(EXIT.failed);
  });
}
