import { Command, CommanderError } from 'commander';

/** ` (did you mean check?)` for a word that is nearly one of some names; empty where none is near. */
export function closestTo(word: string, names: readonly string[]): string {
  // commander's own comparison, by which it also proposes flags: nothing but its message tells what that found.
  const asked = new Command().exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
  for (const name of names) asked.command(name);
  try {
    asked.parse([word], { from: 'user' });
    return '';
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const [, meant] = /\(Did you mean (.*)\?\)/s.exec(error.message) ?? [];
    return meant === undefined ? '' : ` (did you mean ${meant}?)`;
  }
}
