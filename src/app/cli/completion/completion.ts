import type { CommandLineDescription } from '../description.ts';
import { encodeBash } from './bash.ts';
import { encodeFish } from './fish.ts';
import type { Shell } from './shells.ts';
import { encodeZsh } from './zsh.ts';

const ENCODERS: Readonly<Record<Shell, (program: CommandLineDescription) => string>> = {
  bash: encodeBash,
  zsh: encodeZsh,
  fish: encodeFish,
};

/** What a shell reads to complete commands, flags, their words and files. It starts no program. */
export function encodeCompletion(name: Shell, program: CommandLineDescription): string {
  return ENCODERS[name](program);
}
