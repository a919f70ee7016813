import type { CaptureProgress } from '../core/capture-progress.ts';
import type { Clock } from '../core/clock.ts';
import { type CredentialFiles, readCredentials } from './credentials.ts';
import { get } from './http-get.ts';
import { type CaptureProblem, isProblem, problem } from './problem.ts';
import { isAddress, isLoopback, isUrl, parseProfileUrl, withScheme } from './profile-source.ts';
import { readSmallFile } from './small-file.ts';

/** How to fetch a profile. */
export interface FetchOptions extends CredentialFiles {
  /** Whole seconds that the server measures; else what the URL says, else 30. A file has been measured. */
  readonly seconds?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CaptureProgress) => void;
}

/** The bytes of what should be a pprof profile, gzipped or not, and where they came from. */
export interface FetchedProfile {
  readonly bytes: Uint8Array;
  /** The path, or the URL without anything secret. */
  readonly origin: string;
}

/** No CPU profile comes near it (the one of a sick kubelet over 30 s has 7 KiB). */
const MOST_BYTES = 64 * 1024 * 1024;

/** What connection and answer may take beyond the time that is measured. */
const SLACK_SECONDS = 15;

const LOOK_MILLISECONDS = 200;

/** Fetches a profile from a file, or from kubelet or `kubectl proxy` by http(s). */
export async function fetchProfile(source: string, options: FetchOptions): Promise<FetchedProfile | CaptureProblem> {
  if (!isUrl(source)) {
    const bytes = readSmallFile(source, MOST_BYTES);
    if (!isProblem(bytes)) return { bytes, origin: source };
    return isAddress(source) ? problem('bad-url', `it has no scheme; write ${withScheme(source)}`) : bytes;
  }
  const parsed = parseProfileUrl(source, options.seconds);
  if (isProblem(parsed)) return parsed;
  const credentials = readCredentials(options);
  if (isProblem(credentials)) return credentials;
  const { url, seconds, shown } = parsed;
  if (options.tokenFile !== undefined && url.protocol === 'http:' && !isLoopback(url)) {
    return problem('token-in-clear', url.host);
  }

  const { clock, signal, onProgress } = options;
  const startedSeconds = clock.monotonic();
  let bytes = 0;
  const tell = () => {
    onProgress({ phase: 'profile', elapsedSeconds: clock.monotonic() - startedSeconds, totalSeconds: seconds, bytes });
  };
  const looking = setInterval(tell, LOOK_MILLISECONDS);
  const onBytes = (count: number) => {
    bytes = count;
  };
  const mostSeconds = seconds + SLACK_SECONDS;
  const body = await get({ url, shown, credentials, mostBytes: MOST_BYTES, mostSeconds, signal, onBytes });
  clearInterval(looking);
  if (isProblem(body)) return body;
  tell();
  return { bytes: body, origin: shown };
}
