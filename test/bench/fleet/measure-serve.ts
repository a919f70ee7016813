import { execFileSync } from 'node:child_process';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { FAMILIES } from '../../../src/exports/metrics/families.ts';
import { encodeMetrics } from '../../../src/exports/metrics/text.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { makeFolder } from '../../support/cleanup.ts';
import { observeFixture } from '../../support/observe.ts';
import { type ServedProgram, serveProgram } from '../../support/served-program.ts';
import { benchHost } from '../bench-host.ts';
import { measureCost } from '../meter.ts';
import { cpuSecondsOf, readTree } from '../process-tree.ts';
import { ownProgram } from '../programs.ts';

/** What a scrape of `/metrics` costs. */
export interface ScrapeRow {
  readonly of: string;
  readonly textBytes: number;
  readonly packedBytes: number;
  readonly series: number;
  /** To make the text, once a tick: CPU of one of many. */
  readonly encodeCpuMs: number;
  /** To answer with it, HTTP and socket included: CPU of all processes of one of many. */
  readonly answerCpuMs: number;
}

/** What this node pays. */
export interface NodeRow {
  readonly of: string;
  readonly cpuMsPerSecond: number;
  readonly rssBytes: number;
  readonly pssBytes: number;
}

/** Nobody's: what is measured are processes below one that is known. */
const NO_MARK = 'nobody has this in the environment';

const ENCODES = 300;
const ANSWERS = 500;
const SETTLE_MS = 3_000;

const CAPTURE = new URL('../../fixtures/hosts/linux-4.4.155-cgroup1.tar.gz', import.meta.url).pathname;

/** Scrapes of the captured incident, and of a generated host with so many live cgroups. */
export async function measureScrapes(live: number): Promise<ScrapeRow[]> {
  const { path, remove } = makeFolder(tmpdir(), 'bench-capture');
  execFileSync('tar', ['xzf', CAPTURE, '-C', path]);
  const incident = join(path, 'linux-4.4.155-cgroup1/incident');
  const host = benchHost(live);
  try {
    return [await scrapesOf('the captured incident', incident), await scrapesOf(`${live} live cgroups`, host.root)];
  } finally {
    host.remove();
    remove();
  }
}

async function scrapesOf(of: string, root: string): Promise<ScrapeRow> {
  const encodeCpuMs = encodingCpuMs(root);
  // So long an interval that hardly a tick comes between: what is left is the answering.
  const served = await serveProgram(['--host-root', root, '--interval', '20']);
  try {
    const agent = new Agent({ keepAlive: true });
    let body = await scraped(served, agent);
    while (!body.includes('slabtop_memcgs{')) {
      await sleep(200);
      body = await scraped(served, agent);
    }
    await sleep(SETTLE_MS);
    const before = cpuOf(served);
    for (let answer = 0; answer < ANSWERS; answer += 1) body = await scraped(served, agent);
    const answerCpuMs = ((cpuOf(served) - before) * 1000) / ANSWERS;
    const packedBytes = (await scraped(served, agent, { 'accept-encoding': 'gzip' })).length;
    agent.destroy();
    const series = body.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
    return { of, textBytes: body.length, packedBytes, series, encodeCpuMs, answerCpuMs };
  } finally {
    await served.stop();
  }
}

/** Made again and again of one model, as it is once a tick. */
function encodingCpuMs(root: string): number {
  const { model, observer } = observeFixture(root, 2);
  const diagnosis = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
  const context = {
    report: { model, diagnosis, toolVersion: '1.0.0' },
    ...{ nodeVersion: process.versions.node, samplerRestarts: 0, ticks: 2, names: (name: string) => name },
  };
  encodeMetrics(FAMILIES, context);
  const before = process.cpuUsage();
  for (let made = 0; made < ENCODES; made += 1) encodeMetrics(FAMILIES, context);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / ENCODES;
}

function scraped({ port }: ServedProgram, agent: Agent, headers: Readonly<Record<string, string>> = {}) {
  return new Promise<string>((settle, reject) => {
    get({ host: '127.0.0.1', port, path: '/metrics', agent, headers }, (response) => {
      let body = '';
      response.setEncoding('latin1').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => settle(body));
    }).on('error', reject);
  });
}

function cpuOf({ child }: ServedProgram): number {
  return cpuSecondsOf(readTree(child.pid ?? 0, NO_MARK));
}

/** This machine: `serve` at 5 s and at its own rhythm, and the live screen at 5 s. */
export async function measureNodes(seconds: number): Promise<NodeRow[]> {
  const screen = ownProgram('-d', '5');
  if ('skipped' in screen) throw new Error(screen.skipped);
  const cost = await measureCost(screen, { seconds, starts: 1 });
  return [
    await servedFor('serve at 5 s', ['--interval', '5'], seconds),
    await servedFor('serve at its own 15 s', [], seconds),
    { of: 'the live screen at 5 s', ...cost },
  ].map(({ of, cpuMsPerSecond, rssBytes, pssBytes }) => ({ of, cpuMsPerSecond, rssBytes, pssBytes }));
}

async function servedFor(of: string, args: readonly string[], seconds: number): Promise<NodeRow> {
  const served = await serveProgram(args);
  try {
    await sleep(SETTLE_MS);
    const before = cpuOf(served);
    const beganMs = performance.now();
    await sleep(seconds * 1000);
    const tree = readTree(served.child.pid ?? 0, NO_MARK);
    const cpuMs = (cpuSecondsOf(tree) - before) * 1000;
    return {
      of,
      cpuMsPerSecond: cpuMs / ((performance.now() - beganMs) / 1000),
      rssBytes: tree.reduce((sum, one) => sum + one.rssBytes, 0),
      pssBytes: tree.reduce((sum, one) => sum + one.pssBytes, 0),
    };
  } finally {
    await served.stop();
  }
}
