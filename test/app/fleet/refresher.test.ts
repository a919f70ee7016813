import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { Engine } from '../../../src/app/fleet/engine.ts';
import { Refresher } from '../../../src/app/fleet/refresher.ts';
import { isProblem } from '../../../src/capture/problem.ts';
import { Prometheus } from '../../../src/capture/prometheus.ts';
import { isMissing } from '../../../src/core/missing.ts';
import type { FleetModel } from '../../../src/fleet/model.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';

interface Question {
  readonly query: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

interface Told {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** An engine of a test: what it answers to a query, `undefined` for a 503, and how far its clock is ahead. */
async function refresherOf(
  answers: (query: string) => readonly Told[] | undefined | Promise<readonly Told[] | undefined>,
  { aheadSeconds = 0, sinceSeconds = 86_400 } = {},
) {
  const asked: Question[] = [];
  const server = createServer((request, response) => {
    let form = '';
    request.on('data', (part) => {
      form += part;
    });
    request.on('end', async () => {
      const given = new URLSearchParams(form);
      const number = (name: string) => Number(given.get(name) ?? Number.NaN);
      const query = given.get('query') ?? '';
      asked.push({ query, start: number('start'), end: number('end'), step: number('step') });
      const told = await answers(query);
      if (told === undefined) return response.writeHead(503).end('{"status":"error","errorType":"unavailable"}');
      const at = Date.now() / 1000 + aheadSeconds;
      const point = (value: number) => [at, String(value)];
      const ranged = given.has('start');
      const result = told.map(({ labels, value }) =>
        ranged ? { metric: labels, values: [point(value)] } : { metric: labels, value: point(value) },
      );
      const data = { resultType: ranged ? 'matrix' : 'vector', result };
      return response.end(JSON.stringify({ status: 'success', data }));
    });
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const prometheus = Prometheus.at({
    url,
    credentials: { headers: {}, tls: { rejectUnauthorized: true } },
    headers: {},
    mostSeconds: 30,
  });
  if (isProblem(prometheus)) throw new Error('no engine');
  onTestFinished(() => {
    prometheus.close();
    server.closeAllConnections();
    server.close();
  });
  const options = { selector: [], nodeLabel: 'node', thresholds: DEFAULT_THRESHOLDS, sinceSeconds };
  return { refresher: new Refresher(new Engine(prometheus), options), asked };
}

const { signal } = new AbortController();

async function listed(refresher: Refresher, filter = ''): Promise<FleetModel> {
  const model = await refresher.list(filter, signal);
  if (isMissing(model)) throw new Error(model.detail);
  return model;
}

const SICK = { instance: '10.0.0.5:10047', job: 'j' };
const severities = (query: string): readonly Told[] =>
  query.includes('count_values')
    ? [{ labels: { level: '4' }, value: 1 }]
    : query.includes('slabtop_verdict_severity')
      ? [{ labels: SICK, value: 4 }]
      : [];

test('an engine whose clock is two hours ahead is asked for its own last hour', async () => {
  const aheadSeconds = 7200;
  const { refresher, asked } = await refresherOf(severities, { aheadSeconds });
  const { nodes, engineAheadMs } = await listed(refresher);
  expect(Math.round(engineAheadMs / 60_000)).toBe(120);
  await refresher.facts(nodes, signal);
  const [range] = asked.filter(({ end }) => end > 0);
  expect(Math.abs((range?.end ?? 0) - (Date.now() / 1000 + aheadSeconds))).toBeLessThan(60);
});

test('a name finds a node by its address where targets have no name of a node', async () => {
  const { refresher, asked } = await refresherOf(severities);
  await listed(refresher, 'A.5');
  const query = asked.find((each) => each.query.startsWith('(slabtop_verdict_severity{'))?.query;
  expect(query).toBe(
    '(slabtop_verdict_severity{node=~"(?i).*A\\\\.5.*"}) or (slabtop_verdict_severity{node="",instance=~"(?i).*A\\\\.5.*"})',
  );
});

test('the counts are those of the fleet, whatever is filtered', async () => {
  const { refresher, asked } = await refresherOf(severities);
  await listed(refresher, 'nobody');
  expect(asked.filter(({ query }) => query.includes('count_values')).map(({ query }) => query)).not.toContainEqual(
    expect.stringContaining('nobody'),
  );
});

test('silent nodes come with the first list, and are asked for again when that was interrupted', async () => {
  let hold: Promise<void> | undefined = new Promise(() => {});
  const { refresher } = await refresherOf(async (query) => {
    if (!query.includes('unless')) return severities(query);
    await hold;
    return [{ labels: { instance: 'gone', job: 'j' }, value: 0 }];
  });
  await listed(refresher);
  const interrupted = new AbortController();
  const asking = refresher.askForSilent(interrupted.signal);
  interrupted.abort();
  await asking;
  hold = undefined;
  const model = await refresher.askForSilent(signal);
  expect(model?.nodes.map(({ state }) => state)).toEqual(['critical', 'silent']);
  expect(model?.counts).toMatchObject({ silent: 1 });
  expect((await listed(refresher, 'gone')).nodes.filter(({ state }) => state === 'silent')).toHaveLength(1);
});

test('an engine that was away for a moment does not lose the rules for ten minutes', async () => {
  let away = true;
  const { refresher } = await refresherOf((query) => {
    if (away) return undefined;
    return query.includes('level:slabtop_nodes:count') ? [{ labels: { level: '4' }, value: 1 }] : severities(query);
  });
  expect(isMissing(await refresher.list('', signal))).toBe(true);
  away = false;
  expect((await listed(refresher)).rules).toBe('installed');
});

test('what happens between two steps of a week is seen', async () => {
  const { refresher, asked } = await refresherOf(severities, { sinceSeconds: 7 * 86_400 });
  await refresher.events(signal);
  const drops = asked.find(({ query }) => query.includes('cache_drops'));
  expect(drops?.step).toBeGreaterThan(300);
  expect(drops?.query).toContain(`[${drops?.step}s]`);
});

test('states that changed are told without the recording rules too', async () => {
  const { refresher } = await refresherOf(severities);
  await listed(refresher);
  expect(await refresher.events(signal)).toContainEqual(expect.objectContaining({ kind: 'state', to: 'critical' }));
});

test('facts of hundreds of nodes are asked for in pieces', async () => {
  const { refresher, asked } = await refresherOf(severities);
  const { nodes } = await listed(refresher);
  const many = Array.from({ length: 120 }, (_, index) => ({ ...nodes[0], labels: { instance: `n${index}` } }));
  await refresher.facts(many as never, signal);
  const facts = asked.filter(({ query }) => query.startsWith('{__name__'));
  expect(facts.map(({ query }) => query.match(/n\d+/g)?.length)).toEqual([50, 50, 20]);
});
