import type { CaptureProgress } from '../../core/capture-progress.ts';
import { bytes } from '../../format/quantity.ts';

/** What a capture on the command line is given: a way to end it, and somewhere to tell how far it is. */
export interface CaptureRun {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CaptureProgress) => void;
  /** Takes the progress bar off the terminal. */
  readonly clear: () => void;
}

/** Exit codes after a signal, as shells have them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 } as const;

/**
 * Runs a capture: ^C and the signals that end programs cancel it, and it is over when all that it started is. The
 * answer is the exit code, that of the signal where one came.
 */
export async function runCapture(work: (run: CaptureRun) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  let signalled: number | undefined;
  const listeners = Object.entries(SIGNALS).map(([name, code]) => {
    const listener = (): void => {
      signalled = code;
      controller.abort();
    };
    process.on(name, listener);
    return () => process.removeListener(name, listener);
  });
  // Whatever ends this program, what it started gets its signal first.
  const atExit = (): void => controller.abort();
  process.once('exit', atExit);
  const shown = process.stderr.isTTY === true;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001b[K');
  };
  try {
    const code = await work({
      signal: controller.signal,
      onProgress: (progress) => {
        if (shown) process.stderr.write(`\r${progressText(progress)}\u001b[K`);
      },
      clear,
    });
    return signalled ?? code;
  } finally {
    for (const remove of listeners) remove();
    process.removeListener('exit', atExit);
  }
}

const BAR_COLUMNS = 30;

const DOING: Readonly<Record<CaptureProgress['phase'], string>> = {
  summary: 'counting calls',
  trace: 'tracing calls',
  profile: 'profiling',
};

function progressText({ phase, elapsedSeconds, totalSeconds, bytes: size }: CaptureProgress): string {
  const filled = Math.round(Math.min(1, elapsedSeconds / totalSeconds) * BAR_COLUMNS);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR_COLUMNS - filled)}`;
  const late = elapsedSeconds > totalSeconds + 1 ? ', ending' : '';
  return `${DOING[phase]} [${bar}] ${elapsedSeconds.toFixed(0)} of ${totalSeconds} s, ${bytes(size)}${late}; ^C cancels`;
}
