/** What a function belongs to, by its name; a view gives each kind a colour of its own. */
export type FunctionKind = 'system-call' | 'runtime' | 'cadvisor' | 'kubelet' | 'other';

/** The kind of a function; the first rule that fits decides. */
export function functionKind(name: string): FunctionKind {
  return RULES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}

/** Go's own entry points into the kernel come before the rest of its runtime. */
const RULES: readonly (readonly [FunctionKind, RegExp])[] = [
  ['system-call', /^(?:syscall|(?:internal\/)?runtime\/(?:internal\/)?syscall)\./],
  ['system-call', /^(?:.*\/)?golang\.org\/x\/sys\/unix\./],
  ['system-call', /^runtime\.(?:futex|epollwait|epollctl|usleep|nanosleep|madvise|tgkill|read|write1)$/],
  ['runtime', /^(?:internal\/)?runtime[./]/],
  ['cadvisor', /(?:^|\/)(?:google\/cadvisor|opencontainers\/(?:runc|cgroups))[./]/],
  ['kubelet', /(?:^|\/)k8s\.io\//],
];
