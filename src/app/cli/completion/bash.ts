import type { CommandDescription, CommandLineDescription, Taken } from '../description.ts';

/** Completion of bash, by its own `complete` and `compgen` alone: bash-completion need not be installed. */
export function encodeBash(program: CommandLineDescription): string {
  const { name, commands } = program;
  return `# Completion of ${name} for bash, made by ${name} completion bash.
_slabtop_k8s() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command='' at flags='' words=''
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${commands.map((command) => command.name).join('|')}) command=\${COMP_WORDS[at]}; break ;;
    esac
  done
  case "$command $before" in
${[program, ...commands].flatMap((command) => values(command, command === program ? '' : command.name)).join('\n')}
  esac
  case $command in
${commands.map(ofCommand).join('\n')}
    *) flags='${names(program)}'; words='${commands.map((command) => command.name).join(' ')}' ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
  elif [[ $words == FILE ]]; then
    compopt -o filenames; COMPREPLY=($(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  fi
}
complete -F _slabtop_k8s ${name}
`;
}

/** The branches of a command for what stands behind a flag that takes a value. */
function values({ flags }: CommandDescription, name: string): readonly string[] {
  return flags
    .filter(({ takes }) => takes !== 'nothing')
    .map(({ names: called, takes }) => {
      const patterns = called.map((flag) => `"${name} ${flag}"`).join('|');
      return `    ${patterns}) ${reply(takes)} return ;;`;
    });
}

function reply(takes: Taken): string {
  if (takes === 'file') return 'compopt -o filenames; COMPREPLY=($(compgen -f -- "$word"));';
  if (takes === 'folder') return 'compopt -o filenames; COMPREPLY=($(compgen -d -- "$word"));';
  if (takes === 'text' || takes === 'nothing') return '';
  return `COMPREPLY=($(compgen -W '${takes.join(' ')}' -- "$word"));`;
}

function ofCommand(command: CommandDescription): string {
  const [takes] = command.arguments.map((argument) => argument.takes);
  const words = takes === undefined || typeof takes === 'string' ? (takes === 'file' ? 'FILE' : '') : takes.join(' ');
  return `    ${command.name}) flags='${names(command)}'; words='${words}' ;;`;
}

function names({ flags }: CommandDescription): string {
  return [...flags.flatMap(({ names: called }) => called), '--help'].join(' ');
}
