import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { CAUSES, type CauseId } from '../../diagnosis/causes.ts';
import { decideTerminal } from '../../views/terminal/decide-terminal.ts';
import { type ExportFormat, FORMATS } from '../base/export-formats.ts';
import { printError } from '../base/print-error.ts';
import { EXIT } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import { addProfileFlags, type ProfileFlags, profileOf } from './capture-commands.ts';
import type { CommandParts } from './command-parts.ts';
import { NODE_FLAGS, takeCommon } from './common-flags.ts';
import { addIncidentFlags, addRecordFlags, addReportFlags, type RecordFlags, recordOptions } from './flag-groups.ts';
import { asTyped, choice, finite, positive, typedFlags } from './flags.ts';
import { refuseRedact } from './refuse-redact.ts';

interface LiveFlags extends RecordFlags, ProfileFlags {
  readonly once?: boolean;
  readonly batch?: boolean;
  readonly iterations?: number;
  readonly json?: boolean;
  readonly profile?: string;
  readonly redact?: boolean;
}

/** What the program does without a command: the live screen, or reports. */
export function addLiveScreen({ root, args, settingsOf, finish }: CommandParts): void {
  root.optionsGroup('Reports:');
  addReportFlags(root.option('--once', 'print one report and exit'), 'print a report per interval');
  root.optionsGroup('Recording:').option('--record <file>', 'record what is read, beside the screen or the reports');
  addRecordFlags(root);
  addIncidentFlags(
    root
      .optionsGroup('Exports:')
      .option('--export-formats <list>', 'what e writes: md, json, text, svg, bundle (default md,json)')
      .option('--redact', 'names and ids are replaced by pseudonyms in what e writes'),
  );
  addProfileFlags(root, 'Profile, in pane 5 and in reports:');
  root.action(async () => {
    const flags = typedFlags<LiveFlags>(root);
    const record = flags.record === undefined ? {} : { record: recordOptions(flags.record, flags) };
    const settings = { ...settingsOf(root), ...record };
    const { once, batch, json, iterations } = flags;
    const profile = profileOf(flags);
    if (once && batch) throw new WrongUsage('--once and --batch exclude each other; give one');
    if (!once && !batch && (json || iterations !== undefined)) {
      throw new WrongUsage(`${asTyped(json ? ['--json'] : ['-n', '--iterations'], args)} goes with --once or --batch`);
    }
    if (once || batch) {
      refuseRedact(flags);
      const { printReports } = await import('./report.ts');
      return finish(await printReports(settings, { reports: once ? 1 : iterations, json: json === true, profile }));
    }
    const terminal = decideTerminal({
      env: process.env,
      inputIsTty: process.stdin.isTTY === true,
      outputIsTty: process.stdout.isTTY === true,
    });
    if (terminal.kind === 'unusable') {
      if (process.stdout.isTTY) printError(`${terminal.reason}; printing one report instead`);
      const { printReports } = await import('./report.ts');
      return finish(await printReports(settings, { reports: 1, json: false, profile }));
    }
    const { runLive } = await import('../screen/live.ts');
    finish(await runLive(settings, terminal, profile));
  });
}

/** Adds `snapshot`. */
export function addSnapshotCommand({ root, settingsOf, finish }: CommandParts): void {
  const snapshot = takeCommon(root.command('snapshot'), [...NODE_FLAGS, 'delay'])
    .description('write a snapshot for a ticket')
    .option('-o, --output <path>', 'the file, or - for standard output (default: a new file in this folder)')
    .addOption(choice('--format <format>', 'what it is', FORMATS).default('md'))
    .option('--redact', 'names and ids are replaced by pseudonyms');
  addProfileFlags(snapshot, 'Profile, beside the node:').action(async () => {
    const flags = typedFlags<ProfileFlags & { output?: string; format: ExportFormat; profile?: string }>(snapshot);
    const { writeSnapshot } = await import('./snapshot.ts');
    const where = flags.output === undefined ? {} : { output: flags.output };
    finish(await writeSnapshot(settingsOf(snapshot), { ...where, format: flags.format, profile: profileOf(flags) }));
  });
}

interface CheckFlags {
  readonly failOn: 'critical' | 'warning';
  readonly timeout: number;
  readonly threshold?: Readonly<Record<string, number>>;
  readonly printNpdConfig?: boolean;
  readonly json?: boolean;
  readonly cause?: CauseId;
  readonly share?: string;
}

/** Adds `check`. */
export function addCheckCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('check'), NODE_FLAGS)
    .description('one line and an exit code: 0 healthy, 1 sick, 2 unknown')
    .addOption(
      choice('--fail-on <severity>', 'from which severity on it is sick', ['critical', 'warning']).default('critical'),
    )
    .option('--timeout <seconds>', 'never take longer, even while a read hangs', positive, 5)
    .option('--json', 'the findings as JSON')
    .addOption(choice('--cause <cause>', 'judge this alone', Object.keys(CAUSES)))
    .option('--share <file>', 'keep what was heard there, and use it for a minute instead of reading again')
    .addOption(
      new Option(
        '--threshold <name=value>',
        'a threshold of the verdict, as in the configuration; repeatable',
      ).argParser(threshold),
    )
    .option('--print-npd-config', 'print the configuration of a node-problem-detector custom plugin');
  command.action(async () => {
    const flags = typedFlags<CheckFlags>(command);
    if (flags.printNpdConfig) {
      const { encodeNpdConfig } = await import('../../exports/rollout/node-problem-detector.ts');
      process.stdout.write(encodeNpdConfig(resolve(process.argv[1] ?? 'slabtop-k8s')));
      return finish(EXIT.fine);
    }
    const { check } = await import('./check.ts');
    const settings = settingsOf(command);
    const thresholds = { ...settings.thresholds, ...flags.threshold };
    const { failOn, timeout: timeoutSeconds, json = false, cause, share } = flags;
    const options = {
      ...{ failOn, timeoutSeconds, json },
      ...(cause === undefined ? {} : { cause }),
      ...(share === undefined ? {} : { share: resolve(share) }),
    };
    finish(await check({ ...settings, thresholds }, options));
  });
}

function threshold(text: string, before: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [name, value] = text.split('=', 2);
  if (name === undefined || value === undefined) throw new InvalidArgumentError('NAME=VALUE is wanted');
  const thresholds = { [name]: finite(value) };
  try {
    thresholdsOf(thresholds);
  } catch (error) {
    throw error instanceof WrongUsage ? new InvalidArgumentError(error.message) : error;
  }
  return { ...before, ...thresholds };
}
