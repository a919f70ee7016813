import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The profile of the captured kubelet, as its server sent it. */
export const PROFILE = readFileSync(
  fileURLToPath(new URL('../fixtures/kubelet-1.20.2/profile.pb.gz', import.meta.url)),
);

/** The only token that the servers know. */
export const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.c2xhYnRvcA.the-right-token_0123456789';

const METRICS =
  'kubernetes_build_info{git_version="v1.20.2"} 1\nkubelet_runtime_operations_total{operation_type="create_container"} 12\n';

/** Answers as kubelet does: the profile and the metrics for the right token, 401 without one, 403 for another, 404 beside the path. */
export const likeKubelet: RequestListener = (request, response) => {
  const { authorization } = request.headers;
  const url = new URL(request.url ?? '', 'http://kubelet');
  if (authorization === undefined) response.writeHead(401).end('Unauthorized');
  // A server that sends back what it was sent: nothing of it may be shown.
  else if (authorization !== `Bearer ${TOKEN}`) response.writeHead(403, authorization).end(authorization);
  else if (url.pathname === '/metrics') response.writeHead(200).end(METRICS);
  else if (url.pathname !== '/debug/pprof/profile') response.writeHead(404, authorization).end(authorization);
  else if (!/^[1-9]\d*$/.test(url.searchParams.get('seconds') ?? '')) response.writeHead(400).end();
  else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(PROFILE);
};

/** A server on a loopback port of its own. */
export interface Served {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves on loopback, by https with a self-signed certificate for `localhost` where `tls` is given. */
export function serve(
  listener: RequestListener,
  tls?: { readonly cert: string; readonly key: string },
): Promise<Served> {
  const server =
    tls === undefined ? createHttp(listener) : createHttps({ ...readPair(tls), requestCert: false }, listener);
  return listen(server, tls === undefined ? 'http' : 'https');
}

/** A server that knows only bytes: what it sends is not HTTP. */
export function serveBytes(text: string): Promise<Served> {
  return listen(
    createTcp((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(text);
    }),
    'http',
  );
}

/** A self-signed certificate and its key for `localhost`, made by openssl. Throws where there is no openssl. */
export function makeCertificate(folder: string, name: string): { readonly cert: string; readonly key: string } {
  const cert = join(folder, `${name}.crt`);
  const key = join(folder, `${name}.key`);
  const config = join(folder, `${name}.cnf`);
  writeFileSync(config, '[req]\ndistinguished_name=dn\n[dn]\n');
  const flags = ['-config', config, '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-days', '2'];
  const pair = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...pair, ...flags], { stdio: 'ignore' });
  return { cert, key };
}

function readPair({ cert, key }: { readonly cert: string; readonly key: string }) {
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

async function listen(server: Server, scheme: string): Promise<Served> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const sockets = new Set<{ destroy: () => void }>();
  server.on('connection', (socket) => sockets.add(socket));
  return {
    url: `${scheme}://localhost:${address.port}`,
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
