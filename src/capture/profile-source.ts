import { type CaptureProblem, problem } from './problem.ts';
import { isSeconds } from './seconds.ts';

/** Where a profile comes from, and how long the server measures for it. */
export interface ProfileUrl {
  readonly url: URL;
  readonly seconds: number;
  /** The URL as it may be shown: without whatever else its query held. */
  readonly shown: string;
}

/** Whether a source is a URL; everything else is a path. */
export function isUrl(source: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(source);
}

/** Whether a source looks like a host and a port without a scheme: `127.0.0.1:10250`. */
export function isAddress(source: string): boolean {
  return /^(?:\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9.-]*):\d{1,5}(?:\/|$)/i.test(source);
}

/** kubelet's read-only port and `kubectl proxy` speak http; kubelet's own speaks https. */
export function withScheme(address: string): string {
  return `${/:(?:10255|8001|80)(?:\/|$)/.test(address) ? 'http' : 'https'}://${address}`;
}

const PROFILE_PATH = '/debug/pprof/profile';

/** What Go's handler measures when it is not told. */
const USUAL_SECONDS = 30;

/** Reads a URL; `seconds` takes the place of its own. A URL without a path gets that of the CPU profile. */
export function parseProfileUrl(source: string, seconds: number | undefined): ProfileUrl | CaptureProblem {
  if (!URL.canParse(source)) return problem('bad-url', 'it cannot be parsed');
  const url = new URL(source);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return problem('bad-url', `http or https is needed, not ${url.protocol.slice(0, -1)}`);
  }
  if (url.username !== '' || url.password !== '') {
    return problem('bad-url', 'a name or password in a URL is visible to every user; use --token-file');
  }
  if (url.pathname === '/') url.pathname = PROFILE_PATH;
  url.hash = '';
  const own = url.searchParams.get('seconds');
  const wanted = seconds ?? (own === null ? USUAL_SECONDS : /^\d{1,9}$/.test(own) ? Number(own) : Number.NaN);
  if (!isSeconds(wanted)) return problem('bad-seconds', String(seconds ?? own));
  url.searchParams.set('seconds', String(wanted));
  return { url, seconds: wanted, shown: `${url.origin}${url.pathname}?seconds=${wanted}` };
}

/** Whether what is sent to a host stays on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
