import type { CommandDescription, CommandLineDescription, Taken } from '../description.ts';

/** Completion of fish: one `complete` for each command, flag and argument. */
export function encodeFish(program: CommandLineDescription): string {
  const { name, commands } = program;
  const names = commands.map((command) => command.name).join(' ');
  const lines = [
    `# Completion of ${name} for fish, made by ${name} completion fish.`,
    `complete -c ${name} -f`,
    ...commands.map(
      (command) =>
        `complete -c ${name} -n 'not __fish_seen_subcommand_from ${names}' -a ${command.name} -d ${quoted(command.text)}`,
    ),
    ...ofCommand(program, `not __fish_seen_subcommand_from ${names}`, name),
    ...commands.flatMap((command) => ofCommand(command, `__fish_seen_subcommand_from ${command.name}`, name)),
  ];
  return `${lines.join('\n')}\n`;
}

function ofCommand(command: CommandDescription, when: string, program: string): readonly string[] {
  const begin = `complete -c ${program} -n '${when}'`;
  const flags = command.flags.map(({ names, text, takes }) => {
    const called = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
    return [begin, ...called, ...value(takes), `-d ${quoted(text)}`].join(' ');
  });
  const [takes] = command.arguments.map((argument) => argument.takes);
  if (takes === undefined || takes === 'text' || takes === 'nothing') return flags;
  const words = typeof takes === 'string' ? '-F' : `-a ${quoted(takes.join(' '))}`;
  return [...flags, `${begin} ${words}`];
}

function value(takes: Taken): readonly string[] {
  if (takes === 'nothing') return [];
  if (takes === 'text') return ['-x'];
  return typeof takes === 'string' ? ['-r', '-F'] : ['-x', '-a', quoted(takes.join(' '))];
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
