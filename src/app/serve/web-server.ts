import { X509Certificate } from 'node:crypto';
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { TlsConfig } from './web-config.ts';

/** Connections at a time; a node has a scraper or two and a person. The rest are closed at once. */
const MOST_CONNECTIONS = 16;

/** A client that sends its request slower than this is cut off. */
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;

/** Longer than Prometheus' usual interval of a minute, so that it keeps its connection. */
const KEEP_ALIVE_MS = 75_000;

/** An answer that is not taken within this time is given up. */
const STALLED_MS = 30_000;

const MOST_HEADER_BYTES = 16 * 1024;

/** A server with limits for hostile and for slow clients. It answers with `listener`, and listens to nothing yet. */
export function createWebServer(tls: TlsConfig | undefined, listener: RequestListener): Server {
  const limits = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: MOST_HEADER_BYTES,
  };
  const server = tls === undefined ? createHttp(limits, listener) : createTlsServer(limits, tls, listener);
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => socket.setTimeout(KEEP_ALIVE_MS + STALLED_MS, () => socket.destroy()));
  // A torn or hostile request is the client's matter; it gets one line, and nothing is logged.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

function createTlsServer(limits: object, tls: TlsConfig, listener: RequestListener): Server {
  const asks = tls.clientAuth !== 'NoClientCert';
  const server = createHttps(
    {
      ...limits,
      ...secureContextOf(tls),
      requestCert: asks,
      rejectUnauthorized: tls.clientAuth === 'RequireAndVerifyClientCert',
      handshakeTimeout: HEADERS_MS,
      ALPNProtocols: ['http/1.1'],
    },
    listener,
  );
  server.on('secureConnection', (socket: TLSSocket) => {
    if (!isLetIn(socket, tls)) socket.destroy();
  });
  return server;
}

/** What a certificate that was exchanged while running changes. */
export function secureContextOf({ cert, key, clientCa, minVersion }: TlsConfig) {
  return { cert, key, minVersion, ...(clientCa === undefined ? {} : { ca: clientCa }) };
}

/** The kinds of client authentication that Node does not do by itself. */
function isLetIn(socket: TLSSocket, { clientAuth, allowedSans }: TlsConfig): boolean {
  const { raw } = socket.getPeerCertificate();
  const given = raw !== undefined;
  if (clientAuth === 'RequireAnyClientCert') return given;
  if (clientAuth === 'VerifyClientCertIfGiven') return !given || socket.authorized;
  if (allowedSans === undefined) return true;
  return given && sansOf(new X509Certificate(raw)).some((san) => allowedSans.includes(san));
}

/** Names of a certificate, without their kinds. Node puts what holds a comma or a quote in JSON's quotes. */
function sansOf({ subjectAltName = '' }: X509Certificate): string[] {
  const entries = subjectAltName.match(/[^,:]+:(?:"(?:[^"\\]|\\.)*"|[^,]*)/g) ?? [];
  return entries.map((entry) => {
    const value = entry.slice(entry.indexOf(':') + 1);
    return value.startsWith('"') ? String(JSON.parse(value)) : value;
  });
}

/** One answer. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** The body compressed, where it is asked for again and again. */
  readonly gzipped?: () => Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A plain text of one line. */
export function plain(status: number, line: string, headers: Answer['headers'] = {}): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${line}\n`, headers };
}

/** Sends an answer; to HEAD without its body, compressed where the client takes gzip. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, type, body, gzipped, headers = {} } = answer;
  const packed = gzipped !== undefined && takesGzip(request.headers['accept-encoding']) ? gzipped() : undefined;
  const content = packed ?? Buffer.from(body);
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': content.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(gzipped === undefined ? {} : { Vary: 'Accept-Encoding' }),
    ...(packed === undefined ? {} : { 'Content-Encoding': 'gzip' }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** `gzip;q=0` refuses it. */
function takesGzip(header: string | string[] | undefined): boolean {
  const offers = String(header ?? '').split(',');
  return offers.some((offer) => /^\s*gzip\s*(;|$)/i.test(offer) && !/;\s*q=0(\.0*)?\s*$/i.test(offer));
}
