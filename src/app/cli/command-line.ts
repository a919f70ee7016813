import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { errnoOf, errnoSentence, systemErrorSentence } from '../../core/errno.ts';
import { CAUSES, type CauseId } from '../../diagnosis/causes.ts';
import { decideTerminal } from '../../views/terminal/decide-terminal.ts';
import { CHECK_EXIT } from '../base/check-exit.ts';
import { checkConfiguration, configurationFiles, configure } from '../base/configuration.ts';
import { printError } from '../base/print-error.ts';
import type { RecordOptions } from '../base/recorder.ts';
import { EXIT, type Settings } from '../base/settings.ts';
import { thresholdsOf } from '../base/thresholds-of.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import type { ProfileRequest } from '../captures/take-profile.ts';
import type { DemoFlags } from '../screen/demo/demo.ts';
import {
  addCaptureCommands,
  PROFILE_FLAGS,
  type ProfileFlags,
  profileFlags,
  profileRequest,
} from './capture-commands.ts';
import type { DiffFormat } from './diff/diff.ts';
import { addFleetCommand } from './fleet-command.ts';
import type { PrintFlags } from './print.ts';
import { PRINTABLE_THINGS } from './print-names.ts';
import type { ReplayFlags } from './replay.ts';
import { addServeCommand } from './serve-command.ts';

/** In a debug pod (`kubectl debug node/...`) the node's root is mounted here. */
const DEBUG_POD_ROOT = '/host';

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('not a number.');
  return value;
};

const positive = (text: string): number => {
  const value = number(text);
  if (value <= 0) throw new InvalidArgumentError('not a number above 0.');
  return value;
};

const counting = (text: string): number => {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('not a whole number from 1.');
  return value;
};

interface CommonFlags {
  readonly delay?: number;
  readonly pid?: number;
  readonly process?: string;
  readonly hostRoot?: string;
  readonly cgroupRoot?: string;
  readonly probeBudget?: number;
  readonly readOnly?: boolean;
  readonly config?: string;
  readonly color?: boolean;
  readonly ascii?: boolean;
  readonly log?: string;
  readonly exportFormats?: string;
  readonly redact?: boolean;
  readonly snapshotOn?: string;
  readonly snapshotCooldown?: number;
}

/** A report that is printed names what it shows; to think that it does not would be worse than to be told. */
function refuseRedact({ redact }: CommonFlags): void {
  if (redact) throw new WrongUsage('--redact is for files that go elsewhere; give snapshot --redact -o -');
}

/** Adds the flags that every command takes. */
function common(command: Command): Command {
  return command
    .option('-d, --delay <seconds>', 'between two samples (default 2, with --once and --batch 1)', number)
    .option('-p, --pid <pid>', 'watch this process as kubelet', counting)
    .option('--process <name>', 'watch the process of this name as kubelet')
    .option('--host-root <dir>', "the node's root, in a debug pod /host (found by itself)")
    .option('--cgroup-root <dir>', 'the memory cgroup hierarchy, as the node sees it')
    .option('--probe-budget <percent>', 'most CPU of one core for slow reads (default 2)', number)
    .option('--read-only', 'nothing can be dropped')
    .option('--config <file>', 'this configuration file alone')
    .option('-C, --no-color', 'no colours')
    .option('--ascii', 'no characters beyond ASCII')
    .option('--log <file>', 'errors of the sampler process go here');
}

interface RecordFlags {
  readonly record?: string;
  readonly maxSize?: number;
  readonly keep?: number;
}

function recordOptions(file: string, { maxSize, keep }: RecordFlags): RecordOptions {
  return {
    file: resolve(file),
    ...(maxSize === undefined ? {} : { maxBytes: maxSize * 1024 * 1024 }),
    ...(keep === undefined ? {} : { keepFiles: keep }),
  };
}

/** The flags of a command, wherever on the line they stood: the program itself takes the common ones too. */
function allFlags<Own>(command: Command): CommonFlags & Own {
  return command.optsWithGlobals<CommonFlags & Own>();
}

interface CheckFlags {
  readonly failOn: 'critical' | 'warning';
  readonly timeout: number;
  readonly threshold: Readonly<Record<string, number>>;
  readonly printNpdConfig?: boolean;
  readonly json?: boolean;
  readonly cause?: CauseId;
  readonly share?: string;
}

const threshold = (text: string, before: Readonly<Record<string, number>>): Record<string, number> => {
  const [name, value] = text.split('=', 2);
  if (name === undefined || value === undefined) throw new InvalidArgumentError('not NAME=VALUE.');
  return { ...before, [name]: number(value) };
};

function settingOf(flags: CommonFlags): Settings {
  const given: Record<string, unknown> = {
    delaySeconds: flags.delay,
    pid: flags.pid,
    processName: flags.process,
    hostRoot: flags.hostRoot,
    cgroupRoot: flags.cgroupRoot,
    probeBudgetPct: flags.probeBudget,
    readOnly: flags.readOnly,
    ascii: flags.ascii,
    log: flags.log,
    exportFormats: flags.exportFormats,
    redact: flags.redact,
    snapshotOn: flags.snapshotOn,
    snapshotCooldownSeconds: flags.snapshotCooldown,
    // commander sets a negated flag to true where it is not given.
    color: flags.color === false ? false : undefined,
  };
  for (const key of Object.keys(given)) if (given[key] === undefined) delete given[key];
  const checked = checkConfiguration(given, 'flags');
  const reload = () => configure(checked, process.env, flags.config);
  const configuration = reload();
  const rootDetected = configuration.hostRoot === undefined && existsSync(`${DEBUG_POD_ROOT}/proc/version`);
  const root = resolve(configuration.hostRoot ?? (rootDetected ? DEBUG_POD_ROOT : '/'));
  refuseNoFolder(root);
  const files = flags.config === undefined ? configurationFiles(process.env) : [resolve(flags.config)];
  return { ...configuration, root, rootDetected, files, reload };
}

function refuseNoFolder(path: string): void {
  try {
    if (statSync(path).isDirectory()) return;
  } catch (error) {
    throw new WrongUsage(`--host-root ${path}: ${errnoSentence(errnoOf(error))}`);
  }
  throw new WrongUsage(`--host-root ${path}: it is no folder`);
}

/** The profile that is to be shown or exported beside the node. */
function profileOf(flags: ProfileFlags & { readonly profile?: string }): ProfileRequest | undefined {
  if (flags.profile !== undefined) return profileRequest(flags.profile, flags);
  const alone = PROFILE_FLAGS.find((flag) => flags[flag] !== undefined);
  if (alone === undefined) return undefined;
  throw new WrongUsage(
    `--${alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} goes with --profile SOURCE`,
  );
}

function program(finish: (code: number) => void): Command {
  const root = common(new Command('slabtop-k8s'))
    .description('Shows whether dying memory cgroups make memory.stat slow and kubelet hot on this node.')
    .version(__VERSION__, '-V, --version')
    .option('--once', 'print one report and exit')
    .option('--batch', 'print a report per interval')
    .option('-n, --iterations <count>', 'with --batch: this many reports', counting)
    .option('--json', 'with --once and --batch: JSON, one object a line')
    .option('--record <file>', 'record what is read, beside the screen or the reports')
    .option('--max-size <MiB>', 'begin a new recording above this size', positive)
    .option('--keep <count>', 'older recordings to keep then', counting)
    .option('--export-formats <list>', 'what e writes: md, json, text, svg, bundle (default md,json)')
    .option('--redact', 'names and ids are replaced by pseudonyms in what e writes')
    .option('--snapshot-on <severity>', 'write a bundle when it becomes critical (or warning), once per incident')
    .option('--snapshot-cooldown <seconds>', 'between two of them (default 1800)', number)
    .allowExcessArguments(false)
    .action(
      async (
        flags: CommonFlags &
          RecordFlags &
          ProfileFlags & { once?: boolean; batch?: boolean; iterations?: number; json?: boolean; profile?: string },
      ) => {
        const record = flags.record === undefined ? {} : { record: recordOptions(flags.record, flags) };
        const settings = { ...settingOf(flags), ...record };
        const { once, batch, json, iterations } = flags;
        const profile = profileOf(flags);
        if (once && batch) throw new WrongUsage('--once and --batch exclude each other; give one');
        if (!once && !batch && (json || iterations !== undefined)) {
          throw new WrongUsage(`${json ? '--json' : '-n'} goes with --once or --batch`);
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
      },
    );
  profileFlags(
    root.option('--profile <source>', 'a profile of kubelet for pane 5, reports and snapshots: a pprof file or a URL'),
  );
  common(root.command('snapshot'))
    .description('write a snapshot for a ticket')
    .option('-o, --output <path>', 'the file, or - for standard output (default: a new file in this folder)')
    .option('--format <format>', 'md, json, text, svg or bundle', 'md')
    .option('--redact', 'names and ids are replaced by pseudonyms')
    .allowExcessArguments(false)
    .action(async (_, command: Command) => {
      const { output, format, ...flags } = allFlags<
        ProfileFlags & { output?: string; format: string; profile?: string }
      >(command);
      const { writeSnapshot } = await import('./snapshot.ts');
      const where = output === undefined ? {} : { output };
      finish(await writeSnapshot(settingOf(flags), { ...where, format, profile: profileOf(flags) }));
    });
  common(root.command('check'))
    .description('one line and an exit code: 0 healthy, 1 sick, 2 unknown')
    .addOption(
      new Option('--fail-on <severity>', 'from which severity on it is sick')
        .choices(['critical', 'warning'])
        .default('critical'),
    )
    .option('--timeout <seconds>', 'never take longer, even while a read hangs', positive, 5)
    .option('--json', 'the findings as JSON')
    .addOption(new Option('--cause <cause>', 'judge this alone').choices(Object.keys(CAUSES)))
    .option('--share <file>', 'keep what was heard there, and use it for a minute instead of reading again')
    .option(
      '--threshold <name=value>',
      'a threshold of the verdict, as in the configuration; repeatable',
      threshold,
      {},
    )
    .option('--print-npd-config', 'print the configuration of a node-problem-detector custom plugin')
    .allowExcessArguments(false)
    .action(async (_, command: Command) => {
      const flags = allFlags<CheckFlags>(command);
      if (flags.printNpdConfig) {
        const { encodeNpdConfig } = await import('../../exports/rollout/node-problem-detector.ts');
        process.stdout.write(encodeNpdConfig(resolve(process.argv[1] ?? 'slabtop-k8s')));
        return finish(EXIT.fine);
      }
      const { check } = await import('./check.ts');
      const settings = settingOf(flags);
      const thresholds = { ...settings.thresholds, ...flags.threshold };
      thresholdsOf(thresholds);
      const { failOn, timeout: timeoutSeconds, json = false, cause, share } = flags;
      const options = {
        ...{ failOn, timeoutSeconds, json },
        ...(cause === undefined ? {} : { cause }),
        ...(share === undefined ? {} : { share: resolve(share) }),
      };
      finish(await check({ ...settings, thresholds }, options));
    });
  common(root.command('print'))
    .description('print what a roll-out takes, or a reference: all made from this program')
    .argument('<what>', `one of ${PRINTABLE_THINGS.join(', ')}`)
    .option('--image <image>', 'kubernetes: the image of this program')
    .option('--namespace <name>', 'kubernetes: where it runs', 'slabtop-k8s')
    .option('--pod-monitor', 'kubernetes: a PodMonitor too, for the Prometheus operator')
    .option('--archive-url <url>', 'krew-manifest: where the archive is')
    .option('--archive-sha256 <sum>', 'krew-manifest: its SHA-256')
    .allowExcessArguments(false)
    .action(async (what: string, _, command: Command) => {
      const { printed } = await import('./print.ts');
      const flags = allFlags<PrintFlags>(command);
      process.stdout.write(printed(what, settingOf(flags), flags));
    });
  addFleetCommand(root, { common, settingOf: (command) => settingOf(allFlags(command)), finish });
  addServeCommand(root, { common, settingOf: (command) => settingOf(allFlags(command)), finish });
  common(root.command('record'))
    .description('record without a screen, until ^C')
    .argument('<file>', 'a new file')
    .option('--max-size <MiB>', 'begin a new file above this size', positive)
    .option('--keep <count>', 'older files to keep then', counting)
    .option('--redact', 'names and ids are replaced by pseudonyms in bundles')
    .option('--snapshot-on <severity>', 'write a bundle when it becomes critical (or warning), once per incident')
    .option('--snapshot-cooldown <seconds>', 'between two of them (default 1800)', number)
    .allowExcessArguments(false)
    .action(async (file: string, _, command: Command) => {
      const flags = allFlags<RecordFlags>(command);
      const { record } = await import('./record.ts');
      finish(await record(settingOf(flags), recordOptions(file, flags)));
    });
  common(root.command('replay'))
    .description('the screen of a recording, with time travel; nothing of it touches the node')
    .argument('<file>', 'a recording, or a bundle')
    .option('--at <time>', 'begin there: 14:03, -5m (before its end) or 2026-11-23T14:03')
    .option('--once', 'print the report of that moment (the last one) and exit')
    .option('--batch', 'print the report of every frame')
    .option('-n, --iterations <count>', 'with --batch: this many reports', counting)
    .option('--json', 'with --once and --batch: JSON, one object a line')
    .option('--follow', 'stay at the end of a recording that is still written')
    .option('--speed <factor>', 'how fast it plays (default 1)', number)
    .allowExcessArguments(false)
    .action(async (file: string, _, command: Command) => {
      const { replay } = await import('./replay.ts');
      const flags = allFlags<ReplayFlags>(command);
      if (flags.once || flags.batch) refuseRedact(flags);
      finish(await replay(settingOf(flags), file, flags));
    });
  addCaptureCommands(root, { common, settingOf: (command) => settingOf(allFlags(command)), finish });
  common(root.command('demo'))
    .description('plays a recorded incident: nothing to install, nothing to break')
    .option('--at <time>', 'begin there: 14:03, or -5m (before its end)')
    .option('--speed <factor>', 'how fast it plays (default 1: two minutes)', number)
    .option('--fleet', 'the screen of a whole fleet: two hundred invented nodes')
    .allowExcessArguments(false)
    .action(async (_, command: Command) => {
      const flags = allFlags<DemoFlags & { fleet?: boolean }>(command);
      if (flags.fleet === true) {
        const { showInventedFleet } = await import('./fleet-command.ts');
        return finish(await showInventedFleet(settingOf(flags)));
      }
      const { demo } = await import('../screen/demo/demo.ts');
      finish(await demo(settingOf(flags), flags));
    });
  common(root.command('diff'))
    .description('two moments side by side: what changed, by how much, what it means')
    .argument('<a>', 'a JSON document of snapshot, a bundle, or a recording; FILE@14:03 is a moment of it')
    .argument('<b>', 'the other one')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['text', 'md', 'json']).default('text'))
    .allowExcessArguments(false)
    .action(async (a: string, b: string, _, command: Command) => {
      const { diff } = await import('./diff/diff.ts');
      const flags = allFlags<{ format: DiffFormat }>(command);
      refuseRedact(flags);
      finish(await diff(settingOf(flags), a, b, flags.format));
    });
  return root;
}

/** Runs the command line; the answer is the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let code: number = EXIT.fine;
  const root = program((finished) => {
    code = finished;
  });
  // What `check` says with 1 is that the node is sick, and nothing else.
  let failed: number = EXIT.failed;
  let isService = false;
  root.hook('preAction', (_, command) => {
    if (command.name() === 'check') failed = CHECK_EXIT.unknown;
    isService = command.name() === 'serve' || command.name() === 'record';
  });
  endAtStrayErrors(
    () => failed,
    () => isService,
  );
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
  }
  try {
    await root.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine;
    if (error instanceof CommanderError || error instanceof WrongUsage) {
      const message = error.message.replace(/^error: /, '').replace(/\n\((.*)\)$/, '; $1');
      printError(`${message} (see slabtop-k8s --help)`);
      return EXIT.usage;
    }
    printError(systemErrorSentence(error) ?? (error instanceof Error ? error.message : String(error)));
    return failed;
  }
}

/**
 * An error that nobody caught ends the program with one line; an errno does not end one that runs for days. An open
 * screen, which has a terminal to give back, listens too, and is the one that decides.
 */
function endAtStrayErrors(code: () => number, isService: () => boolean): void {
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    const sentence = systemErrorSentence(error);
    printError(sentence ?? error.message);
    if (sentence === undefined || !isService()) process.exit(code());
  });
}
