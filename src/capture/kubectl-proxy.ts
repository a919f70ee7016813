import { type FetchedProfile, type FetchOptions, fetchProfile } from './fetch-profile.ts';
import { findProgram } from './find-program.ts';
import { findTimeout, type LimitedProgram, startLimited } from './limited-program.ts';
import { type CaptureProblem, isProblem, problem } from './problem.ts';
import { isSeconds } from './seconds.ts';

/** How to fetch a node's profile through the API server. */
export interface KubectlOptions extends Pick<FetchOptions, 'clock' | 'signal' | 'onProgress'> {
  readonly seconds: number;
  /** PATH. */
  readonly searchPath: string | undefined;
  /** kubectl's own: KUBECONFIG, HOME, and what its credential plugins need. */
  readonly environment: NodeJS.ProcessEnv;
}

/** What a proxy of kubectl is started with. */
export interface ProxyOptions extends Pick<KubectlOptions, 'searchPath' | 'environment' | 'signal'> {
  /** The paths that it lets through, and no others. */
  readonly paths: readonly string[];
  /** It is ended after so long whatever happens. */
  readonly seconds: number;
}

/** A running `kubectl proxy` on a loopback port. */
export interface KubectlProxy {
  readonly port: number;
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts `kubectl proxy` on a loopback port. It is ended by `stop`, by the signal, or by `timeout` if we are killed.
 * While it runs, other users of this machine could talk to it: it lets nothing through but the paths that are named.
 */
export async function openKubectlProxy(options: ProxyOptions): Promise<KubectlProxy | CaptureProblem> {
  const { paths, seconds, searchPath, environment, signal } = options;
  const kubectl = findProgram('kubectl', searchPath);
  if (kubectl === undefined) return problem('no-kubectl');
  const timeout = await findTimeout(searchPath);
  if (typeof timeout !== 'string') return timeout;
  if (signal.aborted) return problem('cancelled');
  const accepted = paths.map((path) => `^${path.replaceAll('.', '\\.')}$`).join(',');
  const proxy = startLimited({
    timeout,
    program: kubectl,
    args: ['proxy', '--address=127.0.0.1', '--port=0', `--accept-paths=${accepted}`],
    environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    seconds,
    endSeconds: 2,
  });
  signal.addEventListener('abort', proxy.stop, { once: true });
  const stop = async (): Promise<void> => {
    signal.removeEventListener('abort', proxy.stop);
    proxy.stop();
    await proxy.ended;
  };
  const port = await portOf(proxy);
  if (typeof port === 'number' && !signal.aborted) return { port, stop };
  await stop();
  return signal.aborted || typeof port === 'number' ? problem('cancelled') : port;
}

/** Fetches the profile of a node's kubelet through `kubectl proxy`, which is ended again whatever happens. */
export async function fetchThroughKubectl(
  node: string,
  options: KubectlOptions,
): Promise<FetchedProfile | CaptureProblem> {
  const { seconds } = options;
  if (node.length > 253 || !NODE_NAME.test(node)) return problem('bad-node-name', node);
  if (!isSeconds(seconds)) return problem('bad-seconds', String(seconds));
  const path = `/api/v1/nodes/${node}/proxy/debug/pprof/profile`;
  const limit = seconds + START_SECONDS + FETCH_SLACK_SECONDS;
  const proxy = await openKubectlProxy({ ...options, paths: [path], seconds: limit });
  if (isProblem(proxy)) return proxy;
  try {
    const fetched = await fetchProfile(`http://127.0.0.1:${proxy.port}${path}`, { ...options, insecure: false });
    return isProblem(fetched) ? fetched : { ...fetched, origin: `node ${node}, by kubectl proxy` };
  } finally {
    await proxy.stop();
  }
}

/** RFC 1123 subdomain, as the API server demands it. */
const NODE_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** What kubectl may take to say its port; it asks nobody for credentials before the first request. */
const START_SECONDS = 10;

/** A little more than a fetch is given beyond the time that is measured. */
const FETCH_SLACK_SECONDS = 16;

const MOST_CHARACTERS = 16 * 1024;

/** The port out of the line that kubectl prints: `Starting to serve on 127.0.0.1:41234`. */
async function portOf({ child, ended }: LimitedProgram): Promise<number | CaptureProblem> {
  let said = '';
  let complained = '';
  let late: NodeJS.Timeout | undefined;
  const port = new Promise<number | CaptureProblem>((resolve) => {
    child.stdout?.setEncoding('latin1').on('data', (text: string) => {
      said = (said + text).slice(-MOST_CHARACTERS);
      const found = /^Starting to serve on 127\.0\.0\.1:(\d{1,5})\r?\n/m.exec(said);
      if (found !== null) resolve(Number(found[1]));
    });
    child.stderr?.setEncoding('latin1').on('data', (text: string) => {
      complained = (complained + text).slice(-MOST_CHARACTERS);
    });
    const noPort = problem('kubectl-failed', `it named no port within ${START_SECONDS} s`);
    late = setTimeout(() => resolve(noPort), START_SECONDS * 1000);
  });
  const over = ended.then((status) =>
    typeof status === 'number' ? problem('kubectl-failed', `status ${status}: ${lastLine(complained)}`) : status,
  );
  const first = await Promise.race([port, over]);
  clearTimeout(late);
  return first;
}

/** What kubectl said last, without words that are long enough to be a secret. */
function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return line === '' ? 'it said nothing' : line.replace(/[\w+/=.-]{40,}/g, '...');
}
