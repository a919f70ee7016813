import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Credentials } from './credentials.ts';
import { ofConnection, ofStatus } from './http-problem.ts';
import { type CaptureProblem, isProblem, problem } from './problem.ts';

/** One request and its bounds. */
export interface Get {
  readonly url: URL;
  /** The URL for messages. */
  readonly shown: string;
  readonly credentials: Credentials;
  readonly mostBytes: number;
  /** From the first step to the last byte. */
  readonly mostSeconds: number;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  /** Sent by POST; without it the request is a GET. */
  readonly form?: URLSearchParams;
  /** Keeps connections for the next request; without one the connection is closed. */
  readonly agent?: Agent;
  /** Gets an answer other than 200 with its body, which is then the result; without it that is a problem. */
  readonly takes?: (status: number) => boolean;
}

/**
 * The body of a 200 answer. Whatever else a server does ends in a problem: it sends for ever, sends more than is taken,
 * sends nothing, speaks something else. Redirects are not followed: the token is for the host that the user named.
 * Proxies in the environment are not used. Nothing that a server says is quoted, as it may send back what it was sent.
 */
export function get(asked: Get): Promise<Buffer | CaptureProblem> {
  const { url, shown, credentials, mostBytes, mostSeconds, signal, onBytes, form, agent, takes } = asked;
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(problem('cancelled'));
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: form === undefined ? 'GET' : 'POST',
      // Without an agent the connection is closed: one connection is one profile.
      agent: agent ?? false,
      headers: {
        ...credentials.headers,
        accept: '*/*',
        'accept-encoding': 'gzip',
        'user-agent': 'slabtop-k8s',
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      maxHeaderSize: 16 * 1024,
      ...(url.protocol === 'https:' ? credentials.tls : {}),
    });
    const finish = (result: Buffer | CaptureProblem): void => {
      clearTimeout(deadline);
      signal.removeEventListener('abort', cancel);
      resolve(result);
      // A connection that is kept must not be torn: after a whole answer there is nothing left to end.
      if (isProblem(result)) request.destroy();
    };
    const cancel = (): void => finish(problem('cancelled'));
    const deadline = setTimeout(
      () => finish(problem('too-slow', `${bytes} bytes in ${mostSeconds} s from ${shown}`)),
      mostSeconds * 1000,
    );
    signal.addEventListener('abort', cancel, { once: true });
    // Stays for the whole life of the request: an error that comes after the end has nobody else to hear it.
    request.on('error', (error) => finish(ofConnection(error, url, shown)));
    request.on('response', (response: IncomingMessage) => {
      response.on('error', () => finish(problem('cut-short', `${bytes} bytes from ${shown}`)));
      const refused = takes?.(response.statusCode ?? 0) ? undefined : ofStatus(response, url, shown);
      if (refused !== undefined) {
        finish(refused);
        return;
      }
      const announced = Number(response.headers['content-length'] ?? 0);
      if (announced > mostBytes) {
        finish(problem('too-large', `${shown} announces ${announced} bytes`));
        return;
      }
      const body = unpacked(response);
      body.on('error', () => finish(problem('cut-short', `${bytes} bytes from ${shown}`)));
      body.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes) {
          chunks.length = 0;
          finish(problem('too-large', `more than ${mostBytes} bytes from ${shown}`));
          return;
        }
        chunks.push(chunk);
        onBytes(bytes);
      });
      body.on('end', () => {
        finish(response.complete ? Buffer.concat(chunks) : problem('cut-short', `${bytes} bytes from ${shown}`));
      });
    });
    request.end(form?.toString());
  });
}

/** The body as it was before it was compressed for the way; its size is bounded as that of any other. */
function unpacked(response: IncomingMessage): Readable {
  return response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response;
}
