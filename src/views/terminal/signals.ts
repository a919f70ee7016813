/** Signals that end the program, and the exit codes that shells expect for them (128 + the signal's number). */
const ENDING = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

/** A signal that ends the program after the terminal was given back. */
export type EndingSignal = keyof typeof ENDING;

/** What happens to a program in a terminal from outside. */
export interface SignalListeners {
  onEnd(signal: EndingSignal, exitCode: number): void;
  /** The shell, or somebody, asks to stop: give the terminal back, then {@link stopProcessGroup}. */
  onStop(): void;
  /** The process was stopped and goes on: what the terminal shows, and its mode, are anybody's guess. */
  onContinue(): void;
  /** An error that nobody caught. */
  onCrash(error: Error): void;
}

/**
 * Listens to the signals of a terminal program until the answer is called. Own listeners also switch off the widget
 * library's, which exit 0 on INT and TERM and leave the terminal raw on HUP.
 */
export function listenToSignals(listeners: SignalListeners): () => void {
  const stops: (() => void)[] = [];
  const on = (event: NodeJS.Signals, listener: () => void) => {
    process.on(event, listener);
    stops.push(() => process.off(event, listener));
  };
  for (const signal of Object.keys(ENDING).filter(isEnding)) {
    on(signal, () => listeners.onEnd(signal, ENDING[signal]));
  }
  on('SIGTSTP', listeners.onStop);
  on('SIGCONT', listeners.onContinue);
  process.on('uncaughtException', listeners.onCrash);
  stops.push(() => process.off('uncaughtException', listeners.onCrash));
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Stops this process and its process group, as the terminal does at ^Z (a shell waits for all of a job, `npm start`
 * included), and returns when it goes on. Without a shell that could continue the job the kernel ignores the signal,
 * and this returns at once. Nobody may listen to SIGTSTP when this is called.
 */
export function stopProcessGroup(): void {
  process.kill(0, 'SIGTSTP');
}

function isEnding(name: string): name is EndingSignal {
  return name in ENDING;
}
