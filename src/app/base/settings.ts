import type { Configuration } from './configuration.ts';
import type { RecordOptions } from './recorder.ts';

/** Exit codes of everything but `check`. */
export const EXIT = { fine: 0, failed: 1, usage: 2 } as const;

/** What every command gets: the configuration, with the root resolved. */
export interface Settings extends Configuration {
  /** The folder that stands for the node's `/`. */
  readonly root: string;
  /** It was found without `--host-root`: a debug pod has the node there. */
  readonly rootDetected: boolean;
  /** The configuration files there can be, whether they are there or not. */
  readonly files: readonly string[];
  /** Reads them again; flags and environment still win. */
  readonly reload: () => Configuration;
  /** Where the live screen records to, if it was asked to. */
  readonly record?: RecordOptions;
}
