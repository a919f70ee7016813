import { isKnown, type Maybe } from '../../core/missing.ts';

/** A process as `/proc/PID/{comm,cmdline,exe}` show it. */
export interface ProcessCommand {
  /** The kernel's name of the process, at most 15 bytes. */
  readonly comm: string;
  readonly argv: readonly string[];
  /** The executable with symbolic links resolved; often `denied` without root. */
  readonly executable: Maybe<string>;
}

/**
 * How kubelet is packaged in a process.
 *
 * - `kubelet`: the plain binary; `hyperkube`: `hyperkube kubelet`
 * - `rke2`, `k0s`: a plain kubelet that rke2 or k0s started as a child of its own
 * - `k3s-server`, `k3s-agent`, `kubelite`, `openshift`, `microshift`: kubelet is a part of a process that does other
 *   things too
 */
export type KubeletFlavour =
  | 'kubelet'
  | 'hyperkube'
  | 'rke2'
  | 'k0s'
  | 'k3s-server'
  | 'k3s-agent'
  | 'kubelite'
  | 'openshift'
  | 'microshift';

/**
 * Tells whether a process runs a kubelet, and in which form. Only what the process was started as counts, so that
 * `grep kubelet`, `kubectl`, `kubelet-csr-approver` and a shell script named kubelet (whose first argument is its
 * interpreter) are none. The supervisors `rke2 server` and `k0s worker` are none either: their kubelet is a child.
 */
export function kubeletFlavourOf(process: ProcessCommand): KubeletFlavour | 'not-kubelet' {
  const [first = '', second = ''] = process.argv;
  switch (baseName(first).split(' ', 1)[0]) {
    case 'kubelet':
      return process.comm === 'kubelet' && mayBeKubelet(process.executable) ? flavourOfPlain(process) : 'not-kubelet';
    case 'hyperkube':
      // "/usr/bin/hyperkube kubelet --v=2 ..." (OpenShift 3.10, https://github.com/aquasecurity/kube-bench/issues/242)
      return process.comm === 'hyperkube' && second === 'kubelet' ? 'hyperkube' : 'not-kubelet';
    case 'kubelite':
      // MicroK8s 1.21 and later: https://github.com/canonical/microk8s/pull/1918
      return process.comm === 'kubelite' ? 'kubelite' : 'not-kubelet';
    case 'openshift':
      return flavourOfOpenshift(process);
    case 'microshift':
      // "microshift run" is the whole of a small cluster (https://github.com/openshift/microshift).
      return process.comm === 'microshift' && second === 'run' ? 'microshift' : 'not-kubelet';
    case 'k3s':
    case 'k3s-server':
    case 'k3s-agent':
      return flavourOfK3s(process);
    default:
      return 'not-kubelet';
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * A kubelet that was replaced on disk while it runs has " (deleted)" behind its path; one behind a link has a version
 * in its name, or is hyperkube.
 */
function mayBeKubelet(executable: Maybe<string>): boolean {
  return !isKnown(executable) || /kubelet|hyperkube/.test(baseName(executable));
}

/**
 * rke2 starts `kubelet --volume-plugin-dir=... --kubeconfig=/var/lib/rancher/rke2/agent/kubelet.kubeconfig` from
 * `/var/lib/rancher/rke2/data/<version>/bin` (https://github.com/aquasecurity/kube-bench/issues/1843); k0s starts
 * `/var/lib/k0s/bin/kubelet` (BinDir in https://github.com/k0sproject/k0sctl/issues/892).
 */
function flavourOfPlain({ argv, executable }: ProcessCommand): 'kubelet' | 'rke2' | 'k0s' {
  const hints = argv.filter((word, index) => index === 0 || /^--(?:kubeconfig|root-dir)=/.test(word));
  if (isKnown(executable)) hints.push(executable);
  if (hints.some((hint) => hint.includes('/rke2/'))) return 'rke2';
  if (hints.some((hint) => hint.includes('/k0s/'))) return 'k0s';
  return 'kubelet';
}

/**
 * Origin up to 3.9 is one program: "openshift start node --config=..." has a kubelet
 * (https://github.com/openshift/origin/issues/14514), "openshift start" alone has a master and a node, "openshift start
 * master" has none, nor has "openshift start network".
 */
function flavourOfOpenshift({ comm, argv: [, start, role = ''] }: ProcessCommand): 'openshift' | 'not-kubelet' {
  const withNode = start === 'start' && (role === 'node' || role === '' || role.startsWith('-'));
  return comm === 'openshift' && withNode ? 'openshift' : 'not-kubelet';
}

/**
 * k3s hides its arguments: its title is one word, "/usr/local/bin/k3s server", or "... agent"
 * (`proctitle.SetProcTitle` in pkg/cli/{server,agent} of https://github.com/k3s-io/k3s). Releases before August 2024
 * could title a server "k3s agent" (https://github.com/k3s-io/k3s/issues/10621), so that comm goes first:
 * the launcher executes `k3s-server` or `k3s-agent`, links to the real binary. "k3s init" is the same program as a
 * reaper of children. A server with `--disable-agent` has no kubelet; once the title is set, nothing shows that.
 */
function flavourOfK3s({ comm, argv }: ProcessCommand): 'k3s-server' | 'k3s-agent' | 'not-kubelet' {
  if (!/^(?:k3s|k3s-server|k3s-agent)$/.test(comm)) return 'not-kubelet';
  const words = [baseName(argv[0] ?? ''), ...argv.slice(1)].join(' ').split(' ');
  const named = (words[0] ?? '').replace(/^k3s-?/, '');
  const role = named === '' ? words[1] : named;
  if ((role !== 'server' && role !== 'agent') || words.includes('--disable-agent')) return 'not-kubelet';
  if (comm === 'k3s-server' || comm === 'k3s-agent') return comm;
  return role === 'server' ? 'k3s-server' : 'k3s-agent';
}
