import type { Command } from 'commander';
import type { Settings } from '../base/settings.ts';

/** What the command line hands to those who add commands to it. */
export interface CommandParts {
  /** The program, to which commands are added. */
  readonly root: Command;
  readonly version: string;
  /** The words of the command line, so that a message names a flag as it was typed. */
  readonly args: readonly string[];
  /** What the flags of a command mean, wherever on the line they stood. */
  settingsOf(command: Command): Settings;
  /** Where the exit code goes. */
  finish(code: number): void;
}
