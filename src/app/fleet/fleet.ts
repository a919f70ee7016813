import { readCredentials } from '../../capture/credentials.ts';
import { openKubectlProxy } from '../../capture/kubectl-proxy.ts';
import { type CaptureProblem, isProblem } from '../../capture/problem.ts';
import { Prometheus } from '../../capture/prometheus.ts';
import { isMissing, type Maybe } from '../../core/missing.ts';
import { encodeFleetCsv, encodeFleetJson } from '../../exports/fleet/fleet-report.ts';
import { encodeFleetMarkdown, encodeFleetText } from '../../exports/fleet/fleet-text.ts';
import { printJson } from '../../exports/json.ts';
import { withFacts } from '../../fleet/derive-list.ts';
import type { FleetModel } from '../../fleet/model.ts';
import { printMatchers } from '../../fleet/selector.ts';
import type { FleetState } from '../../views/fleet/state.ts';
import { CHECK_EXIT } from '../base/check-exit.ts';
import { CannotWrite, exportName, writeNewFile } from '../base/new-file.ts';
import { printError } from '../base/print-error.ts';
import { EXIT } from '../base/settings.ts';
import { outputColumns, styledText } from '../base/styled-output.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import type { UsableTerminal } from '../screen/terminal-loop.ts';
import { Engine, engineProblemText } from './engine.ts';
import { runFleetScreen } from './fleet-screen.ts';
import { Refresher } from './refresher.ts';
import type { FleetSettings } from './settings.ts';
import type { FleetSource } from './source.ts';

/** After so long an answer of the engine is given up; the screen goes on meanwhile. */
const MOST_SECONDS = 30;

/** A proxy of kubectl that is still there then was forgotten. */
const PROXY_SECONDS = 24 * 3600;

/** How a report of the fleet is printed. */
export type FleetFormat = 'text' | 'json' | 'md' | 'csv';

/** What can be done with an engine once there is one. */
interface Connected {
  readonly source: FleetSource;
  readonly shown: string;
  close(): Promise<void>;
}

/** Prints one report; the answer is the exit code, with `failOn` that of `check`. */
export async function printFleet(
  settings: FleetSettings,
  { format, failOn }: { readonly format: FleetFormat; readonly failOn?: 'critical' | 'warning' | undefined },
): Promise<number> {
  // As with `check`: a fleet that could not be heard is unknown, and 1 is for the sick.
  const unheard = (message: string): number => (failOn === undefined ? failed(message) : unknown(message));
  const connected = await connect(settings);
  if (isProblem(connected)) return unheard(engineProblemText(connected));
  const { source, shown, close } = connected;
  try {
    const model = await wholeList(source);
    if (isMissing(model)) return unheard(model.detail ?? model.unavailable);
    process.stdout.write(encoded(model, shown, format, settings));
    return failOn === undefined ? EXIT.fine : checked(model, failOn);
  } finally {
    await close();
  }
}

/** The screen, until it is left; a node that was chosen with `l` is answered. */
export async function showFleet(
  settings: FleetSettings,
  terminal: UsableTerminal,
): Promise<number | { readonly live: string }> {
  const connected = await connect(settings);
  if (isProblem(connected)) return failed(engineProblemText(connected));
  const { source, shown, close } = connected;
  try {
    return await showSource(settings, terminal, source, shown);
  } finally {
    await close();
  }
}

/** The screen of any source. */
export function showSource(
  settings: FleetSettings,
  terminal: UsableTerminal,
  source: FleetSource,
  shown: string,
  demo = false,
): Promise<number | { readonly live: string }> {
  return runFleetScreen({
    ...{ settings, terminal, source, shown, demo },
    exportList: (state) => exportList(state, shown, settings),
  });
}

async function connect(settings: FleetSettings): Promise<Connected | CaptureProblem> {
  const credentials = readCredentials(settings);
  if (isProblem(credentials)) return credentials;
  const { from, headers, selector } = settings;
  const connection = 'url' in from ? { url: from.url, stop: async () => {} } : await throughKubectl(from.service);
  if (isProblem(connection)) return connection;
  const byGet = 'service' in from;
  const prometheus = Prometheus.at({ url: connection.url, credentials, headers, mostSeconds: MOST_SECONDS, byGet });
  if (isProblem(prometheus)) {
    await connection.stop();
    return prometheus;
  }
  const place = 'service' in from ? `kubectl ${from.service}` : prometheus.shown;
  return {
    source: new Refresher(new Engine(prometheus), settings),
    shown: `${place} ${printMatchers(selector)}`.trim(),
    close: async () => {
      prometheus.close();
      await connection.stop();
    },
  };
}

/** `NAMESPACE/SERVICE:PORT` in the cluster that kubectl talks to. */
async function throughKubectl(service: string): Promise<{ url: string; stop(): Promise<void> } | CaptureProblem> {
  const [, namespace, name, port] = /^([a-z0-9-]{1,63})\/([a-z0-9-]{1,63}):([a-z0-9-]{1,15})$/.exec(service) ?? [];
  if (port === undefined) throw new WrongUsage(`--via-kubectl ${service}: NAMESPACE/SERVICE:PORT is wanted`);
  const base = `/api/v1/namespaces/${namespace}/services/${name}:${port}/proxy/`;
  const proxy = await openKubectlProxy({
    paths: [`${base}api/v1/query`, `${base}api/v1/query_range`],
    seconds: PROXY_SECONDS,
    searchPath: process.env.PATH,
    environment: process.env,
    signal: new AbortController().signal,
  });
  return isProblem(proxy) ? proxy : { url: `http://127.0.0.1:${proxy.port}${base}`, stop: () => proxy.stop() };
}

/** The list with the facts of all its rows, and the silent nodes. */
async function wholeList(source: FleetSource): Promise<Maybe<FleetModel>> {
  const { signal } = new AbortController();
  await source.askForSilent(signal);
  const model = await source.list('', signal);
  if (isMissing(model)) return model;
  const facts = await source.facts(model.nodes, signal);
  return { ...model, nodes: model.nodes.map((node) => withFacts(node, facts.get(node.key))) };
}

function encoded(model: FleetModel, shown: string, format: FleetFormat, { thresholds, color }: FleetSettings): string {
  switch (format) {
    case 'json':
      return `${printJson(encodeFleetJson(model, shown, __VERSION__))}\n`;
    case 'csv':
      return encodeFleetCsv(model);
    case 'md':
      return encodeFleetMarkdown(model, shown, thresholds);
    case 'text':
      return styledText({ color }, encodeFleetText(model, shown, outputColumns(), thresholds));
  }
}

/** The exit codes of `check`: 1 sick, 2 unknown, 0 neither. A node that says nothing is unknown. */
function checked({ counts }: FleetModel, failOn: 'critical' | 'warning'): number {
  if (isMissing(counts)) return CHECK_EXIT.unknown;
  if (counts.critical > 0 || (failOn === 'warning' && counts.warning > 0)) return CHECK_EXIT.sick;
  const silent = isMissing(counts.silent) ? 1 : counts.silent;
  return counts.unknown > 0 || silent > 0 ? CHECK_EXIT.unknown : CHECK_EXIT.healthy;
}

/** What `e` writes: for the ticket, for scripts, for a spreadsheet. */
const EXPORTED: readonly FleetFormat[] = ['md', 'json', 'csv'];

/** The list for the ticket, the marked nodes where there are any, in new files. */
function exportList(
  { model, marked, now }: FleetState,
  shown: string,
  settings: FleetSettings,
): { readonly paths: readonly string[] } | { readonly failed: string } {
  if (model === undefined) return { failed: 'there is no list yet' };
  const nodes = marked.size === 0 ? model.nodes : model.nodes.filter(({ key }) => marked.has(key));
  const paths: string[] = [];
  try {
    for (const format of EXPORTED) {
      const path = `${settings.exportFolder ?? '.'}/${exportName('fleet', new Date(now), format)}`;
      writeNewFile(path, encoded({ ...model, nodes }, shown, format, settings));
      paths.push(path);
    }
    return { paths };
  } catch (error) {
    if (error instanceof CannotWrite) return { failed: error.message };
    throw error;
  }
}

function unknown(message: string): number {
  printError(message);
  return CHECK_EXIT.unknown;
}

function failed(message: string): number {
  printError(message);
  return EXIT.failed;
}
