import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, onTestFinished, test } from 'vitest';
import { type FetchedProfile, type FetchOptions, fetchProfile } from '../../src/capture/fetch-profile.ts';
import { type CaptureProblem, isProblem } from '../../src/capture/problem.ts';
import { problemText } from '../../src/capture/problem-text.ts';
import { isMissing } from '../../src/core/missing.ts';
import { decodeProfile } from '../../src/profile/pprof.ts';
import { makeFolder } from '../support/cleanup.ts';
import { likeKubelet, makeCertificate, PROFILE, type Served, serve, serveBytes, TOKEN } from './profile-server.ts';

const folder = makeFolder(tmpdir(), 'fetch');
afterAll(folder.remove);

const noOpenssl = whyNoOpenssl();
if (noOpenssl !== undefined) console.warn(`skipped, no certificate can be made: ${noOpenssl}`);
const withTls = test.skipIf(noOpenssl !== undefined);

const tokenFile = file('token', `${TOKEN}\n`);
const wrongTokenFile = file('wrong-token', 'eyJhbGciOiJSUzI1NiJ9.d3Jvbmc.another-token_9876543210\n');

/** Everything that was said to anybody in these tests. */
const said: string[] = [];
afterEach(() => {
  const all = said.join('\n');
  for (const secret of [TOKEN, 'another-token', 'Bearer', 'hunter2']) expect(all).not.toContain(secret);
});

/** Options that say no seconds. */
const unsaid: FetchOptions = {
  insecure: false,
  clock: { now: () => Date.now(), monotonic: () => performance.now() / 1000 },
  signal: new AbortController().signal,
  onProgress: (progress) => said.push(JSON.stringify(progress)),
};

async function fetched(source: string, changes: Partial<FetchOptions> = {}): Promise<FetchedProfile | CaptureProblem> {
  const result = await fetchProfile(source, { ...unsaid, seconds: 1, ...changes });
  said.push(isProblem(result) ? JSON.stringify(result) + problemText(result) : result.origin);
  return result;
}

/** What a person is told; the word of the problem before it. */
async function refusal(source: string, changes: Partial<FetchOptions> = {}): Promise<CaptureProblem> {
  const result = await fetched(source, changes);
  if (!isProblem(result)) throw new Error(`${result.bytes.length} bytes came`);
  return result;
}

async function served(listener: RequestListener, tls?: { cert: string; key: string }): Promise<Served> {
  const server = await serve(listener, tls);
  onTestFinished(() => server.close());
  return server;
}

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

test('a file', async () => {
  const path = file('profile.pb.gz', PROFILE);
  expect(await fetched(path)).toEqual({ bytes: PROFILE, origin: path });
});

test('files that are none', async () => {
  const at = (name: string) => join(folder.path, name);
  expect(await refusal(at('nothing'))).toEqual({ problem: 'file-not-found', detail: at('nothing') });
  expect(await refusal(folder.path)).toEqual({ problem: 'file-not-regular', detail: folder.path });
  execFileSync('mkfifo', [at('fifo')]);
  expect(await refusal(at('fifo'))).toEqual({ problem: 'file-not-regular', detail: at('fifo') });
  truncateSync(file('huge', ''), 4 * 1024 ** 3);
  expect(await refusal(at('huge'))).toEqual({
    problem: 'too-large',
    detail: `${at('huge')}: more than ${64 * 1024 ** 2} bytes`,
  });
});

test('http: the right token, none, another one, no profile there', async () => {
  const { url } = await served(likeKubelet);
  const result = await fetched(url, { tokenFile });
  if (isProblem(result)) throw new Error(problemText(result));
  expect(result.origin).toBe(`${url}/debug/pprof/profile?seconds=1`);
  expect(Buffer.from(result.bytes).equals(PROFILE)).toBe(true);
  expect(isMissing(decodeProfile(result.bytes))).toBe(false);

  expect(await refusal(url)).toMatchObject({ problem: 'unauthorized' });
  expect(await refusal(url, { tokenFile: wrongTokenFile })).toMatchObject({ problem: 'forbidden' });
  expect(await refusal(`${url}/debug/pprof/other`, { tokenFile })).toMatchObject({ problem: 'not-found' });
});

test('the seconds: the option, else those of the URL, else 30', async () => {
  const asked: (string | undefined)[] = [];
  const { url } = await served((request, response) => {
    asked.push(request.url);
    response.end(PROFILE);
  });
  const own = `${url}/debug/pprof/profile?seconds=7&token=hunter2`;
  await fetchProfile(own, unsaid);
  await fetchProfile(url, unsaid);
  expect(await fetched(own, { seconds: 3 })).toMatchObject({ origin: `${url}/debug/pprof/profile?seconds=3` });
  expect(asked).toEqual([
    '/debug/pprof/profile?seconds=7&token=hunter2',
    '/debug/pprof/profile?seconds=30',
    '/debug/pprof/profile?seconds=3&token=hunter2',
  ]);
  for (const bad of ['0', '601', '-3', '1e3', 'hunter', '']) {
    expect(await fetchProfile(`${url}/x?seconds=${bad}`, unsaid)).toMatchObject({ problem: 'bad-seconds' });
  }
});

test('URLs that are none of ours', async () => {
  expect(await refusal('ftp://localhost/profile')).toMatchObject({ problem: 'bad-url' });
  expect(await refusal('https://')).toMatchObject({ problem: 'bad-url' });
  expect(await refusal('http://admin:hunter2@localhost:1/')).toMatchObject({ problem: 'bad-url' });
  expect(await refusal('127.0.0.1:10250')).toEqual({
    problem: 'bad-url',
    detail: 'it has no scheme; write https://127.0.0.1:10250',
  });
  expect(await refusal('localhost:8001/api')).toMatchObject({
    detail: expect.stringContaining('http://localhost:8001/api'),
  });
  // Nothing is sent: the name has no address.
  expect(await refusal('http://node-7.invalid:10255', { tokenFile })).toEqual({
    problem: 'token-in-clear',
    detail: 'node-7.invalid:10255',
  });
  expect(await refusal('http://node-7.invalid:10255')).toMatchObject({ problem: 'unknown-host' });
});

test('token files that hold no token', async () => {
  const { url } = await served(likeKubelet);
  for (const text of ['', '\n', 'two words hunter2', 'hunter2\r\nx-header: 1', 'hunter2\u00e9']) {
    const path = file('bad-token', text);
    expect(await refusal(url, { tokenFile: path })).toEqual({ problem: 'bad-token-file', detail: path });
  }
  expect(await refusal(url, { tokenFile: join(folder.path, 'none') })).toMatchObject({ problem: 'file-not-found' });
  expect(await refusal(url, { tokenFile: file('long', 'x'.repeat(20_000)) })).toMatchObject({ problem: 'too-large' });
});

test('a redirect is not followed, and the token goes nowhere else', async () => {
  let reached = 0;
  const other = await served((_, response) => {
    reached++;
    response.end(PROFILE);
  });
  const { url } = await served((request, response) => {
    const location = `${other.url}/debug/pprof/profile?token=${request.headers.authorization}`;
    response.writeHead(302, { location }).end();
  });
  expect(await refusal(url, { tokenFile })).toEqual({
    problem: 'redirected',
    detail: `${other.url}/debug/pprof/profile`,
  });
  expect(reached).toBe(0);
});

test('a server that sends for ever, and one that announces 4 GiB', async () => {
  const zeros = Buffer.alloc(1024 * 1024);
  let gone = false;
  const endless = await served((_, response) => {
    response.on('close', () => {
      gone = true;
    });
    const more = (): void => {
      while (response.write(zeros));
      response.once('drain', more);
    };
    more();
  });
  expect(await refusal(endless.url)).toMatchObject({
    problem: 'too-large',
    detail: expect.stringContaining(`more than ${64 * 1024 * 1024} bytes`),
  });
  await expect.poll(() => gone).toBe(true);

  const announced = await served((_, response) => {
    response.writeHead(200, { 'content-length': String(4 * 1024 ** 3) });
    response.write('x');
  });
  expect(await refusal(announced.url)).toMatchObject({
    problem: 'too-large',
    detail: expect.stringContaining('4294967296'),
  });
});

test('a server that says nothing is given up after the time measured and 15 s', async () => {
  const { url } = await served(() => {});
  expect(await refusal(url)).toMatchObject({ problem: 'too-slow', detail: expect.stringContaining('0 bytes in 16 s') });
});

test('cancelled while the server measures', async () => {
  let closed = false;
  const cancel = new AbortController();
  const { url } = await served((_, response) => {
    response.on('close', () => {
      closed = true;
    });
    response.write('some');
    cancel.abort();
  });
  expect(await refusal(url, { signal: cancel.signal })).toEqual({ problem: 'cancelled', detail: '' });
  await expect.poll(() => closed).toBe(true);
  expect(await refusal(url, { signal: cancel.signal })).toEqual({ problem: 'cancelled', detail: '' });
});

test('answers that end too early, and that are no HTTP', async () => {
  const { url } = await served((_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('some', () => response.destroy());
  });
  expect(await refusal(url)).toMatchObject({ problem: 'cut-short' });
  const dropped = await served((_, response) => response.destroy());
  expect(await refusal(dropped.url)).toMatchObject({ problem: 'connection-lost' });
  const ssh = await serveBytes('SSH-2.0-OpenSSH_9.2\r\n');
  onTestFinished(() => ssh.close());
  expect(await refusal(ssh.url)).toMatchObject({ problem: 'not-http' });
  const closed = await serve(likeKubelet);
  await closed.close();
  expect(await refusal(closed.url)).toEqual({ problem: 'connection-refused', detail: `localhost:${closed.port}` });
  const odd = await served((_, response) => response.writeHead(503, 'hunter2').end('hunter2'));
  expect(await refusal(odd.url)).toMatchObject({ problem: 'bad-status', detail: expect.stringMatching(/^503 from/) });
});

withTls('https: the CA, no CA, another CA, --insecure', async () => {
  const own = makeCertificate(folder.path, 'localhost');
  const { url } = await served(likeKubelet, own);
  const trusted = await fetched(url, { tokenFile, caFile: own.cert });
  expect(trusted).toMatchObject({ origin: `${url}/debug/pprof/profile?seconds=1` });
  expect(await fetched(url, { tokenFile, insecure: true })).toMatchObject({ bytes: PROFILE });

  const untrusted = await refusal(url, { tokenFile });
  expect(untrusted).toEqual({ problem: 'tls-untrusted', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(problemText(untrusted)).toContain('--ca-file');
  const other = makeCertificate(folder.path, 'other');
  expect(await refusal(url, { tokenFile, caFile: other.cert })).toMatchObject({ problem: 'tls-untrusted' });
  expect(await refusal(url, { caFile: own.cert })).toMatchObject({ problem: 'unauthorized' });
  expect(await refusal(url, { caFile: own.cert, tokenFile: wrongTokenFile })).toMatchObject({ problem: 'forbidden' });
});

withTls('https: another name, http in its place, and the other way round', async () => {
  const own = makeCertificate(folder.path, 'node-7');
  const { url, port } = await served(likeKubelet, own);
  expect(await refusal(url, { caFile: own.cert })).toEqual({ problem: 'tls-name', detail: `localhost:${port}` });
  const plain = await served(likeKubelet);
  expect(await refusal(plain.url.replace('http:', 'https:'))).toMatchObject({ problem: 'tls-failed' });
  expect(await refusal(url.replace('https:', 'http:'))).toMatchObject({ problem: 'connection-lost' });
});

withTls('a client certificate', async () => {
  const own = makeCertificate(folder.path, 'localhost');
  const other = makeCertificate(folder.path, 'other');
  const { url } = await served(likeKubelet, own);
  const mine = { tokenFile, caFile: own.cert, certFile: own.cert, keyFile: own.key };
  expect(await fetched(url, mine)).toMatchObject({ bytes: PROFILE });
  expect(await refusal(url, { ...mine, keyFile: other.key })).toMatchObject({ problem: 'bad-certificate-file' });
  expect(await refusal(url, { caFile: own.cert, keyFile: own.key })).toMatchObject({ problem: 'bad-certificate-file' });
  expect(await refusal(url, { caFile: tokenFile })).toMatchObject({ problem: 'bad-certificate-file' });
  mkdirSync(join(folder.path, 'a-folder'), { recursive: true });
  const certFile = join(folder.path, 'a-folder');
  expect(await refusal(url, { ...mine, certFile })).toEqual({ problem: 'file-not-regular', detail: certFile });
});

function whyNoOpenssl(): string | undefined {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return undefined;
  } catch (error) {
    return `openssl: ${error instanceof Error ? error.message : error}`;
  }
}
