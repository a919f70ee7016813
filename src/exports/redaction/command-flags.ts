/** Values that tell nothing about whose node it is: numbers, durations, sizes, switches. */
const PLAIN =
  /^(?:true|false|yes|no|on|off|systemd|cgroupfs|-?\d{1,18}(?:\.\d{1,9})?(?:[a-zA-Z%]{1,3}(?:\d{1,9}[a-z]{1,2}){0,3})?)$/;

/** Flags of kubelet whose value the rules look at. */
const KEPT = /^(?:kubelet-arg|container-runtime|cgroup-driver|cgroups-per-qos|v)$/;

/** Flags by which rke2's and k0s's kubelet is told from a plain one. */
const PLACES = /^(?:kubeconfig|root-dir)$/;

/** Words of the kernel's command line that explain cgroups, slab and CPUs. */
const KEPT_BY_KERNEL =
  /^(?:cgroup|systemd\.unified|systemd\.legacy|slab|slub|possible_cpus|maxcpus|nr_cpus|swapaccount|psi|transparent_hugepage|mitigations|quiet$|ro$|rw$)/;

/** Stands for a value that was left out. */
const LEFT_OUT = 'redacted';

/**
 * The arguments of a process without what may name something or be a secret: program and subcommand stay, flags keep
 * their names, and of the values only numbers, durations and switches.
 */
export function redactArguments(argv: readonly string[]): readonly string[] {
  return argv.map((word, index) => {
    if (index < 2 && !word.startsWith('--')) return word;
    const [, dashes = '', name = '', value] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (dashes === '') return PLAIN.test(word) || word === '' ? word : LEFT_OUT;
    if (value === undefined) return word;
    if (name === 'kubelet-arg') return `${dashes}${name}=${redactArguments(['', '', `--${value}`])[2]?.slice(2)}`;
    const stays = PLAIN.test(value) || KEPT.test(name) || (PLACES.test(name) && /\/(?:rke2|k0s)\//.test(value));
    return stays ? word : `${dashes}${name}=${LEFT_OUT}`;
  });
}

/** The kernel's command line with the same done to it. What stands behind `--` is for the first process: it goes. */
export function redactBootCommand(text: string): string {
  const line = text.trimEnd();
  const [own = '', forInit] = line.split(' -- ', 2);
  const words = own.split(' ').map((word) => {
    const equals = word.indexOf('=');
    if (equals < 0 || KEPT_BY_KERNEL.test(word) || PLAIN.test(word.slice(equals + 1))) return word;
    return `${word.slice(0, equals)}=${LEFT_OUT}`;
  });
  return `${words.join(' ')}${forInit === undefined ? '' : ` -- ${LEFT_OUT}`}${text.slice(line.length)}`;
}
