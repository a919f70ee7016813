import type { IncomingMessage } from 'node:http';
import { type CaptureProblem, type CaptureProblemKind, codeOf, problem } from './problem.ts';

/** What an answer other than 200 means; `undefined` for 200. */
export function ofStatus(response: IncomingMessage, url: URL, shown: string): CaptureProblem | undefined {
  const status = response.statusCode ?? 0;
  switch (status) {
    case 200:
      return undefined;
    case 401:
      return problem('unauthorized', shown);
    case 403:
      return problem('forbidden', shown);
    case 404:
      return problem('not-found', shown);
    default:
      if (status >= 300 && status < 400) return problem('redirected', whereTo(response.headers.location, url));
      return problem('bad-status', `${status} from ${shown}`);
  }
}

/** What it means that there is no answer. Certificates are told from names, and both from everything else. */
export function ofConnection(error: unknown, url: URL, shown: string): CaptureProblem {
  const code = codeOf(error);
  const kind = KIND_OF_CODE[code];
  if (kind !== undefined) return problem(kind, kind.startsWith('tls-') && kind !== 'tls-name' ? code : url.host);
  if (code.startsWith('HPE_')) return problem('not-http', shown);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return problem('tls-failed', code);
  if (url.protocol === 'https:' && /CERT|CRL|CA_|ISSUER|SIGNATURE/.test(code)) return problem('tls-untrusted', code);
  return problem('connection-lost', `${url.host} (${code})`);
}

const KIND_OF_CODE: Readonly<Record<string, CaptureProblemKind>> = {
  ECONNREFUSED: 'connection-refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-expired',
};

/** Host and path only: a query may hold anything. */
function whereTo(location: string | undefined, from: URL): string {
  if (location === undefined || !URL.canParse(location, from.href)) return 'nowhere that we can read';
  const target = new URL(location, from.href);
  return `${target.protocol}//${target.host}${target.pathname}`;
}
