import type { Command } from 'commander';
import { WrongUsage } from '../base/wrong-usage.ts';

import type { CommandParts } from './capture-commands.ts';

interface Flags {
  readonly 'web.listenAddress': string;
  readonly 'web.config.file'?: string;
  readonly 'web.telemetryPath': string;
  readonly interval?: number;
  readonly redact?: boolean;
  readonly workloadLabels: boolean;
}

/** Adds `serve`; its flags are spelled as in every exporter that uses the Prometheus exporter toolkit. */
export function addServeCommand(root: Command, { common, settingOf, finish }: CommandParts): void {
  common(root.command('serve'))
    .description('serve metrics for Prometheus and a page, until it is told to end; read only')
    .option('--web.listen-address <address>', 'HOST:PORT to listen on', '127.0.0.1:10047')
    .option('--web.config.file <file>', "TLS and passwords: the exporter toolkit's web configuration file")
    .option('--web.telemetry-path <path>', 'where the metrics are', '/metrics')
    .option('--interval <seconds>', 'between two samples (default 15); the same as --delay', Number)
    .option('--redact', 'names of node, namespaces and workloads as pseudonyms; metrics alone are served')
    .option('--no-workload-labels', 'no names of namespaces and workloads')
    .allowExcessArguments(false)
    .action(async (_, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const setting = settingOf(command);
      const { serve } = await import('../serve/serve.ts');
      const seconds = flags.interval;
      if (seconds !== undefined && !(seconds >= 1 && seconds <= 3600)) throw new WrongUsage('--interval: 1 to 3600 s');
      finish(
        await serve(seconds === undefined ? setting : { ...setting, delaySeconds: seconds }, {
          listenAddress: flags['web.listenAddress'],
          telemetryPath: flags['web.telemetryPath'],
          naming: flags.redact ? 'redacted' : flags.workloadLabels ? 'told' : 'left-out',
          ...(flags['web.config.file'] === undefined ? {} : { configFile: flags['web.config.file'] }),
        }),
      );
    });
}
