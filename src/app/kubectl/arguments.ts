import { WrongUsage } from '../base/wrong-usage.ts';

/** What `kubectl slabtop` was told. */
export interface PluginArguments {
  readonly node: string;
  /** Handed to slabtop-k8s in the pod; the screen where there is none. */
  readonly rest: readonly string[];
  readonly image: string;
  /** kubectl's own flags: --context, --kubeconfig, -n. */
  readonly kubectl: readonly string[];
  /** The pod may write to the node, so that D works. */
  readonly allowDrop: boolean;
  /** After so long the cluster ends the pod, whatever became of us. */
  readonly deadlineSeconds: number;
  /** So long the pod may take to start. */
  readonly waitSeconds: number;
}

/** Flags of the plugin that take a value. */
const VALUED = ['--image', '--namespace', '-n', '--context', '--kubeconfig', '--deadline', '--wait'];

/** Four hours: an incident is longer than a lunch, and a pod that was forgotten is gone by the morning. */
const DEADLINE_SECONDS = 4 * 3600;
const WAIT_SECONDS = 120;

/** How it is called. */
export const PLUGIN_USAGE = `kubectl slabtop NODE [flags] [ARGS of slabtop-k8s]

Runs slabtop-k8s on a node, in a privileged pod of its own that is removed however it ends.

  --image IMAGE        the image of slabtop-k8s (or KUBECTL_SLABTOP_IMAGE)
  -n, --namespace NS   where the pod runs; it must allow privileged pods (default kube-system)
  --context NAME       kubectl's context
  --kubeconfig FILE    kubectl's configuration
  --allow-drop         the pod may write: D can drop caches; without it everything is read-only
  --deadline SECONDS   the cluster ends the pod after so long (default 14400)
  --wait SECONDS       how long the pod may take to start (default 120)

  kubectl slabtop NODE                                        the live screen
  kubectl slabtop NODE check                                  one line and its exit code
  kubectl slabtop NODE snapshot --format bundle -o FILE       the file comes to this machine
`;

/** Reads the arguments; throws {@link WrongUsage}. The node comes first, or after flags of the plugin. */
export function parsePluginArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): PluginArguments {
  const given = new Map<string, string>();
  const rest: string[] = [];
  let node: string | undefined;
  let allowDrop = false;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const [name = '', joined] = word.startsWith('--') ? splitFlag(word) : [word];
    if (word === '--') {
      rest.push(...args.slice(at + 1));
      break;
    }
    // Behind a command of slabtop-k8s -n and the rest are its own.
    if (rest.length === 0 && VALUED.includes(name)) {
      const value = joined ?? args[++at];
      if (value === undefined) throw new WrongUsage(`${name} takes a value`);
      given.set(name === '-n' ? '--namespace' : name, value);
    } else if (rest.length === 0 && word === '--allow-drop') allowDrop = true;
    else if (node === undefined && !word.startsWith('-')) node = word;
    else rest.push(word);
  }
  if (node === undefined) throw new WrongUsage('kubectl slabtop takes the name of a node');
  if (node.length > 253 || !NODE_NAME.test(node)) throw new WrongUsage(`"${node}" is no name of a node`);
  const image = given.get('--image') ?? env.KUBECTL_SLABTOP_IMAGE;
  if (image === undefined) throw new WrongUsage('kubectl slabtop takes --image IMAGE, or KUBECTL_SLABTOP_IMAGE');
  return {
    node,
    rest,
    image,
    kubectl: [
      ...['--context', '--kubeconfig'].flatMap((flag) => {
        const value = given.get(flag);
        return value === undefined ? [] : [flag, value];
      }),
      '--namespace',
      given.get('--namespace') ?? 'kube-system',
    ],
    allowDrop,
    deadlineSeconds: secondsOf('--deadline', given.get('--deadline'), DEADLINE_SECONDS),
    waitSeconds: secondsOf('--wait', given.get('--wait'), WAIT_SECONDS),
  };
}

/** RFC 1123 subdomain, as the API server demands it. */
const NODE_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

function splitFlag(word: string): readonly [name: string, value?: string] {
  const at = word.indexOf('=');
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function secondsOf(flag: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 5 || seconds > 86_400) {
    throw new WrongUsage(`${flag} ${text}: 5 to 86400 seconds`);
  }
  return seconds;
}
