import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { parse, YAMLParseError } from 'yaml';
import { WrongUsage } from '../base/wrong-usage.ts';

/** How a client is asked for a certificate: the words of Go's crypto/tls, which the exporter toolkit takes over. */
const CLIENT_AUTH = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

/** The headers that the toolkit lets a file set. */
const HEADERS = [
  'Content-Security-Policy',
  'X-Frame-Options',
  'X-Content-Type-Options',
  'X-XSS-Protection',
  'Strict-Transport-Security',
] as const;

const file = v.pipe(v.string(), v.nonEmpty());

const tls = v.strictObject({
  cert_file: file,
  key_file: file,
  client_ca_file: v.optional(file),
  client_auth_type: v.optional(v.picklist(CLIENT_AUTH), 'NoClientCert'),
  client_allowed_sans: v.optional(v.array(v.string())),
  min_version: v.optional(v.picklist(['TLS12', 'TLS13']), 'TLS12'),
});

/** A header's value goes into every answer as it stands. */
const headerValue = v.pipe(v.string(), v.regex(/^[\t\x20-\x7e]*$/, 'must be one line of ASCII'));

/** `$2a$`, `$2b$` and `$2y$` are the same algorithm; the cost is two digits, salt and hash 53 characters. */
const bcryptHash = v.pipe(v.string(), v.regex(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/, 'must be a bcrypt hash'));

const schema = v.strictObject({
  tls_server_config: v.optional(tls),
  http_server_config: v.optional(
    v.strictObject({
      http2: v.optional(v.boolean()),
      headers: v.optional(v.strictObject(Object.fromEntries(HEADERS.map((name) => [name, v.optional(headerValue)])))),
    }),
  ),
  basic_auth_users: v.optional(v.record(v.string(), bcryptHash)),
});

/**
 * The web configuration file of the Prometheus exporter toolkit, as far as an exporter that reads needs it. HTTP/2 is
 * never offered, whatever `http2` says: scrapers then speak 1.1.
 * https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
 */
export interface WebConfig {
  readonly tls?: TlsConfig;
  readonly headers: Readonly<Record<string, string>>;
  /** Name to bcrypt hash; empty where no password is asked for. */
  readonly users: Readonly<Record<string, string>>;
}

/** The certificate, and whom it lets in. Texts, not paths: they are read together, so that they fit together. */
export interface TlsConfig {
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string;
  readonly clientAuth: (typeof CLIENT_AUTH)[number];
  /** Names of which a client's certificate must have one; undefined lets every certificate in. */
  readonly allowedSans?: readonly string[];
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
}

/** No file: plain HTTP without a password. */
export const OPEN: WebConfig = { headers: {}, users: {} };

/** The longest of these files that is read: a certificate chain is some kilobytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads a web configuration file and the certificates it names, relative to its folder. Throws {@link WrongUsage} with
 * one line that names the key; never a value, since values are secrets.
 */
export function readWebConfig(path: string): WebConfig {
  const parsed = v.safeParse(schema, parseYaml(path, readText(path)) ?? {});
  if (!parsed.success) throw new WrongUsage(`${path}: ${whatIsWrong(parsed.issues[0])}`);
  const { tls_server_config, http_server_config, basic_auth_users = {} } = parsed.output;
  const set = Object.entries(http_server_config?.headers ?? {});
  const headers = Object.fromEntries(
    set.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const config = { headers, users: basic_auth_users };
  return tls_server_config === undefined ? config : { ...config, tls: tlsOf(path, tls_server_config) };
}

function tlsOf(path: string, given: v.InferOutput<typeof tls>): TlsConfig {
  const { client_ca_file, client_auth_type, client_allowed_sans, min_version } = given;
  const wantsCa = client_auth_type === 'VerifyClientCertIfGiven' || client_auth_type === 'RequireAndVerifyClientCert';
  if (wantsCa && client_ca_file === undefined) {
    throw new WrongUsage(`${path}: tls_server_config.client_auth_type ${client_auth_type} takes a client_ca_file`);
  }
  if (client_allowed_sans !== undefined && client_auth_type !== 'RequireAndVerifyClientCert') {
    throw new WrongUsage(`${path}: tls_server_config.client_allowed_sans takes RequireAndVerifyClientCert`);
  }
  const read = (name: string) => readText(isAbsolute(name) ? name : join(dirname(path), name));
  return {
    cert: read(given.cert_file),
    key: read(given.key_file),
    ...(client_ca_file === undefined ? {} : { clientCa: read(client_ca_file) }),
    clientAuth: client_auth_type,
    ...(client_allowed_sans === undefined ? {} : { allowedSans: client_allowed_sans }),
    minVersion: min_version === 'TLS13' ? 'TLSv1.3' : 'TLSv1.2',
  };
}

function readText(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > MOST_BYTES) throw new WrongUsage(`${path}: larger than 1 MiB`);
    return text;
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new WrongUsage(`${path}: ${error.code}`);
    throw error;
  }
}

/** The parser's own message quotes the line it stumbled over, which may be a password's hash. */
function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text, { prettyErrors: false, maxAliasCount: 10 });
  } catch (error) {
    if (error instanceof YAMLParseError) throw new WrongUsage(`${path}: not YAML: ${error.code}`);
    // An alias without its anchor.
    if (error instanceof ReferenceError) throw new WrongUsage(`${path}: not YAML: BAD_ALIAS`);
    throw error;
  }
}

function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  const key = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object' && issue.expected === 'never') return `unknown key "${key}"`;
  const hint =
    issue.type === 'regex' || issue.type === 'picklist' ? `: ${wanted(issue)}` : `: ${issue.expected} wanted`;
  return `${key}${hint}`;
}

function wanted(issue: v.BaseIssue<unknown>): string {
  return issue.type === 'regex' ? issue.message : `one of ${issue.expected}`;
}
