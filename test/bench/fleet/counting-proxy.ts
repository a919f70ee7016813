import { createServer, request } from 'node:http';

/** What went through since it was last asked. */
export interface Traffic {
  readonly requests: number;
  /** Bodies of the answers as they went over the wire, packed where both sides agreed on that. */
  readonly bytes: number;
}

/** A proxy before an engine that counts what is asked of it. */
export interface CountingProxy {
  readonly url: string;
  /** What went through since the last call. */
  take(): Traffic;
  close(): void;
}

/** Starts it on a free port of the loopback address. */
export async function countingProxy(engine: string): Promise<CountingProxy> {
  let [requests, bytes] = [0, 0];
  const { hostname, port } = new URL(engine);
  const server = createServer((asked, response) => {
    requests += 1;
    const { method, url: path, headers } = asked;
    const passed = request({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    take: () => {
      const taken = { requests, bytes };
      [requests, bytes] = [0, 0];
      return taken;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
