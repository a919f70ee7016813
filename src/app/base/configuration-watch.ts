import { createHash } from 'node:crypto';
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
  let known = fingerprint(watch.files);
  const watcher = watchFolders(folders, { depth: 0, ignoreInitial: true, persistent: false });
  watcher.on('all', () => {
    const now = fingerprint(watch.files);
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

function fingerprint(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file);
    try {
      hash.update(readNamedFile(file, MOST_CONFIGURATION_BYTES));
    } catch (error) {
      // That it cannot be read is what it is like now.
      hash.update(errnoOf(error));
    }
  }
  return hash.digest('hex');
}
