import { type Command, InvalidArgumentError, Option } from 'commander';

/** A number between two bounds; without a text, or above them, a sentence that goes behind the flag. */
export const between = (least: number, most: number) => (text: string) => {
  const value = finite(text);
  if (value < least) throw new InvalidArgumentError(`at least ${least}`);
  if (value > most) throw new InvalidArgumentError(`at most ${most}`);
  return value;
};

/** A whole number from 1. */
export const counting = (text: string): number => {
  const value = finite(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1');
  return value;
};

/** Any number that is one: its bounds are those of the configuration. */
export const finite = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('not a number');
  return value;
};

/** A number above 0. */
export const positive = (text: string): number => {
  const value = finite(text);
  if (value <= 0) throw new InvalidArgumentError('more than 0');
  return value;
};

/** A whole number of seconds that a capture may take. */
export const wholeSeconds = (text: string): number => {
  const value = finite(text);
  if (!Number.isInteger(value) || value < 1 || value > 600) {
    throw new InvalidArgumentError('a whole number from 1 to 600');
  }
  return value;
};

/** A flag that takes one of some words. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words);
}

/**
 * A flag as the person typed it, the last time that it stands there: `-d` where `--delay` is what it is called, too.
 * Its long name where it does not stand there.
 */
export function asTyped(names: readonly string[], args: readonly string[]): string {
  const isName = (word: string, name: string) =>
    word === name ||
    word.startsWith(`${name}=`) ||
    (!name.startsWith('--') && /^-[^-]/.test(word) && word.startsWith(name));
  for (const word of args.toReversed()) {
    const name = names.find((candidate) => isName(word, candidate));
    if (name !== undefined) return name;
  }
  return names.at(-1) ?? '';
}

/** `-d` and `--delay` of `-d, --delay <seconds>`. */
export function namesOf(flags: string): readonly string[] {
  return flags.split(', ').map((word) => word.split(' ', 1)[0] ?? word);
}

/** The flags of a command that somebody typed, wherever on the line: those before the command count too. */
export function typedFlags<Flags extends object>(command: Command): Flags {
  const flags: Record<string, unknown> = { ...command.opts() };
  const { parent } = command;
  for (const [name, value] of Object.entries(parent?.opts() ?? {})) {
    if (parent?.getOptionValueSource(name) === 'cli' && command.getOptionValueSource(name) !== 'cli') {
      flags[name] = value;
    }
  }
  return flags as Flags;
}
