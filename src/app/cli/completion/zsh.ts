import type { CommandDescription, CommandLineDescription, FlagDescription, Taken } from '../description.ts';

/** Completion of zsh, by `_arguments`, with the text of each flag. */
export function encodeZsh(program: CommandLineDescription): string {
  const { name, commands } = program;
  return `#compdef ${name}
# Completion of ${name} for zsh, made by ${name} completion zsh.
_slabtop_k8s() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
${program.flags.flatMap(flagSpecs).join(' \\\n')} \\
    '(-h --help)'{-h,--help}'[this help]' \\
    '1: :->command' '*:: :->rest' && return
  case $state in
    command)
      local -a commands=(
${commands.map((command) => `        ${quoted(`${command.name}:${command.text}`)}`).join('\n')}
      )
      _describe command commands ;;
    rest)
      case $words[1] in
${commands.map(ofCommand).join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == _slabtop_k8s || $funcstack[1] == _slabtop-k8s ]]; then
  _slabtop_k8s "$@"
else
  compdef _slabtop_k8s ${name}
fi
`;
}

function ofCommand(command: CommandDescription): string {
  const positional = command.arguments.map(
    ({ term, takes }, index) => `          ${quoted(`${index + 1}:${escaped(term)}:${action(takes)}`)}`,
  );
  const specs = [...command.flags.flatMap(flagSpecs), ...positional, `    '(-h --help)'{-h,--help}'[this help]'`];
  return `        ${command.name}) _arguments \\\n${specs.join(' \\\n')} ;;`;
}

/** A spec per name; names of one flag exclude each other. */
function flagSpecs({ names, text, takes }: FlagDescription): readonly string[] {
  const value = takes === 'nothing' ? '' : `:value:${action(takes)}`;
  return names.map((name) => `    ${quoted(`(${names.join(' ')})${name}[${escaped(text)}]${value}`)}`);
}

function action(takes: Taken): string {
  if (takes === 'file') return '_files';
  if (takes === 'folder') return '_files -/';
  return typeof takes === 'string' ? '' : `(${takes.join(' ')})`;
}

/** Brackets and colons end the parts of a spec. */
function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, (character) => `\\${character}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
