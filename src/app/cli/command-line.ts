import { type Command, CommanderError } from 'commander';
import { systemErrorSentence } from '../../core/errno.ts';
import { CHECK_EXIT } from '../base/check-exit.ts';
import { printError } from '../base/print-error.ts';
import { EXIT } from '../base/settings.ts';
import { WrongUsage } from '../base/wrong-usage.ts';

import { closestTo } from './closest.ts';
import { asTyped, namesOf } from './flags.ts';
import { commandLine } from './program.ts';

/** Runs the command line; the answer is the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let code: number = EXIT.fine;
  const finish = (finished: number) => {
    code = finished;
  };
  const root = commandLine(args, finish, __VERSION__);
  let current = root;
  root.hook('preSubcommand', (_, command) => {
    current = command;
  });
  // What `check` says with 1 is that the node is sick, and nothing else.
  const failed = () => (current.name() === 'check' ? CHECK_EXIT.unknown : EXIT.failed);
  endAtStrayErrors(failed, () => current.name() === 'serve' || current.name() === 'record');
  try {
    await root.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine;
    if (error instanceof CommanderError || error instanceof WrongUsage) {
      const message = error instanceof WrongUsage ? error.message : wrongWord(error, root, current, args);
      printError(`${message}; see ${helpOf(current)}`);
      return EXIT.usage;
    }
    printError(systemErrorSentence(error) ?? (error instanceof Error ? error.message : String(error)));
    return failed();
  }
}

function helpOf(command: Command): string {
  return [command.parent?.name(), command.name(), '--help'].filter((word) => word !== undefined).join(' ');
}

/** What commander says, shorter, and with the flag as it was typed. */
function wrongWord(error: CommanderError, root: Command, command: Command, args: readonly string[]): string {
  const [word] = command.args;
  if (error.code === 'commander.excessArguments' && command === root && word !== undefined) {
    const names = root.commands.map((candidate) => candidate.name());
    return `unknown command ${word}${closestTo(word, names)}`;
  }
  if (error.code === 'commander.excessArguments') {
    return `${command.name()} takes no ${command.args[command.registeredArguments.length] ?? 'more'}`;
  }
  const message = error.message.replace(/^error: /, '');
  const typed = (flags: string) => asTyped(namesOf(flags), args);
  return message
    .replace(
      /^option '(.*?)' argument '(.*)' is invalid\. (.*)$/s,
      (_, flags, value, why) => `${typed(flags)} ${value}: ${why}`,
    )
    .replace(/^option '(.*?)' argument missing$/, (_, flags) => `${typed(flags)} takes a value`)
    .replace(/^command-argument value '(.*)' is invalid for argument '.*?'\. (.*)$/s, `${command.name()} $1: $2`)
    .replace(/^missing required argument '(.*?)'$/, `${command.name()} takes <$1>`)
    .replace(/^unknown option '(.*)'/, 'unknown flag $1')
    .replace(/Allowed choices are (.*)\.$/, 'one of $1')
    .replace(/\n\(Did you mean (.*)\?\)$/s, ' (did you mean $1?)');
}

/**
 * An error that nobody caught ends the program with one line; an errno does not end one that runs for days. An open
 * screen, which has a terminal to give back, listens too, and is the one that decides.
 */
function endAtStrayErrors(code: () => number, isService: () => boolean): void {
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    const sentence = systemErrorSentence(error);
    printError(sentence ?? error.message);
    if (sentence === undefined || !isService()) process.exit(code());
  });
}
