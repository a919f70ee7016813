import { execFileSync } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { FLEET_QUERIES, NODE_QUERIES } from '../../src/exports/rollout/dashboard-queries.ts';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { madeNodes } from '../support/made-fleet.ts';
import { jsonOf, PROGRAM, runProgram } from '../support/program.ts';
import { programMissing } from '../support/program-missing.ts';
import { startPrometheus } from '../support/prometheus-server.ts';
import { openPty } from '../support/pty.ts';
import { serveProgram } from '../support/served-program.ts';

const folder = makeFolder(tmpdir(), 'fleet');
afterAll(folder.remove);

const noPrometheus = programMissing('prometheus') || programMissing('promtool');

function fleetScreen([url = '', ...args]: readonly string[], size: { columns: number; rows: number }) {
  return openPty({ command: process.execPath, args: [PROGRAM, 'fleet', '--prometheus', url, ...args], ...size });
}

/** Asks until the answer is as wanted. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((settle) => setTimeout(settle, 300));
  }
}

async function api(url: string, path: string) {
  const response = await fetch(`${url}/api/v1/${path}`);
  return JSON.parse(await response.text());
}

test.skipIf(noPrometheus)(
  'a real Prometheus scrapes three nodes; alerts fire for the sick one; the screen shows what it tells itself',
  async () => {
    const served = await Promise.all(
      [captured('incident'), captured('healthy'), '/'].map((root) =>
        serveProgram(['--host-root', root, '--interval', '1']),
      ),
    );
    onTestFinished(async () => {
      await Promise.all(served.map(({ stop }) => stop()));
    });
    const targets = served.map(({ port }) => `127.0.0.1:${port}`);
    const [sick = '', healthy = ''] = targets;
    const prometheus = await startPrometheus({
      folder: join(folder.path, 'scraped'),
      targets,
      rules: true,
      firesAfter: '3s',
    });
    onTestFinished(prometheus.stop);

    // Verdicts: the sick is critical, and what fires of a critical node is of it alone.
    const verdicts = await until(
      () => api(prometheus.url, 'query?query=slabtop_verdict_severity'),
      ({ data }) =>
        data.result.some((each: { value: [number, string] }) => each.value[1] === '4') && data.result.length === 3,
    );
    const severityOf = new Map(
      verdicts.data.result.map((each: { metric: { instance: string }; value: [number, string] }) => [
        each.metric.instance,
        each.value[1],
      ]),
    );
    expect(severityOf.get(sick)).toBe('4');
    expect(severityOf.get(healthy)).not.toBe('4');
    interface FiringAlert {
      readonly state: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    }
    const firing = ({ data }: { data: { alerts: FiringAlert[] } }) =>
      data.alerts.filter(({ state, labels }) => state === 'firing' && labels.severity === 'critical');
    const alerting = firing(
      await until(
        () => api(prometheus.url, 'alerts'),
        (answer) => firing(answer).some(({ labels }) => labels.alertname === 'SlabtopNodeCritical'),
      ),
    );
    expect(new Set(alerting.map(({ labels }) => labels.instance))).toEqual(new Set([sick]));
    const page = alerting.find(({ labels }) => labels.alertname === 'SlabtopNodeCritical');
    expect(page?.annotations.description).toContain('19.9k memory cgroups are dying; the slowest read takes 3.663s');

    // Every query of the dashboard is one that the engine takes.
    for (const [name, { expr }] of Object.entries({ ...FLEET_QUERIES, ...NODE_QUERIES })) {
      const query = expr.replaceAll('$instance', sick).replaceAll('$__rate_interval', '1m');
      expect((await api(prometheus.url, `query?query=${encodeURIComponent(query)}`)).status, name).toBe('success');
    }

    // The report and the screen say the same numbers as the node's own report.
    const fleet = async () =>
      JSON.parse((await runProgram(['fleet', '--prometheus', prometheus.url, '--once', '--json'])).stdout);
    const list = await until(fleet, ({ nodes }) => nodes[0]?.rootReadSeconds > 0 && nodes[0]?.dying > 0);
    const own = await jsonOf(['--host-root', captured('incident'), '--once']);
    expect(list.nodes[0]).toMatchObject({ state: 'critical', dying: own.memcg.dying, live: own.memcg.live });
    const rootRead = own.reads.find(
      ({ path, file }: { path: string; file: string }) => path === '/' && file === 'memory.stat',
    );
    expect(list.nodes[0].rootReadSeconds).toBe(rootRead.wallSeconds);
    expect((await runProgram(['fleet', '--prometheus', prometheus.url, '--once', '--fail-on', 'critical'])).code).toBe(
      1,
    );

    const screen = fleetScreen([prometheus.url, '--interval', '5'], { columns: 160, rows: 45 });
    await screen.waitFor(/CRIT.*node-sick/);
    await screen.waitFor(/19,896/);
    screen.type('\r');
    await screen.waitFor(/root read of memory\.stat/);
    await screen.waitFor(/dying-cgroups/);
    screen.type('q');
    expect((await screen.exited).code).toBe(0);
  },
);

test.skipIf(noPrometheus)('five hundred nodes: the sick are listed with the rules and without them alike', async () => {
  const now = Math.floor(Date.now() / 60_000) * 60;
  const past = { nodes: 520, sickPct: 5, fromSeconds: now - 3600, toSeconds: now + 1800, stepSeconds: 60 };
  const lists = [];
  for (const rules of [true, false]) {
    const prometheus = await startPrometheus({ folder: join(folder.path, `past-${rules}`), past, rules });
    const { stdout, code } = await runProgram(['fleet', '--prometheus', prometheus.url, '--once', '--json']);
    expect(code).toBe(0);
    const list = JSON.parse(stdout);
    expect(list.rules).toBe(rules ? 'installed' : 'absent');
    lists.push(list);
    if (!rules) {
      const found = await runProgram([
        'fleet',
        '--prometheus',
        prometheus.url,
        '--selector',
        'node="ip-10-0-0-1"',
        '--once',
        '--json',
      ]);
      expect(
        JSON.parse(found.stdout).nodes.map(({ name, state }: { name: string; state: string }) => [name, state]),
      ).toEqual([['ip-10-0-0-1', 'ok']]);
    }
    await prometheus.stop();
  }
  const names = lists.map(({ nodes }) => nodes.map(({ name }: { name: string }) => name).sort());
  expect(names[0]).toEqual(names[1]);
  const made = madeNodes(past).filter(({ sick, dying, growthPerHour }) => sick && dying - growthPerHour > 1000);
  expect(names[0]).toEqual(made.map(({ name }) => name).sort());
});

async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

const SECRET = 'hunter2-hunter2';

test.each<[string, RequestListener, RegExp]>([
  ['HTML', (_, response) => response.end('<html><script>alert(1)</script></html>'), /not JSON/],
  ['401', (_, response) => response.writeHead(401).end(SECRET), /401.*--token-file/],
  ['403', (_, response) => response.writeHead(403).end(SECRET), /403.*X-Scope-OrgID/],
  ['404', (_, response) => response.writeHead(404).end(), /404/],
  [
    '422',
    (_, response) =>
      response
        .writeHead(422)
        .end(JSON.stringify({ status: 'error', errorType: 'execution', error: 'too \u001b[31mmany' })),
    /refuses \(execution\): too .*many/,
  ],
  ['503', (_, response) => response.writeHead(503).end('no healthy upstream'), /not JSON|503/],
  ['a redirect', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /sends us on/],
  [
    'half a body',
    (_, response) => response.writeHead(200, { 'content-length': '1000' }).write('{"status"', () => response.destroy()),
    /ended too early/,
  ],
  ['100 MB', (_, response) => response.writeHead(200, { 'content-length': '104857600' }).end(), /32 MiB/],
])(
  'an engine that answers with %s is told in one line, and nothing of it reaches the terminal',
  async (_, listener, sentence) => {
    const url = await answering(listener);
    const { code, stdout, stderr } = await runProgram(['fleet', '--prometheus', url, '--once']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/\u001b|hunter2|<script/);
  },
);

test('a fleet that could not be heard is unknown to --fail-on, never sick', async () => {
  const { code, stderr } = await runProgram([
    'fleet',
    '--prometheus',
    'http://127.0.0.1:1',
    '--once',
    '--fail-on',
    'critical',
  ]);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/nothing listens there/) });
});

test('an engine that says nothing holds no key; the screen says that it asks', async () => {
  const url = await answering(() => {});
  const screen = fleetScreen([url], { columns: 80, rows: 24 });
  await screen.waitFor(/asking the engine/);
  screen.type('?');
  await screen.waitFor(/Keys/);
  screen.type('\u001b');
  screen.type('q');
  expect((await screen.exited).code).toBe(0);
});

test('labels of a hostile target are text', async () => {
  const labels = {
    __name__: 'slabtop_verdict_severity',
    instance: 'a',
    job: 'j',
    node: '\u001b]0;x\u0007{b}\u202e|own',
  };
  const url = await answering((request, response) => {
    let form = '';
    request.on('data', (part) => {
      form += part;
    });
    request.on('end', () => {
      const query = new URLSearchParams(form).get('query') ?? '';
      const result = query.includes('count_values')
        ? [{ metric: { level: '4' }, value: [1, '1'] }]
        : [{ metric: labels, value: [1, '4'] }];
      const range = form.includes('start=');
      const data = range ? { resultType: 'matrix', result: [] } : { resultType: 'vector', result };
      response.end(JSON.stringify({ status: 'success', data, warnings: ['\u001b[2Jpartial'] }));
    });
  });
  for (const format of ['text', 'md', 'csv', 'json']) {
    const { stdout } = await runProgram(['fleet', '--prometheus', url, '--once', '--format', format]);
    expect(stdout, format).toContain('own');
    expect(stdout, format).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/);
  }
});

test('wrong usage is one line and 2; a password on the command line is refused', async () => {
  for (const args of [
    [],
    ['--prometheus', 'nonsense', '--once'],
    ['--prometheus', 'http://127.0.0.1:1', '--selector', '} or up{'],
    ['--prometheus', 'http://127.0.0.1:1', '--via-kubectl', 'a/b:1'],
    ['--prometheus', 'http://127.0.0.1:1', '--header', `Authorization: Bearer ${SECRET}`],
    ['--prometheus', 'http://127.0.0.1:1', '--json'],
    ['--prometheus', 'http://127.0.0.1:1', '--since', 'yesterday'],
  ]) {
    const { code, stderr } = await runProgram(['fleet', ...args]);
    expect(stderr, args.join(' ')).not.toContain(SECRET);
    expect({ code, lines: stderr.trim().split('\n').length }, args.join(' ')).toEqual({
      code: args.includes('nonsense') ? 1 : 2,
      lines: 1,
    });
  }
});

test.skipIf(noPrometheus)('the printed rules are those that were evaluated', () => {
  const printed = execFileSync(process.execPath, ['bin/slabtop-k8s', 'print', 'prometheus-rules'], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  expect(parse(printed).groups).toHaveLength(2);
});
