import { systemErrorSentence } from '../../core/errno.ts';

/** Calls back when a file was written to, or why it cannot be followed; the answer ends that. */
export async function followFile(
  file: string,
  onGrown: () => void,
  onProblem: (message: string) => void,
): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  const watcher = watch(file, { ignoreInitial: true, persistent: false });
  watcher.on('all', onGrown);
  watcher.on('error', (error) => onProblem(`${file} is not followed: ${systemErrorSentence(error) ?? error}`));
  return () => watcher.close();
}
