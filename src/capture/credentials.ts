import { createSecureContext } from 'node:tls';
import { type CaptureProblem, codeOf, isProblem, problem } from './problem.ts';
import { readSmallFile } from './small-file.ts';

/** Who we are and whom we trust: files that the user named. Nothing is looked for by itself. */
export interface CredentialFiles {
  readonly tokenFile?: string;
  /** `NAME:PASSWORD` in one line. */
  readonly basicAuthFile?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Talk to whoever answers; the caller says so loudly. */
  readonly insecure: boolean;
}

/** What the files hold, ready for a request. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly rejectUnauthorized: boolean;
  };
}

const MOST_TOKEN_BYTES = 16 * 1024;
const MOST_PEM_BYTES = 1024 * 1024;

/** Reads and checks the files. No problem that it reports quotes from them. */
export function readCredentials(files: CredentialFiles): Credentials | CaptureProblem {
  const { tokenFile, basicAuthFile, caFile, certFile, keyFile, insecure } = files;
  const texts = { token: tokenFile, basic: basicAuthFile, ca: caFile, cert: certFile, key: keyFile };
  const read: Partial<Record<keyof typeof texts, string>> = {};
  for (const kind of ['token', 'basic', 'ca', 'cert', 'key'] as const) {
    const path = texts[kind];
    if (path === undefined) continue;
    const bytes = readSmallFile(path, kind === 'token' || kind === 'basic' ? MOST_TOKEN_BYTES : MOST_PEM_BYTES);
    if (isProblem(bytes)) return bytes;
    read[kind] = bytes.toString('utf8').trim();
  }
  const { token, basic, ca, cert, key } = read;
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) return problem('bad-token-file', tokenFile);
  if (basic !== undefined && !/^[^:\r\n]+:[^\r\n]*$/.test(basic)) return problem('bad-token-file', basicAuthFile);
  const pem = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  if ((cert === undefined) !== (key === undefined)) return problem('bad-certificate-file', 'one without the other');
  try {
    createSecureContext(pem);
  } catch (error) {
    return problem('bad-certificate-file', codeOf(error));
  }
  if (ca !== undefined && !ca.includes('-----BEGIN ')) return problem('bad-certificate-file', caFile);
  return {
    headers: authorizationOf(token, basic),
    tls: { ...pem, rejectUnauthorized: !insecure },
  };
}

/** A token wins over a name and password. */
function authorizationOf(token: string | undefined, basic: string | undefined): Credentials['headers'] {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (basic !== undefined) return { authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
  return {};
}
