import type { CredentialFiles } from '../../capture/credentials.ts';
import { isProblem } from '../../capture/problem.ts';
import { problemText } from '../../capture/problem-text.ts';
import { isUrl } from '../../capture/profile-source.ts';
import type { CaptureProgress } from '../../core/capture-progress.ts';
import { isMissing } from '../../core/missing.ts';
import { systemClock } from '../../host/live-host.ts';
import { type KubeletMetrics, parseKubeletMetrics } from '../../profile/kubelet-metrics.ts';
import { deriveProfiled, type Profiled } from '../../profile/profiled.ts';

/** Whose profile is wanted, and how to get it. */
export interface ProfileRequest extends CredentialFiles {
  /** A file or a URL, or a node whose kubelet is reached through `kubectl proxy`. */
  readonly from: { readonly source: string } | { readonly node: string };
  /** Over how long; a file has been measured. */
  readonly seconds?: number;
}

/** Whether whoever answers in the server's place is believed: that has to be said loudly. */
export function uncheckedServer({ insecure, from }: ProfileRequest): boolean {
  return insecure && 'source' in from && isUrl(from.source) && !/^http:/i.test(from.source);
}

/** What `--insecure` means, on the screen and on standard error. */
export const SERVER_UNCHECKED =
  "--insecure: the server's certificate is NOT checked; whoever answers is given the token. Use --ca-file.";

/** Says it loudly: with this flag whoever answers in the server's place gets the token. */
export function warnOfInsecure(request: ProfileRequest): void {
  if (!uncheckedServer(request)) return;
  process.stderr.write(`slabtop-k8s: WARNING: ${SERVER_UNCHECKED}\n`);
}

/** What Go's handler measures when it is not told. */
const USUAL_SECONDS = 30;

/** Gets a profile and reads it; where that cannot be done, a sentence that names the way out. */
export async function takeProfile(
  request: ProfileRequest,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: CaptureProgress) => void },
): Promise<Profiled | { readonly failed: string }> {
  const { from, seconds, ...credentials } = request;
  const watched = { clock: systemClock, signal, onProgress };
  const { fetchProfile, fetchThroughKubectl } = await fetchers();
  const fetched =
    'node' in from
      ? await fetchThroughKubectl(from.node, {
          ...watched,
          seconds: seconds ?? USUAL_SECONDS,
          searchPath: process.env.PATH,
          environment: process.env,
        })
      : await fetchProfile(from.source, {
          ...watched,
          ...credentials,
          ...(seconds === undefined ? {} : { seconds }),
        });
  if (isProblem(fetched)) return { failed: problemText(fetched) };
  const profiled = deriveProfiled(fetched.bytes, fetched.origin);
  return isMissing(profiled) ? { failed: `${fetched.origin}: ${profiled.detail}` } : profiled;
}

/** Asks kubelet's `/metrics` at the server and with the credentials of its profile. */
export async function takeMetrics(
  { from, seconds: _, ...credentials }: ProfileRequest,
  signal: AbortSignal,
): Promise<KubeletMetrics | { readonly failed: string }> {
  const { fetchMetrics } = await import('../../capture/fetch-metrics.ts');
  const text = await fetchMetrics('node' in from ? '' : from.source, { ...credentials, signal });
  return typeof text === 'string' ? parseKubeletMetrics(text) : { failed: problemText(text) };
}

/** Loaded when something is fetched: Node's HTTP and TLS take 18 ms of a start with Node 24. */
async function fetchers() {
  const [{ fetchProfile }, { fetchThroughKubectl }] = await Promise.all([
    import('../../capture/fetch-profile.ts'),
    import('../../capture/kubectl-proxy.ts'),
  ]);
  return { fetchProfile, fetchThroughKubectl };
}
