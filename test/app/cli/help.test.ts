import { expect, test } from 'vitest';
import { formatHelp } from '../../../src/app/cli/help.ts';
import { commandLine } from '../../../src/app/cli/program.ts';
import { COMMANDS, DEFINED } from './definitions.ts';

const COLUMNS = 80;

test('the help of the program names every command, and ends with examples', () => {
  const help = formatHelp(DEFINED, 'slabtop-k8s', COLUMNS);
  for (const { name, text } of DEFINED.commands) {
    expect(help).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(help.replace(/\s+/g, ' ')).toContain(text);
  }
  expect(help).toContain('Examples:');
});

test.each(DEFINED.commands)('the help of $name has its own flags, names common ones and explains none', (command) => {
  const help = formatHelp(DEFINED, command.name, COLUMNS);
  const explained = [...help.matchAll(/^ {2}(-.*?)(?: {2}|$)/gm)].map(([, flags]) => flags);
  const own = command.flags.filter(({ isCommon }) => !isCommon).map(({ flags }) => flags);
  expect(own.filter((flags) => !explained.includes(flags))).toEqual([]);
  expect(help).not.toContain('watch this process as kubelet');
  const named = help.replace(/\s+/g, ' ');
  for (const flag of command.common) expect(named).toContain(flag);
});

test.each(COMMANDS)(
  'the help of $name fits 80 columns, but for a command line that is longer',
  ({ name, examples }) => {
    const lines = formatHelp(DEFINED, name, COLUMNS).split('\n');
    const examplesToo = examples.map(({ line }) => `  ${line}`);
    expect(
      lines
        .filter((line) => line.length > COLUMNS && !examplesToo.includes(line))
        .slice(name === 'slabtop-k8s' ? 1 : 0),
    ).toEqual([]);
  },
);

test.each(COMMANDS)('every example of $name is a command line that the program takes', async ({ name, examples }) => {
  expect(examples).not.toEqual([]);
  for (const { line } of examples) {
    const [program, ...words] = line.replace(/ [|>] .*/, '').split(' ');
    expect(program).toBe('slabtop-k8s');
    let ran: string | undefined;
    const root = commandLine(words, () => {}, '1.0.0');
    for (const command of [root, ...root.commands]) {
      command.action(() => {
        ran = command.name();
      });
    }
    await root.parseAsync(words, { from: 'user' });
    expect(ran, line).toBe(DEFINED.commands.find((command) => command.name === words[0])?.name ?? name);
  }
});
