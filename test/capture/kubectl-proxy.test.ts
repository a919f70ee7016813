import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { fetchThroughKubectl, type KubectlOptions } from '../../src/capture/kubectl-proxy.ts';
import { isProblem } from '../../src/capture/problem.ts';
import { problemText } from '../../src/capture/problem-text.ts';
import { atExit, makeFolder } from '../support/cleanup.ts';
import { PROFILE } from './profile-server.ts';

const folder = makeFolder(tmpdir(), 'kubectl');
afterAll(folder.remove);

/**
 * A kubectl of our own on a PATH of its own: it notes its arguments and its pid, serves by HTTP on a loopback port and
 * says so in kubectl's words.
 */
function fakeKubectl(name: string, answer: string): { searchPath: string; ran: () => { pid: number; args: string[] } } {
  const bin = join(folder.path, name);
  mkdirSync(bin);
  const noted = join(bin, 'noted.json');
  const program = `#!${process.execPath}
const fs = require('node:fs');
const path = ${JSON.stringify(noted)};
fs.writeFileSync(path + '.new', JSON.stringify({ pid: process.pid, args: process.argv.slice(2) }));
fs.renameSync(path + '.new', path);
const profile = fs.readFileSync(${JSON.stringify(file('profile.pb.gz', PROFILE))});
const serve = (listener) => {
  const server = require('node:http').createServer(listener);
  server.listen(0, '127.0.0.1', () => console.log('Starting to serve on 127.0.0.1:' + server.address().port));
};
${answer}
`;
  writeFileSync(join(bin, 'kubectl'), program, { mode: 0o755 });
  return {
    searchPath: `${bin}:${process.env.PATH}`,
    ran: () => JSON.parse(readFileSync(noted, 'utf8')),
  };
}

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

function options(changes: Partial<KubectlOptions> = {}): KubectlOptions {
  return {
    seconds: 2,
    searchPath: process.env.PATH,
    environment: process.env,
    clock: { now: () => Date.now(), monotonic: () => performance.now() / 1000 },
    signal: new AbortController().signal,
    onProgress: () => {},
    ...changes,
  };
}

const SERVES_ONE_PATH = `serve((request, response) => {
  const right = request.url === '/api/v1/nodes/node-7.example.org/proxy/debug/pprof/profile?seconds=2';
  response.writeHead(right ? 200 : 404).end(right ? profile : '');
});`;

test('the profile of a node, through a proxy that lets nothing else through and is ended', async () => {
  const { searchPath, ran } = fakeKubectl('serves', SERVES_ONE_PATH);
  const result = await fetchThroughKubectl('node-7.example.org', options({ searchPath }));
  if (isProblem(result)) throw new Error(problemText(result));
  expect(Buffer.from(result.bytes).equals(PROFILE)).toBe(true);
  expect(result.origin).toBe('node node-7.example.org, by kubectl proxy');
  const { pid, args } = ran();
  expect(args).toEqual([
    'proxy',
    '--address=127.0.0.1',
    '--port=0',
    '--accept-paths=^/api/v1/nodes/node-7\\.example\\.org/proxy/debug/pprof/profile$',
  ]);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

test('what the API server refuses', async () => {
  const { searchPath, ran } = fakeKubectl('refuses', SERVES_ONE_PATH);
  expect(await fetchThroughKubectl('another-node', options({ searchPath }))).toMatchObject({ problem: 'not-found' });
  expect(existsSync(`/proc/${ran().pid}`)).toBe(false);
});

test('a kubectl that does not start', async () => {
  const { searchPath } = fakeKubectl(
    'fails',
    `console.error('error: no configuration, token ' + 'c2VjcmV0'.repeat(9)); process.exit(1);`,
  );
  expect(await fetchThroughKubectl('node-7', options({ searchPath }))).toEqual({
    problem: 'kubectl-failed',
    detail: 'status 1: error: no configuration, token ...',
  });
});

test('a kubectl that stays after it was told to end', async () => {
  const { searchPath, ran } = fakeKubectl('stays', `process.on('SIGINT', () => {}); ${SERVES_ONE_PATH}`);
  const result = await fetchThroughKubectl('node-7.example.org', options({ searchPath }));
  expect(isProblem(result)).toBe(false);
  await expect.poll(() => isGone(ran().pid)).toBe(true);
});

test('cancelled while kubectl starts, and while the server measures', async () => {
  const starting = new AbortController();
  const silent = fakeKubectl('silent', 'setInterval(() => {}, 1000);');
  const first = fetchThroughKubectl('node-7', options({ searchPath: silent.searchPath, signal: starting.signal }));
  await expect.poll(() => existsSync(join(folder.path, 'silent', 'noted.json')), { timeout: 10_000 }).toBe(true);
  starting.abort();
  expect(await first).toEqual({ problem: 'cancelled', detail: '' });
  expect(isGone(silent.ran().pid)).toBe(true);

  const measuring = new AbortController();
  const slow = fakeKubectl('slow', 'serve(() => {});');
  const second = fetchThroughKubectl(
    'node-7',
    options({ searchPath: slow.searchPath, signal: measuring.signal, onProgress: () => measuring.abort() }),
  );
  expect(await second).toEqual({ problem: 'cancelled', detail: '' });
  expect(isGone(slow.ran().pid)).toBe(true);
});

test('names that are none, and no kubectl', async () => {
  for (const name of ['', '-x', 'a/b', 'a b', '../x', 'Node', 'a..b', 'a;id', 'x'.repeat(254), '$(id)']) {
    expect(await fetchThroughKubectl(name, options())).toMatchObject({ problem: 'bad-node-name' });
  }
  expect(await fetchThroughKubectl('node-7', options({ searchPath: folder.path }))).toEqual({
    problem: 'no-kubectl',
    detail: '',
  });
  expect(await fetchThroughKubectl('node-7', options({ seconds: 0 }))).toMatchObject({ problem: 'bad-seconds' });
});

test('we are killed midway: the proxy ends by itself', { timeout: 60_000 }, async () => {
  const build = fileURLToPath(new URL('../../src/packaging/build.mjs', import.meta.url));
  const entry = fileURLToPath(new URL('./kubectl-program.ts', import.meta.url));
  const program = join(folder.path, 'kubectl-program.cjs');
  execFileSync(process.execPath, [build, '--entry', entry, '--outfile', program]);
  const { searchPath, ran } = fakeKubectl('left', 'serve(() => {});');
  const us = spawn(process.execPath, [program], { stdio: 'ignore', env: { ...process.env, PATH: searchPath } });
  onTestFinished(atExit(() => us.kill('SIGKILL')));
  await expect.poll(() => existsSync(join(folder.path, 'left', 'noted.json')), { timeout: 10_000 }).toBe(true);
  us.kill('SIGKILL');
  await once(us, 'exit');
  const { pid } = ran();
  expect(isGone(pid)).toBe(false);
  await expect.poll(() => isGone(pid), { timeout: 45_000, interval: 200 }).toBe(true);
});

/** A process that has ended, be it that nobody has taken note of it yet. */
function isGone(pid: number): boolean {
  try {
    return /^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // No such file, no such process.
    return true;
  }
}
