import { expect, test } from 'vitest';
import { WITHOUT } from '../../../src/app/children/sampler/early-sampler.ts';
import { commandLine } from '../../../src/app/cli/program.ts';

test('a sampler process is started early for the commands that sample, and for no other', () => {
  const commands = commandLine([], () => {}, '1.0.0').commands.map((command) => command.name());
  expect(commands.filter((name) => !WITHOUT.includes(name)).toSorted()).toEqual([
    'check',
    'record',
    'serve',
    'snapshot',
  ]);
  expect(WITHOUT.filter((word) => !word.startsWith('-') && !commands.includes(word))).toEqual([]);
});
