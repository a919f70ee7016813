import { Argument, InvalidArgumentError } from 'commander';
import { EXIT } from '../base/settings.ts';
import { closestTo } from './closest.ts';
import type { CommandParts } from './command-parts.ts';
import { SHELLS, type Shell } from './completion/shells.ts';

/** Adds `help`, `version` and `completion`, which read nothing of the node. */
export function addAboutCommands({ root, version, finish }: CommandParts): void {
  const names = () => root.commands.map((command) => command.name());
  root
    .command('help')
    .description('this help, or that of a command')
    .argument('[command]', 'its name', (word) => {
      if (names().includes(word)) return word;
      throw new InvalidArgumentError(`no such command${closestTo(word, names())}`);
    })
    .action((word: string | undefined) => {
      const command = root.commands.find((candidate) => candidate.name() === word) ?? root;
      process.stdout.write(command.helpInformation());
      finish(EXIT.fine);
    });
  root
    .command('version')
    .description('the version of this program')
    .action(() => {
      process.stdout.write(`${version}\n`);
      finish(EXIT.fine);
    });
  root
    .command('completion')
    .description('print what lets a shell complete commands, flags and files')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action(async (wanted: Shell) => {
      const [{ encodeCompletion }, { describeCommandLine }] = await Promise.all([
        import('./completion/completion.ts'),
        import('./description.ts'),
      ]);
      process.stdout.write(encodeCompletion(wanted, describeCommandLine(root)));
      finish(EXIT.fine);
    });
}
