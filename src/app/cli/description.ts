import type { Argument, Command, Option } from 'commander';
import { commonNamesOf } from './common-flags.ts';
import { EXAMPLES, type Example } from './examples.ts';

/** A flag as help, the man page and completion tell it. */
export interface FlagDescription {
  /** `-d, --delay <seconds>`. */
  readonly flags: string;
  readonly names: readonly string[];
  readonly text: string;
  readonly takes: Taken;
  /** What it is where it is not given; undefined where the text says so, or it is nothing. */
  readonly otherwise: string | undefined;
  /** It is a common flag, and explained with the program alone. */
  readonly isCommon: boolean;
  /** The heading under which it stands. */
  readonly group: string | undefined;
}

/** What a flag or an argument takes: nothing, one of some words, a file, a folder, or a text. */
export type Taken = 'nothing' | 'file' | 'folder' | 'text' | readonly string[];

/** An argument of a command. */
interface ArgumentDescription {
  /** `<file>`, or `[source]` where it may be left out. */
  readonly term: string;
  readonly text: string;
  readonly takes: Taken;
  /** An argument stands under no heading of its own. */
  readonly group: undefined;
}

/** A command, or the program itself. */
export interface CommandDescription {
  readonly name: string;
  readonly text: string;
  /** The heading under which it stands in the help of the program. */
  readonly group: string | undefined;
  readonly arguments: readonly ArgumentDescription[];
  readonly flags: readonly FlagDescription[];
  /** The common flags that mean something to it. */
  readonly common: readonly string[];
  readonly examples: readonly Example[];
}

/** The whole command line as data: the man page, completion and the reference are made from it. */
export interface CommandLineDescription extends CommandDescription {
  readonly commands: readonly CommandDescription[];
}

/** Tells what a program takes. */
export function describeCommandLine(root: Command): CommandLineDescription {
  const names = root.commands.map((command) => command.name());
  const commands = root.commands.map((command) => describe(command, names));
  return { ...describe(root, names), commands };
}

function describe(command: Command, commands: readonly string[]): CommandDescription {
  return {
    name: command.name(),
    text: command.description(),
    group: command.helpGroup(),
    arguments: command.registeredArguments.map((given) => argument(given, commands)),
    flags: command.options.map((option) => flag(option)),
    common: commonNamesOf(command),
    examples: EXAMPLES[command.name()] ?? [],
  };
}

function argument(given: Argument, commands: readonly string[]): ArgumentDescription {
  const name = given.name();
  return {
    term: given.required ? `<${name}>` : `[${name}]`,
    text: given.description,
    group: undefined,
    takes: given.argChoices ?? (name === 'command' ? commands : taken(name)),
  };
}

function flag(option: Option): FlagDescription {
  const { flags, description, defaultValue, defaultValueDescription } = option;
  const isValue = option.required || option.optional;
  return {
    flags,
    names: [option.short, option.long].filter((name) => name !== undefined),
    text: description,
    takes: isValue ? (option.argChoices ?? taken(/<(.*)>/.exec(flags)?.[1] ?? '')) : 'nothing',
    otherwise: isValue && defaultValue !== undefined ? (defaultValueDescription ?? String(defaultValue)) : undefined,
    isCommon: option.hidden,
    group: option.helpGroupHeading,
  };
}

/** By the word that stands for the value. */
function taken(word: string): Taken {
  if (word === 'dir') return 'folder';
  return ['file', 'path', 'source', 'a', 'b'].includes(word) ? 'file' : 'text';
}

/** What a flag or an argument means, with the words that may be given and what it is without. */
export function meaningOf({
  text,
  takes,
  otherwise,
}: Pick<FlagDescription, 'text' | 'takes'> & { readonly otherwise?: string | undefined }): string {
  const words = typeof takes === 'string' ? [] : [`one of ${takes.join(', ')}`];
  const more = [...words, ...(otherwise === undefined ? [] : [`default ${otherwise}`])].join('; ');
  return more === '' ? text : `${text} (${more})`;
}
