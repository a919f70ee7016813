import type { CommandParts } from './command-parts.ts';
import { NODE_FLAGS, takeCommon } from './common-flags.ts';
import { between, typedFlags } from './flags.ts';

interface Flags {
  readonly 'web.listenAddress': string;
  readonly 'web.config.file'?: string;
  readonly 'web.telemetryPath': string;
  readonly interval?: number;
  readonly redact?: boolean;
  readonly workloadLabels: boolean;
}

/** Adds `serve`; its flags are spelled as in every exporter that uses the Prometheus exporter toolkit. */
export function addServeCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('serve'), NODE_FLAGS)
    .description('serve metrics for Prometheus and a page, until it is stopped; read only')
    .option('--web.listen-address <address>', 'HOST:PORT to listen on', '127.0.0.1:10047')
    .option('--web.config.file <file>', "TLS and passwords: the exporter toolkit's web configuration file")
    .option('--web.telemetry-path <path>', 'where the metrics are', '/metrics')
    .option('--interval <seconds>', 'between two samples (default 15); the same as --delay', between(1, 3600))
    .option('--redact', 'names of node, namespaces and workloads as pseudonyms; metrics alone are served')
    .option('--no-workload-labels', 'no names of namespaces and workloads');
  command.action(async () => {
    const flags = typedFlags<Flags>(command);
    const settings = settingsOf(command);
    const { serve } = await import('../serve/serve.ts');
    const seconds = flags.interval;
    finish(
      await serve(seconds === undefined ? settings : { ...settings, delaySeconds: seconds }, {
        listenAddress: flags['web.listenAddress'],
        telemetryPath: flags['web.telemetryPath'],
        naming: flags.redact ? 'redacted' : flags.workloadLabels ? 'told' : 'left-out',
        ...(flags['web.config.file'] === undefined ? {} : { configFile: flags['web.config.file'] }),
      }),
    );
  });
}
