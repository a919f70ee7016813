import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { rulesTable } from '../../diagnosis/rules/rules.ts';
import { encodeFieldTable } from '../../exports/document-fields.ts';
import { encodeFleetFieldTable } from '../../exports/fleet/fleet-fields.ts';
import { FAMILIES, NO_METRIC } from '../../exports/metrics/families.ts';
import { encodeGrafanaDashboard } from '../../exports/rollout/grafana-dashboard.ts';
import { encodeKrewManifest } from '../../exports/rollout/krew-manifest.ts';
import { encodeManifests } from '../../exports/rollout/kubernetes.ts';
import { encodeMetricsTable } from '../../exports/rollout/metrics-table.ts';
import { encodeNpdConfig } from '../../exports/rollout/node-problem-detector.ts';
import { encodePrometheusRules } from '../../exports/rollout/prometheus-rules.ts';
import { encodeSystemdUnit } from '../../exports/rollout/systemd-unit.ts';
import { PRINTER } from '../../format/printer.ts';
import { encodeFleetKeysTable } from '../../views/fleet/keys-table.ts';
import { encodeKeysTable } from '../../views/keys-table.ts';
import type { Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import sentences from './all.sentences';
import { encodeCommandsTable } from './commands-table.ts';
import type { CommandLineDescription } from './description.ts';
import { encodeManPage } from './man-page.ts';
import type { PrintableThing } from './print-names.ts';

/** What `print` was told besides what to print. */
export interface PrintFlags {
  readonly image?: string;
  readonly namespace: string;
  readonly podMonitor?: boolean;
  readonly archiveUrl?: string;
  readonly archiveSha256?: string;
  /** What the command line takes, for what is made from it. */
  program(): CommandLineDescription;
}

/** Everything that can be printed, each made from the code that runs. */
const PRINTS = {
  'prometheus-rules': (settings: Settings) => encodePrometheusRules(thresholdsOf(settings.thresholds), __VERSION__),
  'grafana-dashboard': (settings: Settings) => encodeGrafanaDashboard(thresholdsOf(settings.thresholds), __VERSION__),
  kubernetes: (_: Settings, flags: PrintFlags) => {
    const image = flags.image ?? wanted('kubernetes', '--image IMAGE');
    return encodeManifests({ image, namespace: flags.namespace, podMonitor: flags.podMonitor === true }, __VERSION__);
  },
  'systemd-unit': () => encodeSystemdUnit(ownPath(), __VERSION__),
  'npd-config': () => encodeNpdConfig(ownPath()),
  'krew-manifest': (_: Settings, { archiveUrl, archiveSha256 }: PrintFlags) =>
    encodeKrewManifest(
      {
        archiveUrl: archiveUrl ?? wanted('krew-manifest', '--archive-url URL'),
        archiveSha256: archiveSha256 ?? wanted('krew-manifest', '--archive-sha256 SUM'),
      },
      __VERSION__,
    ),
  metrics: () => encodeMetricsTable(FAMILIES, NO_METRIC),
  fields: () => `${encodeFieldTable()}\nOf the fleet:\n\n${encodeFleetFieldTable()}`,
  keys: () => `${encodeKeysTable()}\nOn the screen of the fleet:\n\n${encodeFleetKeysTable()}`,
  commands: (_: Settings, flags: PrintFlags) => encodeCommandsTable(flags.program()),
  'man-page': (_: Settings, flags: PrintFlags) => encodeManPage(flags.program(), __VERSION__),
  sentences: () => gunzipSync(sentences).toString(),
  rules: (settings: Settings) => rulesTable(thresholdsOf(settings.thresholds), PRINTER),
} as const satisfies Readonly<Record<PrintableThing, (settings: Settings, flags: PrintFlags) => string>>;

/** The text that is asked for; throws {@link WrongUsage} where a flag is needed. */
export function printed(what: PrintableThing, settings: Settings, flags: PrintFlags): string {
  return PRINTS[what](settings, flags);
}

function wanted(what: string, flag: string): never {
  throw new WrongUsage(`print ${what} takes ${flag}`);
}

function ownPath(): string {
  return resolve(process.argv[1] ?? 'slabtop-k8s');
}
