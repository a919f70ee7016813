import { wrapText } from '../../format/wrap.ts';
import { type CommandDescription, type CommandLineDescription, meaningOf } from './description.ts';
import type { Example } from './examples.ts';

/** Terms that are longer have their meaning on the next line. */
const TERM_COLUMNS = 30;

/** The help of the program, or of one of its commands. Common flags are explained with the program alone. */
export function formatHelp(program: CommandLineDescription, name: string, columns: number): string {
  const command = program.commands.find((candidate) => candidate.name === name);
  const lines = command === undefined ? ofProgram(program, columns) : ofCommand(program, command, columns);
  return `${lines.join('\n').trimEnd()}\n`;
}

function ofProgram(program: CommandLineDescription, columns: number): readonly string[] {
  const { name, text, commands, flags } = program;
  return [
    `Usage: ${name} [flags]            the live screen; one report where there is no terminal`,
    `       ${name} COMMAND [flags]`,
    '',
    ...wrapText(text, columns),
    '',
    ...grouped(commands, 'Commands:', columns, ({ name: term, text: meaning }) => [term, meaning]),
    ...grouped(flags, 'Flags:', columns, (flag) => [flag.flags, meaningOf(flag)]),
    ...examples(program.examples),
    `${name} help COMMAND explains a command. On the screen ? lists the keys.`,
  ];
}

function ofCommand(program: CommandLineDescription, command: CommandDescription, columns: number): readonly string[] {
  const terms = command.arguments.map(({ term }) => term);
  const own = command.flags.filter(({ isCommon }) => !isCommon);
  return [
    `Usage: ${[program.name, command.name, ...terms, ...(own.length === 0 ? [] : ['[flags]'])].join(' ')}`,
    '',
    ...wrapText(sentence(command.text), columns),
    '',
    ...grouped(command.arguments, 'Arguments:', columns, (argument) => [argument.term, meaningOf(argument)]),
    ...grouped(own, 'Flags:', columns, (flag) => [flag.flags, meaningOf(flag)]),
    ...(command.common.length === 0 ? [] : [`Also, explained by ${program.name} help:`]),
    ...(command.common.length === 0 ? [] : indented(wrapText(command.common.join(', '), columns - 2))),
    ...(command.common.length === 0 ? [] : ['']),
    ...examples(command.examples),
  ];
}

/** The things of each group under its heading, in the order in which the groups began. */
function grouped<Thing extends { readonly group: string | undefined }>(
  things: readonly Thing[],
  otherwise: string,
  columns: number,
  tell: (thing: Thing) => readonly [term: string, meaning: string],
): readonly string[] {
  const widest = Math.min(TERM_COLUMNS, Math.max(...things.map((thing) => tell(thing)[0].length)));
  const headings = [...new Set(things.map(({ group }) => group ?? otherwise))];
  return headings.flatMap((heading) => [
    heading,
    ...things
      .filter(({ group }) => (group ?? otherwise) === heading)
      .flatMap((thing) => entry(...tell(thing), widest, columns)),
    '',
  ]);
}

function entry(term: string, meaning: string, widest: number, columns: number): readonly string[] {
  const lines = wrapText(meaning, columns - widest - 4);
  const [first = '', ...rest] = term.length > widest ? ['', ...lines] : lines;
  const begin = ' '.repeat(widest + 4);
  return [`  ${term.padEnd(widest)}  ${first}`.trimEnd(), ...rest.map((line) => `${begin}${line}`)];
}

function examples(list: readonly Example[]): readonly string[] {
  if (list.length === 0) return [];
  const widest = Math.max(...list.map(({ line }) => line.length));
  const isOneLine = widest + Math.max(...list.map(({ does }) => does.length)) <= 76;
  const lines = list.flatMap(({ line, does }) =>
    isOneLine ? [`  ${line.padEnd(widest)}  ${does}`] : [`  # ${does}`, `  ${line}`],
  );
  return ['Examples:', ...lines, ''];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
