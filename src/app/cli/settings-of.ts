import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { errnoOf, errnoSentence } from '../../core/errno.ts';
import { type Configuration, checkConfiguration, configurationFiles, configure } from '../base/configuration.ts';
import type { Settings } from '../base/settings.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import type { CommonFlags } from './common-flags.ts';
import { asTyped, namesOf, typedFlags } from './flags.ts';

/** In a debug pod (`kubectl debug node/...`) the node's root is mounted here. */
const DEBUG_POD_ROOT = '/host';

interface ConfiguringFlags extends CommonFlags {
  readonly exportFormats?: string;
  readonly redact?: boolean;
  readonly snapshotOn?: string;
  readonly snapshotCooldown?: number;
}

/** The flag that sets a key of the configuration. */
export const FLAG_OF: Readonly<Partial<Record<keyof Configuration, keyof ConfiguringFlags>>> = {
  delaySeconds: 'delay',
  pid: 'pid',
  processName: 'process',
  hostRoot: 'hostRoot',
  cgroupRoot: 'cgroupRoot',
  probeBudgetPct: 'probeBudget',
  readOnly: 'readOnly',
  color: 'color',
  theme: 'theme',
  ascii: 'ascii',
  log: 'log',
  exportFormats: 'exportFormats',
  redact: 'redact',
  snapshotOn: 'snapshotOn',
  snapshotCooldownSeconds: 'snapshotCooldown',
};

/** What the flags of a command mean, with the environment and the configuration files; throws {@link WrongUsage}. */
export function settingsOf(command: Command, args: readonly string[]): Settings {
  const flags = typedFlags<ConfiguringFlags>(command);
  const given = Object.fromEntries(
    Object.entries(FLAG_OF).flatMap(([key, flag]) => {
      const value = flags[flag];
      // commander sets a negated flag to true where it is not given.
      return value === undefined || (flag === 'color' && value) ? [] : [[key, value]];
    }),
  );
  const checked = checkConfiguration(given, (key) => `${typedName(command, key, args)} ${given[key]}`);
  const reload = () => configure(checked, process.env, flags.config);
  const configuration = reload();
  const rootDetected = configuration.hostRoot === undefined && existsSync(`${DEBUG_POD_ROOT}/proc/version`);
  const root = resolve(configuration.hostRoot ?? (rootDetected ? DEBUG_POD_ROOT : '/'));
  refuseNoFolder(flags.hostRoot === undefined ? 'hostRoot' : '--host-root', root);
  const files = flags.config === undefined ? configurationFiles(process.env) : [resolve(flags.config)];
  return { ...configuration, root, rootDetected, files, reload };
}

function typedName(command: Command, key: string, args: readonly string[]): string {
  const [, flag] = Object.entries(FLAG_OF).find(([configured]) => configured === key) ?? [];
  const option = command.options.find((candidate) => candidate.attributeName() === flag);
  return option === undefined ? key : asTyped(namesOf(option.flags), args);
}

function refuseNoFolder(name: string, path: string): void {
  try {
    if (statSync(path).isDirectory()) return;
  } catch (error) {
    throw new WrongUsage(`${name} ${path}: ${errnoSentence(errnoOf(error))}`);
  }
  throw new WrongUsage(`${name} ${path}: not a folder`);
}
