import { readCredentials } from './credentials.ts';
import type { FetchOptions } from './fetch-profile.ts';
import { get } from './http-get.ts';
import { type CaptureProblem, isProblem, problem } from './problem.ts';
import { isLoopback, isUrl, parseProfileUrl } from './profile-source.ts';

/** A kubelet with 110 pods has some 300 kB of metrics of its own; those of cAdvisor are elsewhere. */
const MOST_BYTES = 16 * 1024 * 1024;

const MOST_SECONDS = 15;

/** Fetches the text of kubelet's `/metrics`, at the server and with the credentials of its profile. */
export async function fetchMetrics(
  source: string,
  options: Omit<FetchOptions, 'seconds' | 'clock' | 'onProgress'>,
): Promise<string | CaptureProblem> {
  if (!isUrl(source))
    return problem('bad-url', 'a file has no metrics beside it; --metrics goes with the URL of kubelet');
  const parsed = parseProfileUrl(source, undefined);
  if (isProblem(parsed)) return parsed;
  const credentials = readCredentials(options);
  if (isProblem(credentials)) return credentials;
  const { url } = parsed;
  if (options.tokenFile !== undefined && url.protocol === 'http:' && !isLoopback(url)) {
    return problem('token-in-clear', url.host);
  }
  // Behind the proxy of the API server the same path stands before both.
  url.pathname = `${url.pathname.replace(/\/debug\/pprof\/profile$/, '')}/metrics`;
  url.search = '';
  const shown = `${url.origin}${url.pathname}`;
  const bounds = { mostBytes: MOST_BYTES, mostSeconds: MOST_SECONDS, onBytes: () => {} };
  const body = await get({ url, shown, credentials, ...bounds, signal: options.signal });
  return isProblem(body) ? body : body.toString('utf8');
}
