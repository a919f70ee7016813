import { Command } from 'commander';
import type { Settings } from '../base/settings.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { addAboutCommands } from './about-commands.ts';
import { addProfileCommand, addTraceCommand } from './capture-commands.ts';
import type { CommandParts } from './command-parts.ts';
import { explainCommon } from './common-flags.ts';
import { describeCommandLine } from './description.ts';
import { asTyped, namesOf } from './flags.ts';
import { addFleetCommand } from './fleet-command.ts';
import { formatHelp } from './help.ts';
import { addCheckCommand, addLiveScreen, addSnapshotCommand } from './node-commands.ts';
import { addPrintCommand } from './print-command.ts';
import { addDemoCommand, addDiffCommand, addRecordCommand, addReplayCommand } from './recording-commands.ts';
import { addServeCommand } from './serve-command.ts';
import { settingsOf } from './settings-of.ts';

/** Where standard output does not say how wide it is; and wider than that no line is easily read. */
const HELP_COLUMNS = 80;
const MOST_HELP_COLUMNS = 100;

/** The groups of commands, in the order in which help has them. */
const GROUPS: readonly (readonly [heading: string, ...((parts: CommandParts) => void)[]])[] = [
  ['This node:', addSnapshotCommand, addCheckCommand, addTraceCommand, addProfileCommand],
  ['Recordings and snapshots:', addRecordCommand, addReplayCommand, addDiffCommand, addDemoCommand],
  ['A whole cluster:', addFleetCommand, addServeCommand, addPrintCommand],
  ['This program:', addAboutCommands],
];

/**
 * The command line: all commands and flags. `args` are its words; `finish` gets the exit code. Nothing is run, and
 * nothing but this is loaded, until it parses them.
 */
export function commandLine(args: readonly string[], finish: (code: number) => void, version: string): Command {
  const root = new Command('slabtop-k8s')
    .description('Shows whether dying memory cgroups make memory.stat slow and kubelet hot on this node.')
    // What stands behind a command is its own: `check --once` is no check.
    .enablePositionalOptions()
    .helpCommand(false);
  const parts: CommandParts = {
    version,
    ...{ root, args, finish },
    settingsOf: (command): Settings => {
      refuseForeign(root, command, args);
      return settingsOf(command, args);
    },
  };
  addLiveScreen(parts);
  explainCommon(root);
  root.optionsGroup('This program:').version(version, '-V, --version', 'the version of this program');
  for (const [heading, ...adders] of GROUPS) {
    root.commandsGroup(heading);
    for (const add of adders) add(parts);
  }
  for (const command of [root, ...root.commands]) {
    command
      .allowExcessArguments(false)
      .helpOption('-h, --help', 'this help')
      .exitOverride()
      .configureOutput({ writeErr: () => {}, outputError: () => {} });
  }
  root.configureHelp({
    formatHelp: (command, { helpWidth = HELP_COLUMNS }) =>
      formatHelp(describeCommandLine(root), command.name(), Math.min(helpWidth, MOST_HELP_COLUMNS)),
  });
  for (const command of root.commands) command.copyInheritedSettings(root);
  return root;
}

/** A flag of the program that a command does not take, before it on the line: it would do nothing. */
function refuseForeign(root: Command, command: Command, args: readonly string[]): void {
  if (command === root) return;
  const own = new Set(command.options.map((option) => option.attributeName()));
  const foreign = root.options.find(
    (option) => root.getOptionValueSource(option.attributeName()) === 'cli' && !own.has(option.attributeName()),
  );
  if (foreign === undefined) return;
  throw new WrongUsage(`${asTyped(namesOf(foreign.flags), args)} means nothing to ${command.name()}`);
}
