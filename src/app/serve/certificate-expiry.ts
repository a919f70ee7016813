import { X509Certificate } from 'node:crypto';
import type { EpochMs } from '../../core/clock.ts';
import { rfc3339 } from '../../format/clock-time.ts';

/** Certificates that rotate by themselves are exchanged long before this. */
const SOON_MS = 3 * 24 * 3600 * 1000;

/**
 * What is said of a certificate whose end has come or comes within days; nothing of any other. The server itself goes
 * on with it: only its clients refuse it, and they are elsewhere.
 */
export function expirySentence(cert: string, now: EpochMs): string | undefined {
  const end = Date.parse(new X509Certificate(cert).validTo);
  if (end - now > SOON_MS) return undefined;
  const [verb, then] = end <= now ? ['expired', 'clients refuse it'] : ['expires', 'clients will refuse it then'];
  return `tls_server_config: the certificate ${verb} at ${rfc3339(end)}; ${then}`;
}
