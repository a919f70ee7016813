import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf, systemErrorSentence } from '../../core/errno.ts';
import { readNamedFile } from '../../host/regular-file.ts';
import { type Configuration, MOST_CONFIGURATION_BYTES } from './configuration.ts';
import { WrongUsage } from './wrong-usage.ts';

/** What is watched, and who is told. */
export interface ConfigurationWatch {
  readonly files: readonly string[];
  /** Reads the configuration again, flags and environment included. */
  readonly reload: () => Configuration;
  readonly onChange: (configuration: Configuration) => void;
  /** The file is wrong now: the one line that says how. What was configured before stays. */
  readonly onWrong: (message: string) => void;
}

/**
 * Watches the folders of the configuration files and reads them again when their content changed. Folders, not files:
 * a ConfigMap is changed by turning a link round, and its second turn is not reported for the file itself. The answer
 * ends the watch.
 */
export async function watchConfiguration(watch: ConfigurationWatch): Promise<() => Promise<void>> {
  const folders = [...new Set(watch.files.map((file) => dirname(file)))].filter((folder) => existsSync(folder));
  if (folders.length === 0) return async () => {};
  const { watch: watchFolders } = await import('chokidar');
  let known = contentOf(watch.files);
  const watcher = watchFolders(folders, { depth: 0, ignoreInitial: true, persistent: false });
  watcher.on('all', () => {
    const now = contentOf(watch.files);
    if (now === known) return;
    known = now;
    try {
      watch.onChange(watch.reload());
    } catch (error) {
      if (!(error instanceof WrongUsage)) throw error;
      watch.onWrong(error.message);
    }
  });
  watcher.on('error', (error) =>
    watch.onWrong(`the configuration is not watched: ${systemErrorSentence(error) ?? error}`),
  );
  return () => watcher.close();
}

/** All that the files hold now, or why it cannot be read. */
function contentOf(files: readonly string[]): string {
  return JSON.stringify(
    files.map((file) => {
      try {
        return readNamedFile(file, MOST_CONFIGURATION_BYTES).toString('latin1');
      } catch (error) {
        return { errno: errnoOf(error) };
      }
    }),
  );
}
