import { type Command, Option } from 'commander';
import { counting, finite } from './flags.ts';

/** What the common flags say; not given is undefined. */
export interface CommonFlags {
  readonly delay?: number;
  readonly pid?: number;
  readonly process?: string;
  readonly hostRoot?: string;
  readonly cgroupRoot?: string;
  readonly probeBudget?: number;
  readonly readOnly?: boolean;
  readonly config?: string;
  readonly color?: boolean;
  readonly theme?: 'dark' | 'light';
  readonly ascii?: boolean;
  readonly log?: string;
}

/** The name of a common flag, as in its value. */
export type CommonFlag = keyof CommonFlags;

/** Flags that every command takes, so that a script may hand all of its own to any; each means something to some. */
const COMMON: Readonly<Record<CommonFlag, () => Option>> = {
  hostRoot: () => new Option('--host-root <dir>', "the node's root, in a debug pod /host (found by itself)"),
  cgroupRoot: () => new Option('--cgroup-root <dir>', 'the memory cgroup hierarchy, as the node sees it'),
  pid: () => new Option('-p, --pid <pid>', 'watch this process as kubelet').argParser(counting),
  process: () => new Option('--process <name>', 'watch the process of this name as kubelet'),
  delay: () =>
    new Option('-d, --delay <seconds>', 'between two samples (default 2, with --once and --batch 1)').argParser(finite),
  probeBudget: () =>
    new Option('--probe-budget <percent>', 'most CPU of one core for slow reads (default 2)').argParser(finite),
  readOnly: () => new Option('--read-only', 'D is off: nothing can be dropped'),
  color: () => new Option('-C, --no-color', 'no colours'),
  theme: () => new Option('--theme <name>', 'light for a light terminal, or dark (default)').choices(['dark', 'light']),
  ascii: () => new Option('--ascii', 'no characters beyond ASCII'),
  config: () => new Option('--config <file>', 'this configuration file alone'),
  log: () => new Option('--log <file>', 'errors of the sampler process go here'),
};

/** Which node, and which process on it. */
export const NODE_FLAGS = ['hostRoot', 'cgroupRoot', 'pid', 'process', 'probeBudget', 'config', 'log'] as const;

/** How it looks. */
export const LOOK_FLAGS = ['color', 'theme', 'ascii', 'config'] as const;

/** The common flags that mean something to a command. */
const MEANT = new WeakMap<Command, readonly CommonFlag[]>();

/** Lets a command take all common flags; its help names those that mean something to it, and explains none. */
export function takeCommon(command: Command, meant: readonly CommonFlag[]): Command {
  for (const make of Object.values(COMMON)) command.addOption(make().hideHelp());
  MEANT.set(command, meant);
  return command;
}

/** Adds the common flags to the program itself, where they are explained. */
export function explainCommon(root: Command): Command {
  root.optionsGroup('Flags that the commands take, too:');
  for (const make of Object.values(COMMON)) root.addOption(make());
  return root;
}

/** The names of the common flags that mean something to a command, as its help has them. */
export function commonNamesOf(command: Command): readonly string[] {
  return (MEANT.get(command) ?? []).map((flag) => COMMON[flag]().flags);
}
