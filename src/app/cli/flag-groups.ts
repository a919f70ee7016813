import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RecordOptions } from '../base/recorder.ts';
import { choice, counting, finite, positive } from './flags.ts';

/** How long a recording is kept. */
export interface RecordFlags {
  readonly record?: string;
  readonly maxSize?: number;
  readonly keep?: number;
}

/** Adds the flags of reports that are printed; `--once` has a text of its own. */
export function addReportFlags(command: Command, batch: string): Command {
  return command
    .option('--batch', batch)
    .option('-n, --iterations <count>', 'with --batch: this many reports', counting)
    .option('--json', 'with --once and --batch: JSON, one object a line');
}

/** Adds the flags that bound a recording. */
export function addRecordFlags(command: Command): Command {
  return command
    .option('--max-size <MiB>', 'begin a new recording above this size', positive)
    .option('--keep <count>', 'older recordings to keep then', counting);
}

/** Adds the flags with which a bundle is written by itself. */
export function addIncidentFlags(command: Command): Command {
  return command
    .addOption(
      choice('--snapshot-on <severity>', 'write a bundle when it becomes so bad, once per incident', [
        'critical',
        'warning',
      ]),
    )
    .option('--snapshot-cooldown <seconds>', 'between two of them (default 1800)', finite);
}

/** Where a recording goes, and how large it may become. */
export function recordOptions(file: string, { maxSize, keep }: RecordFlags): RecordOptions {
  return {
    file: resolve(file),
    ...(maxSize === undefined ? {} : { maxBytes: maxSize * 1024 * 1024 }),
    ...(keep === undefined ? {} : { keepFiles: keep }),
  };
}
