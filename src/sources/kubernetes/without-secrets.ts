import { NESTING_FLAGS, SUBCOMMANDS, SWITCHES, VALUE_FLAGS } from './known-flags.ts';

/** Stands for what was left out. */
export const LEFT_OUT = '...';

/** A flag as pflag and Go's own `flag` take it: one dash or two, a name, and perhaps a value. */
const FLAG = /^(--?)([A-Za-z][\w.-]*)(?:=(.*))?$/s;

/** The name of a flag, and not a value that begins with a dash: words of small letters. */
const FLAG_NAME = /^[a-z][a-z0-9]{0,30}(?:[-_][a-z0-9]{1,30}){0,8}$/;

/** A switch that is set by a word; it can hold nothing else. */
const ON_OR_OFF = /^(?:true|false)$/;

/**
 * The arguments of a process with only what is known to hold no secret: the program, its subcommand, the names of flags,
 * and the values of flags in the lists of `known-flags.ts`. A token can stand anywhere on a command line (`k0s worker
 * TOKEN`, `-t TOKEN`, `--bootstrap-token -VALUE`, the user part of a URL), so that what is not known is left out. There
 * are as many words as before, and what was left out stays out when it is done again.
 */
export function withoutSecrets(words: readonly string[]): string[] {
  const [program = '', ...rest] = words;
  if (words.length === 0) return [];
  return [withoutSecretsOfTitle(program), ...argumentsWithoutSecrets(rest)];
}

/** Some programs write their whole command line into the first word: `/usr/local/bin/k3s server`. */
function withoutSecretsOfTitle(title: string): string {
  const [program = '', ...rest] = title.split(/(\s+)/);
  const blanks = rest.filter((_, index) => index % 2 === 0);
  const words = argumentsWithoutSecrets(rest.filter((_, index) => index % 2 === 1));
  return program.replace(/=.+$/s, `=${LEFT_OUT}`) + words.map((word, index) => `${blanks[index]}${word}`).join('');
}

/** What the word behind a flag without `=` may be. */
type Behind = 'own-word' | 'value' | 'flags-of-part' | 'secret';

function argumentsWithoutSecrets(words: readonly string[]): string[] {
  let behind: Behind = 'own-word';
  return words.map((word, index) => {
    const before = behind;
    behind = 'own-word';
    if (word === '' || word === LEFT_OUT || word === '--') return word;
    const [, dashes = '', given = '', value] = FLAG.exec(word) ?? [];
    const name = given.replaceAll('_', '-');
    if (dashes === '') return valueWithout(before, word, isSubcommand(words, index));
    const known = isKnownFlag(name);
    // To pflag the word behind a flag is its value, even where it begins with a dash.
    if (before === 'secret' && !known) return LEFT_OUT;
    if (value === undefined) {
      behind = behindFlag(name);
      return known || isFlagName(dashes, given) ? word : LEFT_OUT;
    }
    if (!known && !isFlagName(dashes, given)) return LEFT_OUT;
    return `${dashes}${given}=${flagValueWithout(name, value)}`;
  });
}

function valueWithout(behind: Behind, word: string, subcommand: boolean): string {
  if (behind === 'value') return urlsWithoutSecrets(word);
  if (behind === 'flags-of-part') return flagsOfPart(word);
  return behind === 'own-word' && subcommand ? word : LEFT_OUT;
}

/** The first word, or the second of `openshift start node`; `k0s worker TOKEN` has a secret there. */
function isSubcommand(words: readonly string[], index: number): boolean {
  const place = index === 0 || (index === 1 && words[0] === 'start');
  return place && SUBCOMMANDS.has(words[index] ?? '');
}

function flagValueWithout(name: string, value: string): string {
  if (NESTING_FLAGS.has(name)) return flagsOfPart(value);
  if (VALUE_FLAGS.has(name)) return urlsWithoutSecrets(value);
  return ON_OR_OFF.test(value) || value === '' ? value : LEFT_OUT;
}

/** `max-pods=110`, or `--max-pods=110 --v=2`: as what was typed behind the program's name, but for the first dashes. */
function flagsOfPart(value: string): string {
  return value
    .split(/(\s+)/)
    .map((part, index) => {
      if (index % 2 === 1 || part === '') return part;
      if (part.startsWith('-')) return argumentsWithoutSecrets([part])[0];
      return part.includes('=') ? argumentsWithoutSecrets([`--${part}`])[0]?.slice(2) : LEFT_OUT;
    })
    .join('');
}

function isKnownFlag(name: string): boolean {
  return VALUE_FLAGS.has(name) || SWITCHES.has(name) || NESTING_FLAGS.has(name);
}

/** `-phunter2` is a flag of one letter and its value; `-p` alone is a flag. */
function isFlagName(dashes: string, name: string): boolean {
  return dashes === '-' ? name.length === 1 : FLAG_NAME.test(name);
}

function behindFlag(name: string): Behind {
  if (SWITCHES.has(name)) return 'own-word';
  if (NESTING_FLAGS.has(name)) return 'flags-of-part';
  return VALUE_FLAGS.has(name) ? 'value' : 'secret';
}

/** `https://user:password@host/path?token=x`: who asks, and what is asked for, may be secret. */
function urlsWithoutSecrets(value: string): string {
  const [beginning = '', ...rest] = value.split('://');
  const parts = rest.map((part) => {
    const at = part.lastIndexOf('@');
    const [place = '', query] = part.slice(at + 1).split('?', 2);
    return (at < 0 ? '' : `${LEFT_OUT}@`) + place + (query === undefined ? '' : `?${LEFT_OUT}`);
  });
  return [beginning, ...parts].join('://');
}
