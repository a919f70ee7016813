import { type CommandDescription, type CommandLineDescription, meaningOf } from './description.ts';

/** All commands and flags as Markdown, for the reference. */
export function encodeCommandsTable(program: CommandLineDescription): string {
  return `${[program, ...program.commands].map(part).join('\n\n')}\n`;
}

function part({ name, text, arguments: given, flags, common }: CommandDescription): string {
  const rows = [
    ...given.map((argument) => row(argument.term, meaningOf(argument))),
    ...flags.filter(({ isCommon }) => !isCommon).map((flag) => row(flag.flags, meaningOf(flag))),
  ];
  const title = [name, ...given.map(({ term }) => term)].join(' ');
  const also = common.length === 0 ? [] : [`Also ${common.map((flag) => `\`${flag}\``).join(', ')}.`];
  const table = rows.length === 0 ? [] : [`| flag | meaning |\n|---|---|\n${rows.join('\n')}`];
  return [`**\`${title}\`**: ${text}`, ...table, ...also].join('\n\n');
}

function row(term: string, text: string): string {
  return `| \`${term}\` | ${text} |`;
}
