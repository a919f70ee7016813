import { VARIABLES } from '../base/configuration.ts';
import { PLUGIN_USAGE } from '../kubectl/arguments.ts';
import {
  type CommandDescription,
  type CommandLineDescription,
  type FlagDescription,
  meaningOf,
} from './description.ts';
import type { Example } from './examples.ts';
import { FLAG_OF } from './settings-of.ts';

/** The man page, slabtop-k8s(1), in the man macros that groff and mandoc know. */
export function encodeManPage(program: CommandLineDescription, version: string): string {
  const { name, text, commands } = program;
  const lines = [
    `.TH SLABTOP\\-K8S 1 "" "slabtop\\-k8s ${escaped(version)}" "User Commands"`,
    // No word is broken, so that a file or a flag can be searched for.
    ...['.nh', '.ad l'],
    ...section('NAME', [`${escaped(name)} \\- is kubelet hot because dying memory cgroups make memory.stat slow?`]),
    ...section('SYNOPSIS', [`.B ${escaped(name)}`, '[flags]', '.br', `.B ${escaped(name)}`, '.I COMMAND', '[flags]']),
    ...section('DESCRIPTION', [escaped(text), ...DESCRIPTION.flatMap((sentence) => ['.PP', escaped(sentence)])]),
    ...section('COMMANDS', commands.flatMap(command)),
    ...section('FLAGS', groups(program.flags)),
    ...section(
      'EXIT STATUS',
      EXIT_STATUS.flatMap(([code, meaning]) => item(code, meaning)),
    ),
    ...section('ENVIRONMENT', variables()),
    ...section(
      'FILES',
      FILES.flatMap(([file, meaning]) => item(file, meaning)),
    ),
    ...section('EXAMPLES', program.examples.flatMap(example)),
    ...section('KUBECTL PLUGIN', ['.nf', ...PLUGIN_USAGE.trimEnd().split('\n').map(escaped), '.fi']),
    ...section('SEE ALSO', ['.BR slabtop (1),', '.BR strace (1),', '.BR cgroups (7)']),
  ];
  return `${lines.join('\n')}\n`;
}

const DESCRIPTION = [
  'Without a command it opens the live screen, or prints one report where standard output is no terminal. ? lists the keys.',
  'Nothing is written, dropped, traced or sent unless you asked for it. Slow reads take at most 2 % of a core.',
];

const EXIT_STATUS = [
  ['0', 'done; check: the node is healthy'],
  ['1', 'failed; check: the node is sick'],
  ['2', 'wrong usage; check: unknown'],
] as const;

const FILES = [
  ['$XDG_CONFIG_HOME/slabtop-k8s/config.json', 'your configuration'],
  ['/etc/slabtop-k8s/config.json', 'that of the machine; yours wins'],
  ['/run/slabtop-k8s.lock', 'so that two instances do not probe twice'],
] as const;

/** Flags win over variables; each is named beside the flag that sets the same. */
function variables(): readonly string[] {
  const flags: Readonly<Record<string, string>> = FLAG_OF;
  const same = (key: string) => {
    const flag = flags[key];
    if (flag === undefined) return `${key} of the configuration`;
    return flag === 'color'
      ? 'false: as --no-color'
      : `as --${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  };
  return [
    ...Object.entries(VARIABLES).flatMap(([key, variable]) => item(variable, same(key))),
    ...item('SLABTOP_K8S_CONFIG', 'as --config'),
    ...item('SLABTOP_K8S_PROMETHEUS', 'as --prometheus of fleet'),
  ];
}

function command({ name, text, arguments: given, flags, common, examples }: CommandDescription): readonly string[] {
  const terms = given.map(({ term }) => ` ${term}`).join('');
  return [
    `.SS "${escaped(`${name}${terms}`)}"`,
    escaped(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`),
    ...given.flatMap(({ term, text: meaning, takes }) => item(term, meaningOf({ text: meaning, takes }))),
    ...flags.filter(({ isCommon }) => !isCommon).flatMap(flag),
    ...(common.length === 0 ? [] : ['.PP', `Also: ${escaped(common.join(', '))}.`]),
    ...(examples.length === 0 ? [] : ['.PP', 'Examples:', ...examples.flatMap(example)]),
  ];
}

/** The flags of the program, each group under its heading. */
function groups(flags: readonly FlagDescription[]): readonly string[] {
  const headings = [...new Set(flags.map(({ group }) => group))];
  return headings.flatMap((heading) => [
    ...(heading === undefined ? [] : [`.SS "${escaped(heading.replace(/:$/, ''))}"`]),
    ...flags.filter(({ group }) => group === heading).flatMap(flag),
  ]);
}

function flag(described: FlagDescription): readonly string[] {
  return item(described.flags, meaningOf(described));
}

function item(term: string, text: string): readonly string[] {
  return ['.TP', `.B ${escaped(term)}`, escaped(text)];
}

function example({ line, does }: Example): readonly string[] {
  return ['.TP', `.B ${escaped(line)}`, escaped(does)];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${title.includes(' ') ? `"${title}"` : title}`, ...lines];
}

/** Backslashes, minus signs that are to be copied, and a dot or quote that would begin a request. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq').replace(/^[.']/, '\\&$&');
}
