/** Calls back when a file was written to; the answer ends that. */
export async function followFile(file: string, onGrown: () => void): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  const watcher = watch(file, { ignoreInitial: true, persistent: false });
  watcher.on('all', onGrown);
  return () => watcher.close();
}
