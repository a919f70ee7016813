import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../capture/profile-server.ts';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { jsonOf, runProgram } from '../support/program.ts';
import { programMissing } from '../support/program-missing.ts';
import { get, type ServedProgram, serveProgram, until } from '../support/served-program.ts';

const folder = makeFolder(tmpdir(), 'serve');
afterAll(folder.remove);

async function served(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<ServedProgram> {
  const program = await serveProgram(args, env);
  onTestFinished(async () => {
    program.child.kill('SIGCONT');
    await program.stop();
  });
  return program;
}

/** The value of a series. */
function numberOf(metrics: string, series: string): number {
  const line = metrics.split('\n').find((each) => each.startsWith(`${series} `));
  if (line === undefined) throw new Error(`no ${series}`);
  return Number(line.slice(series.length + 1));
}

const INCIDENT = ['--host-root', captured('incident'), '--interval', '1'];

test('metrics of the incident are the numbers of its report', async () => {
  const { port } = await served(INCIDENT);
  const metrics = await until(
    () => get(port, '/metrics'),
    ({ body }) => body.includes('state="dying"') && body.includes('cgroup="/"'),
  );
  const document = await jsonOf(['--host-root', captured('incident'), '--once']);
  expect(numberOf(metrics.body, 'slabtop_memcgs{state="dying"}')).toBe(document.memcg.dying);
  expect(numberOf(metrics.body, 'slabtop_memcgs{state="live"}')).toBe(document.memcg.live);
  const rootRead = document.reads.find((read: { path: string }) => read.path === '/');
  expect(numberOf(metrics.body, `slabtop_stat_read_seconds{file="${rootRead.file}",cgroup="/"}`)).toBe(
    rootRead.wallSeconds,
  );
  expect(metrics.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
});

test('page, report and health; other methods and paths; SIGTERM ends it at once', async () => {
  const program = await serveProgram(INCIDENT);
  const { port } = program;
  expect(
    (
      await until(
        () => get(port, '/healthz'),
        ({ status }) => status === 200,
      )
    ).body,
  ).toBe('ok\n');
  expect((await get(port, '/livez')).status).toBe(200);
  const page = await get(port, '/');
  expect(page.body).toMatch(/<svg.*<pre>.*dying/s);
  expect(page.body).not.toContain('<script');
  expect(JSON.parse((await get(port, '/report.json')).body).schema).toBe('slabtop-k8s/1');
  expect((await get(port, '/report.md')).headers['content-type']).toMatch(/^text\/markdown/);
  expect(await get(port, '/metrics', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  expect(await get(port, '/metrics', { method: 'POST' })).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
  });
  for (const path of ['/nope', '/metrics/', '/drop', '/../etc/passwd', '/constructor', '/debug/pprof/profile']) {
    expect((await get(port, path)).status, path).toBe(404);
  }
  expect(await program.stop()).toBe(0);
});

test('while the sampler process says nothing the last model answers, and it is not ready', async () => {
  const { child, port } = await served(INCIDENT);
  await until(
    () => get(port, '/healthz'),
    ({ status }) => status === 200,
  );
  const sampler = Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' }).trim());
  process.kill(sampler, 'SIGSTOP');
  onTestFinished(() => {
    process.kill(sampler, 'SIGCONT');
  });
  const silent = await until(
    () => get(port, '/healthz'),
    ({ status }) => status === 503,
  );
  expect(silent.body).toMatch(/no sample for \d+ s/);
  expect((await get(port, '/livez')).status).toBe(200);
  const before = numberOf((await get(port, '/metrics')).body, 'slabtop_ticks_total');
  expect(numberOf((await get(port, '/metrics')).body, 'slabtop_ticks_total')).toBe(before);
});

test('a thousand scrapes at once are answered, or turned away, and it goes on', async () => {
  const { port } = await served(INCIDENT);
  await until(
    () => get(port, '/healthz'),
    ({ status }) => status === 200,
  );
  const all = await Promise.allSettled(Array.from({ length: 1000 }, () => get(port, '/metrics')));
  const answered = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(answered.length).toBeGreaterThan(0);
  for (const { status, body } of answered) {
    expect(status).toBe(200);
    expect(body).toMatch(/slabtop_field_missing.*1\n$/s);
  }
  expect((await get(port, '/livez')).status).toBe(200);
});

test('a client that sends nothing, or rubbish, or headers without end, costs nobody else anything', async () => {
  const { port } = await served(INCIDENT);
  await until(
    () => get(port, '/healthz'),
    ({ status }) => status === 200,
  );
  const sent = [
    '',
    'GET / HTTP/1.1\r\nHost: a\r\nX: ',
    '\u0016\u0003\u0001\u0002\u0000',
    `GET / HTTP/1.1\r\nX: ${'a'.repeat(60_000)}\r\n\r\n`,
  ];
  const sockets = sent.map((text) =>
    connect(port, '127.0.0.1', function (this: ReturnType<typeof connect>) {
      this.write(text);
    }),
  );
  const ended = sockets.map(
    (socket) => new Promise<void>((settle) => socket.on('error', () => {}).on('close', () => settle())),
  );
  expect((await get(port, '/metrics')).status).toBe(200);
  for (const socket of sockets) socket.resume();
  await Promise.all(ended);
  expect((await get(port, '/metrics')).status).toBe(200);
});

test('a password: none, wrong, right; the page says nothing without it', async () => {
  const file = join(folder.path, 'password.yml');
  writeFileSync(file, `basic_auth_users:\n  prometheus: ${hashSync('secret', 4)}\n`);
  const { port, log } = await served([...INCIDENT, '--web.config.file', file]);
  const bare = await get(port, '/metrics');
  expect(bare).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Basic realm="slabtop-k8s"' } });
  expect(bare.body).not.toContain('slabtop_');
  expect((await get(port, '/metrics', { auth: 'prometheus:wrong' })).status).toBe(401);
  expect(
    (
      await until(
        () => get(port, '/metrics', { auth: 'prometheus:secret' }),
        ({ status }) => status !== 503,
      )
    ).status,
  ).toBe(200);
  expect(log()).not.toMatch(/secret|\$2[aby]\$/);
});

const noOpenssl = programMissing('openssl');

test.skipIf(noOpenssl)(
  'TLS: a certificate that is exchanged while it runs; one that is broken leaves the old',
  async () => {
    const [cert, key, config] = [join(folder.path, 'a.crt'), join(folder.path, 'a.key'), join(folder.path, 'tls.yml')];
    const made = () => {
      const pair = makeCertificate(folder.path, 'localhost');
      return { cert: readFileSync(pair.cert, 'utf8'), key: readFileSync(pair.key, 'utf8') };
    };
    const put = (pair: { cert: string; key: string }) => {
      writeFileSync(cert, pair.cert);
      writeFileSync(key, pair.key);
    };
    const first = made();
    put(first);
    writeFileSync(config, 'tls_server_config:\n  cert_file: a.crt\n  key_file: a.key\n');
    const program = await served([...INCIDENT, '--web.config.file', config]);
    const ask = (ca: string) => get(program.port, '/livez', { tls: true, ca, servername: 'localhost' });
    expect((await ask(first.cert)).status).toBe(200);
    const second = made();
    put(second);
    program.child.kill('SIGHUP');
    await program.says(/certificate was read again/);
    expect((await ask(second.cert)).status).toBe(200);
    await expect(ask(first.cert)).rejects.toThrow(/certificate|self.signed/i);
    writeFileSync(cert, 'no certificate');
    program.child.kill('SIGHUP');
    await program.says(/what was configured before stays/);
    expect((await ask(second.cert)).status).toBe(200);
  },
);

test.skipIf(noOpenssl)(
  'a certificate that has expired is said once, and the next one is taken while it runs',
  async () => {
    const { path } = makeFolder(tmpdir(), 'expired');
    const fresh = makeCertificate(path, 'localhost');
    const [request, cert, config] = [join(path, 'a.csr'), join(path, 'a.crt'), join(path, 'tls.yml')];
    const quiet = { stdio: 'ignore' } as const;
    execFileSync('openssl', ['req', '-new', '-key', fresh.key, '-subj', '/CN=localhost', '-out', request], quiet);
    execFileSync(
      'openssl',
      ['x509', '-req', '-in', request, '-signkey', fresh.key, '-days', '-1', '-out', cert],
      quiet,
    );
    writeFileSync(config, `tls_server_config:\n  cert_file: a.crt\n  key_file: ${fresh.key}\n`);
    const { child, port, log, says } = await served([...INCIDENT, '--web.config.file', config]);
    const ask = (ca: string) => get(port, '/livez', { tls: true, ca, servername: 'localhost' });
    await expect(ask(readFileSync(cert, 'utf8'))).rejects.toThrow(/expired/);
    child.kill('SIGHUP');
    await says(/configuration was read again/);
    expect(log().match(/the certificate expired at .*; clients refuse it/g)).toHaveLength(1);
    writeFileSync(cert, readFileSync(fresh.cert));
    child.kill('SIGHUP');
    await says(/certificate was read again/);
    expect((await ask(readFileSync(fresh.cert, 'utf8'))).status).toBe(200);
  },
);

test('any address but this machine takes one warning; wrong usage is one line and 2', async () => {
  const { log } = await served([...INCIDENT, '--web.listen-address', '0.0.0.0:0']);
  expect(log()).toMatch(/warning: .* without TLS and without a password/);
  for (const args of [
    ['--web.listen-address', 'nonsense'],
    ['--web.config.file', '/nonexistent.yml'],
    ['--web.telemetry-path', 'metrics'],
    ['--interval', '0'],
    ['--host-root', '/nonexistent'],
  ]) {
    const { code, stderr } = await runProgram(['serve', ...args]);
    expect({ code, lines: stderr.trim().split('\n').length }, args.join(' ')).toEqual({ code: 2, lines: 1 });
  }
});

test('--redact tells metrics alone, and no name', async () => {
  const root = captured('incident');
  const name = readFileSync(join(root, 'proc/sys/kernel/hostname'), 'utf8').trim();
  const { port } = await served([...INCIDENT, '--redact']);
  const metrics = await until(
    () => get(port, '/metrics'),
    ({ status }) => status === 200,
  );
  expect(metrics.body).toMatch(/nodename="r-[0-9a-f]{10}"/);
  expect(metrics.body).not.toContain(`"${name}"`);
  for (const path of ['/', '/report.json', '/report.md', '/overview.svg']) {
    const got = await get(port, path);
    expect(got.status, path).toBe(403);
    expect(got.body).not.toContain(name);
  }
});

test('for the textfile collector: a file of ours is replaced, whole, without what counts from a start; another stays', async () => {
  const file = join(folder.path, 'slabtop.prom');
  const snapshot = () => runProgram(['snapshot', '--host-root', captured('incident'), '--format', 'prom', '-o', file]);
  expect(await snapshot()).toMatchObject({ code: 0, stdout: `${file}\n` });
  expect((await snapshot()).code).toBe(0);
  const text = readFileSync(file, 'utf8');
  expect(numberOf(text, 'slabtop_memcgs{state="dying"}')).toBe(19_896);
  expect(text).not.toMatch(/ticks_total|self_cpu_seconds_total|created_total/);
  writeFileSync(file, 'mine\n');
  expect(await snapshot()).toMatchObject({ code: 1, stderr: expect.stringContaining('not a file of this program') });
  expect(readFileSync(file, 'utf8')).toBe('mine\n');
});
