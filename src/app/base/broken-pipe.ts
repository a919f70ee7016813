import { EXIT } from './settings.ts';

/** Ends the program well when nobody reads its output any more (`| head`): there is nothing left to do. */
export function endAtBrokenPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.fine);
  });
}
