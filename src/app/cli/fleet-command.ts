import { InvalidArgumentError, Option } from 'commander';
import { isMissing } from '../../core/missing.ts';
import { parseSelector } from '../../fleet/selector.ts';
import { decideTerminal } from '../../views/terminal/decide-terminal.ts';
import type { Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import type { FleetFormat } from '../fleet/fleet.ts';
import type { FleetSettings } from '../fleet/settings.ts';
import type { CommandParts } from './command-parts.ts';
import { LOOK_FLAGS, takeCommon } from './common-flags.ts';
import { between, choice, typedFlags } from './flags.ts';

interface FleetFlags {
  readonly prometheus?: string;
  readonly viaKubectl?: string;
  readonly selector?: string;
  readonly nodeLabel: string;
  readonly since: number;
  readonly interval: number;
  readonly waveSize: number;
  readonly once?: boolean;
  readonly json?: boolean;
  readonly format?: FleetFormat;
  readonly failOn?: 'critical' | 'warning';
  readonly tokenFile?: string;
  readonly basicAuthFile?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly header?: readonly string[];
}

const SECONDS_OF: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `30m`, `24h` and `7d` as seconds. */
const stretch = (text: string): number => {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS_OF[unit ?? ''] ?? Number.NaN);
  if (!(seconds >= 60)) throw new InvalidArgumentError('a time as 30m, 24h or 7d is wanted');
  return seconds;
};

/** Collects what is given more than once; it is checked later, since commander would repeat a secret in its message. */
const collected = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** Adds `fleet`: one screen, or one report, of all nodes that an engine knows. */
export function addFleetCommand({ root, settingsOf, finish }: CommandParts): void {
  const fleet = takeCommon(root.command('fleet'), [...LOOK_FLAGS, 'log'])
    .description('all nodes of a cluster, worst first, from what Prometheus has of serve')
    .optionsGroup('Where it comes from:')
    .option('--prometheus <url>', 'an engine that speaks its API (or SLABTOP_K8S_PROMETHEUS)')
    .option('--via-kubectl <service>', 'NAMESPACE/SERVICE:PORT, through kubectl proxy')
    .optionsGroup('What is shown:')
    .option('--selector <matchers>', 'only these: cluster="prod", zone=~"eu-.*"')
    .option('--node-label <label>', 'the label with the name of a node', 'node')
    .addOption(
      new Option('--since <time>', 'how far back events are looked for').argParser(stretch).default(24 * 3600, '24h'),
    )
    .option('--interval <seconds>', 'between two refreshes', between(5, 3600), 60)
    .option('--wave-size <count>', 'w: nodes that are relieved at once', between(1, 1000), 5)
    .optionsGroup('Reports:')
    .option('--once', 'print one report and exit')
    .option('--json', 'with --once: JSON')
    .addOption(choice('--format <format>', 'with --once: how it is printed', ['text', 'json', 'md', 'csv']))
    .addOption(
      choice('--fail-on <severity>', 'with --once: exit as check does, 1 sick, 2 unknown', ['critical', 'warning']),
    )
    .optionsGroup('To reach the engine:')
    .option('--token-file <file>', 'bearer token for the engine')
    .option('--basic-auth-file <file>', 'NAME:PASSWORD for the engine')
    .option('--ca-file <file>', 'certificate authority of the engine, PEM')
    .option('--cert-file <file>', 'client certificate, PEM, with --key-file')
    .option('--key-file <file>', 'its key')
    .option('--header <name: value>', 'sent with each request, for a tenant; repeatable', collected)
    .action(async () => {
      const flags = typedFlags<FleetFlags>(fleet);
      const settings = fleetSettings(flags, settingsOf(fleet));
      const { printFleet, showFleet } = await import('../fleet/fleet.ts');
      if (flags.once !== true && (flags.json || flags.format !== undefined || flags.failOn !== undefined)) {
        throw new WrongUsage('--json, --format and --fail-on go with --once');
      }
      const terminal = decideHere();
      if (flags.once === true || terminal.kind === 'unusable') {
        const format = flags.json ? 'json' : (flags.format ?? 'text');
        return finish(await printFleet(settings, { format, failOn: flags.failOn }));
      }
      for (;;) {
        const left = await showFleet(settings, terminal);
        if (typeof left === 'number') return finish(left);
        const { goLive } = await import('../fleet/go-live.ts');
        const failed = await goLive(left.live);
        if (failed !== undefined) return finish(failed);
      }
    });
}

/** `demo --fleet`: the screen over invented nodes. */
export async function showInventedFleet({
  thresholds,
  ascii,
  color,
  theme,
  exportFolder,
  log,
}: Settings): Promise<number> {
  const terminal = decideHere();
  if (terminal.kind === 'unusable') throw new WrongUsage(`the demo needs a terminal: ${terminal.reason}`);
  const { fleetDemo } = await import('../fleet/demo/fleet-demo.ts');
  return fleetDemo({ thresholds: thresholdsOf(thresholds), ascii, color, theme, exportFolder, log }, terminal);
}

function decideHere() {
  return decideTerminal({
    env: process.env,
    inputIsTty: process.stdin.isTTY === true,
    outputIsTty: process.stdout.isTTY === true,
  });
}

function fleetSettings(flags: FleetFlags, settings: Settings): FleetSettings {
  const { viaKubectl, selector, tokenFile, basicAuthFile, caFile, certFile, keyFile } = flags;
  const url = flags.prometheus ?? process.env.SLABTOP_K8S_PROMETHEUS;
  if (flags.prometheus !== undefined && viaKubectl !== undefined) {
    throw new WrongUsage('--prometheus and --via-kubectl exclude each other; give one');
  }
  const matchers = parseSelector(selector ?? '');
  if (isMissing(matchers)) throw new WrongUsage(`--selector: ${matchers.detail}`);
  return {
    from: viaKubectl === undefined ? { url: url ?? noEngine() } : { service: viaKubectl },
    headers: Object.fromEntries((flags.header ?? []).map(headerOf)),
    selector: matchers,
    nodeLabel: flags.nodeLabel,
    intervalSeconds: flags.interval,
    sinceSeconds: flags.since,
    waveSize: flags.waveSize,
    thresholds: thresholdsOf(settings.thresholds),
    ascii: settings.ascii,
    theme: settings.theme,
    color: settings.color,
    exportFolder: settings.exportFolder,
    log: settings.log,
    insecure: false,
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(basicAuthFile === undefined ? {} : { basicAuthFile }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

function noEngine(): never {
  throw new WrongUsage(
    'fleet takes --prometheus URL, or --via-kubectl NAMESPACE/SERVICE:PORT; demo --fleet needs neither',
  );
}

/** Name and value as HTTP has them; a value is never repeated in a message. */
function headerOf(text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([A-Za-z0-9-]{1,100}): ?([\x20-\x7e]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new WrongUsage('--header: NAME: VALUE is wanted');
  if (/^(authorization|cookie|proxy-authorization)$/i.test(name)) {
    throw new WrongUsage(
      `--header ${name}: visible to every user on the command line; use --token-file or --basic-auth-file`,
    );
  }
  return [name, value];
}
