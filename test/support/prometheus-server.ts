import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { encodePrometheusRules } from '../../src/exports/rollout/prometheus-rules.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { atExit } from './cleanup.ts';
import { type MadeFleet, madePast } from './made-fleet.ts';

/** What a Prometheus of a test is started with. */
export interface PrometheusSetup {
  /** Its data, configuration and log; a folder of the test's. */
  readonly folder: string;
  /** Addresses that it scrapes each second, by the job's name. */
  readonly targets?: readonly string[];
  /** A past that it is given before it starts. */
  readonly past?: MadeFleet;
  /** Whether it has the printed rules, for its past too; or what they record for that alone. */
  readonly rules?: boolean | 'in its past alone';
  /** Alerts fire after this time, in the place of their own. */
  readonly firesAfter?: string;
}

/** A running Prometheus on this machine. */
export interface RunningPrometheus {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts Debian's Prometheus on a free port of the loopback address, and waits until it answers. */
export async function startPrometheus(setup: PrometheusSetup): Promise<RunningPrometheus> {
  const { folder, targets = [], past, rules = false, firesAfter } = setup;
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const printed = encodePrometheusRules(DEFAULT_THRESHOLDS, '1.0.0');
  const text = firesAfter === undefined ? printed : printed.replace(/^( +for: ).*$/gm, `$1${firesAfter}`);
  writeFileSync(join(folder, 'rules.yml'), text);
  writeFileSync(join(folder, 'prometheus.yml'), configurationOf(targets, rules === true));
  if (past === undefined) return started(folder, data);
  givePast(folder, data, past);
  const first = await started(folder, data);
  if (rules === false) return first;
  evaluatePast(folder, data, first.url, past);
  // Blocks that were made beside a running server are seen when it starts.
  await first.stop();
  return started(folder, data);
}

async function started(folder: string, data: string): Promise<RunningPrometheus> {
  const port = await freePort();
  const log = openSync(join(folder, 'prometheus.log'), 'a');
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  const remove = atExit(() => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`prometheus ended with ${child.exitCode}; see its log`);
    const ready = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) break;
    await new Promise((settle) => setTimeout(settle, 100));
  }
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      remove();
    },
  };
}

function configurationOf(targets: readonly string[], rules: boolean): string {
  return stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    ...(rules ? { rule_files: ['rules.yml'] } : {}),
    scrape_configs: targets.length === 0 ? [] : [{ job_name: 'slabtop-k8s', static_configs: [{ targets }] }],
  });
}

/** A port that nobody has. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  await new Promise((settle) => server.close(settle));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function givePast(folder: string, data: string, past: MadeFleet): void {
  const file = join(folder, 'past.om');
  const descriptor = openSync(file, 'w');
  for (const piece of madePast(past)) writeSync(descriptor, piece);
  closeSync(descriptor);
  promtool(['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=24h', file, data]);
}

/** Recording rules of the past: an engine evaluates them for now alone. */
function evaluatePast(folder: string, data: string, url: string, past: MadeFleet): void {
  const span = [`--start=${past.fromSeconds}`, `--end=${past.toSeconds}`];
  const rulesOf = join(folder, 'rules.yml');
  promtool([
    'tsdb',
    'create-blocks-from',
    'rules',
    `--url=${url}`,
    ...span,
    '--eval-interval=60s',
    `--output-dir=${data}`,
    rulesOf,
  ]);
}

function promtool(args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`promtool ${args.join(' ')}: ${stdout}${stderr}`);
}
