import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../host/live-host.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { BasicAuth } from './basic-auth.ts';
import { expirySentence } from './certificate-expiry.ts';
import type { ListenAddress } from './listen-address.ts';
import { Passwords } from './passwords.ts';
import { type Pages, route } from './routes.ts';
import { OPEN, readWebConfig, type WebConfig } from './web-config.ts';
import { type Answer, createWebServer, plain, secureContextOf, sendAnswer } from './web-server.ts';

/** The files of the web configuration are looked at this often, while anybody connects. */
const LOOK_AGAIN_MS = 5_000;

/**
 * The pages over HTTP or HTTPS. The web configuration is read again when somebody connects, at most every few seconds,
 * so that passwords and certificates can be exchanged while it runs; one that is wrong leaves what was before.
 */
export class WebServer {
  readonly #file: string | undefined;
  readonly #pages: Pages;
  readonly #log: (line: string) => void;
  readonly #passwords = new Passwords();
  readonly #auth = new BasicAuth(this.#passwords.compare, (milliseconds) => wait(milliseconds));
  readonly #server: Server;
  #config: WebConfig;
  #lookedAtMs = performance.now();
  #complained = '';

  /** Reads the configuration; throws {@link WrongUsage} where it is wrong. */
  constructor(file: string | undefined, pages: Pages, log: (line: string) => void) {
    this.#file = file;
    this.#pages = pages;
    this.#log = log;
    this.#config = file === undefined ? OPEN : readWebConfig(file);
    this.#server = this.#create();
    this.#complain(this.#expiry());
    this.#server.on('connection', () => {
      if (performance.now() - this.#lookedAtMs > LOOK_AGAIN_MS) this.reload();
    });
  }

  /** `http` or `https`. */
  get scheme(): string {
    return this.#config.tls === undefined ? 'http' : 'https';
  }

  /** Whether a password or a certificate is asked for, or at least nobody can listen in. */
  get isProtected(): boolean {
    return this.#config.tls !== undefined || Object.keys(this.#config.users).length > 0;
  }

  /** Listens; rejects where the address is not available. */
  listen({ host, port }: ListenAddress): Promise<AddressInfo> {
    return new Promise((settle, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, ...(host === '' ? {} : { host }) }, () => {
        this.#server.off('error', reject);
        // Too few descriptors, for one: the connection is lost, the exporter goes on.
        this.#server.on('error', (error) => this.#log(`a connection could not be taken: ${error.message}`));
        const bound = this.#server.address();
        if (bound === null || typeof bound === 'string') reject(new Error('not bound to an address'));
        else settle(bound);
      });
    });
  }

  /** Reads the web configuration again. */
  reload(): void {
    this.#lookedAtMs = performance.now();
    if (this.#file === undefined) return;
    try {
      this.#apply(readWebConfig(this.#file));
      this.#complain(this.#expiry());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#complain(`${error.message}; what was configured before stays`);
    }
  }

  /** The same line once: it would come with every connection. */
  #complain(line: string): void {
    if (line !== '' && line !== this.#complained) this.#log(line);
    this.#complained = line;
  }

  #expiry(): string {
    const { tls } = this.#config;
    const sentence = tls === undefined ? undefined : expirySentence(tls.cert, systemClock.now());
    return sentence === undefined ? '' : `${this.#file}: ${sentence}`;
  }

  /** Ends at once, whatever is being answered. */
  close(): void {
    this.#passwords.end();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #create(): Server {
    try {
      return createWebServer(this.#config.tls, (request, response) => void this.#answer(request, response));
    } catch (error) {
      // OpenSSL's words: a key that does not fit its certificate, a file that is neither.
      throw new WrongUsage(`${this.#file}: tls_server_config: ${error instanceof Error ? error.message : error}`);
    }
  }

  #apply(next: WebConfig): void {
    const [before, after] = [this.#config.tls, next.tls];
    if ((before === undefined) !== (after === undefined) || before?.clientAuth !== after?.clientAuth) {
      throw new WrongUsage(`${this.#file}: TLS on or off, and client_auth_type, change with a restart only`);
    }
    if (after !== undefined && this.#server instanceof TlsServer && JSON.stringify(before) !== JSON.stringify(after)) {
      this.#server.setSecureContext(secureContextOf(after));
      this.#log('the certificate was read again');
    }
    this.#config = next;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // What a client sends after its headers is of no interest.
    request.resume();
    let answer: Answer;
    try {
      answer = (await this.#refusal(request)) ?? route(this.#pages, request.method, request.url);
    } catch (error) {
      this.#log(`${request.url}: ${error instanceof Error ? error.message : error}`);
      answer = plain(500, 'this page could not be made; the log of the exporter says why');
    }
    const headers = { ...this.#config.headers, ...answer.headers };
    if (!response.destroyed) sendAnswer(request, response, { ...answer, headers });
  }

  async #refusal(request: IncomingMessage): Promise<Answer | undefined> {
    const { users } = this.#config;
    if (Object.keys(users).length === 0) return undefined;
    switch (await this.#auth.admit(request.headers.authorization, users)) {
      case 'admitted':
        return undefined;
      case 'refused':
        return plain(401, 'a name and a password are wanted', { 'WWW-Authenticate': 'Basic realm="slabtop-k8s"' });
      case 'too-many':
        return plain(429, 'too many passwords are being compared; try again', { 'Retry-After': '2' });
    }
  }
}
