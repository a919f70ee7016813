/** Values that tell nothing about whose node it is: numbers, durations, sizes, switches. */
const PLAIN =
  /^(?:true|false|yes|no|on|off|systemd|cgroupfs|-?\d{1,18}(?:\.\d{1,9})?(?:[a-zA-Z%]{1,3}(?:\d{1,9}[a-z]{1,2}){0,3})?)$/;

/** Words that the rules look at: of kubelet what runs its containers, of the kernel what it counts. */
const KNOWN_WORDS =
  /^(?:docker|remote|rkt|containerd|cri-o|systemd|cgroupfs|nokmem|nosocket|nobpf|memory|cpu|cpuset|pids|io|blkio|hugetlb|all|auto|never|always|madvise|full|nosmt)(?:,(?:nokmem|nosocket|nobpf|memory|cpu|pids|io|blkio|nosmt))*$/;

/** Flags by which rke2's and k0s's kubelet is told from a plain one: that much of their value stays. */
const PLACES = /^(?:kubeconfig|root-dir)$/;

/** Words behind a program's name that say what it does. */
const SUBCOMMAND = /^(?:kubelet|server|agent|worker|controller|init)$/;

/** Folders of programs that every distribution has, and those by which rke2 and k0s are known. */
const PUBLIC_FOLDER =
  /^(?:\/(?:usr\/)?(?:local\/)?s?bin|\/usr\/local\/s?bin|\/var\/lib\/rancher\/rke2\/data\/v1\.[0-9.]+[a-z0-9.+-]{0,20}\/bin|\/var\/lib\/k0s\/bin)$/;

/** Parameters of the kernel that explain cgroups, slab and CPUs. */
const KEPT_BY_KERNEL =
  /^(?:cgroup\.memory|cgroup_(?:enable|disable|no_v1)|systemd\.(?:unified_cgroup_hierarchy|legacy_systemd_cgroup_controller)|slab_nomerge|slab_max_order|slub_[a-z_]{1,20}|possible_cpus|maxcpus|nr_cpus|swapaccount|psi|transparent_hugepage|mitigations)$/;

/** Switches of the kernel that say nothing of whose it is. */
const SWITCH = /^(?:quiet|ro|rw|splash|nosmt|nokaslr|nopti|slab_nomerge|rootwait|noresume|nomodeset|debug)$/;

/** Stands for a value that was left out. */
const LEFT_OUT = 'redacted';

/** The path of a program without a folder that somebody named; what stands behind a blank stays. */
export function redactProgram(path: string): string {
  const [program = '', ...behind] = path.split(' ');
  const slash = program.lastIndexOf('/');
  const folder = program.slice(0, Math.max(0, slash));
  const kept = slash <= 0 || PUBLIC_FOLDER.test(folder) ? program : `/${LEFT_OUT}${program.slice(slash)}`;
  return [kept, ...behind].join(' ');
}

/**
 * The arguments of a process without what may name something or be a secret: program and subcommand stay, flags keep
 * their names, and of the values only numbers, durations and switches. A title of one word is taken apart.
 */
export function redactArguments(argv: readonly string[]): readonly string[] {
  const [program = '', ...rest] = argv;
  const [title = '', ...behind] = program.split(' ');
  const words = [redactProgram(title), ...behind.map((word, index) => redactWord(word, index))];
  return argv.length === 0 ? [] : [words.join(' '), ...rest.map((word, index) => redactWord(word, index))];
}

/** `index` counts from the word behind the program. */
function redactWord(word: string, index: number): string {
  const [, dashes = '', name = '', value] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (dashes === '') return word === '' || PLAIN.test(word) || (index === 0 && SUBCOMMAND.test(word)) ? word : LEFT_OUT;
  if (value === undefined) return word;
  if (name === 'kubelet-arg') return `${dashes}${name}=${redactWord(`--${value}`, 1).slice(2)}`;
  return `${dashes}${name}=${redactValue(name, value)}`;
}

function redactValue(name: string, value: string): string {
  if (PLAIN.test(value) || KNOWN_WORDS.test(value)) return value;
  const [, place] = (PLACES.test(name) && /\/(rke2|k0s)\//.exec(value)) || [];
  return place === undefined ? LEFT_OUT : `/var/lib/${place}/${LEFT_OUT}`;
}

/** The kernel's command line with the same done to it. What stands behind `--` is for the first process: it goes. */
export function redactBootCommand(text: string): string {
  const line = text.trimEnd();
  const [own = '', forInit] = line.split(' -- ', 2);
  const words = own.split(' ').map((word) => {
    const equals = word.indexOf('=');
    if (equals < 0) return word === '' || SWITCH.test(word) ? word : LEFT_OUT;
    const [name, value] = [word.slice(0, equals), word.slice(equals + 1)];
    const stays = KEPT_BY_KERNEL.test(name) && (PLAIN.test(value) || KNOWN_WORDS.test(value));
    return stays ? word : `${shownName(name)}=${LEFT_OUT}`;
  });
  return `${words.join(' ')}${forInit === undefined ? '' : ` -- ${LEFT_OUT}`}${text.slice(line.length)}`;
}

/** Names of the kernel's own parameters stay; a program of somebody may have others. */
function shownName(name: string): string {
  return KEPT_BY_KERNEL.test(name) || /^(?:BOOT_IMAGE|root|rootflags|console|ip|init|initrd|crashkernel)$/.test(name)
    ? name
    : LEFT_OUT;
}
