import { type Command, InvalidArgumentError } from 'commander';
import type { Settings } from '../base/settings.ts';
import { WrongUsage } from '../base/wrong-usage.ts';
import type { ProfileRequest } from '../captures/take-profile.ts';

/** The flags that say whose profile is wanted, and who asks. */
export interface ProfileFlags {
  readonly node?: string;
  readonly seconds?: number;
  readonly tokenFile?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly insecure?: boolean;
}

/** Those that mean nothing without a profile to fetch. */
export const PROFILE_FLAGS = ['seconds', 'tokenFile', 'caFile', 'certFile', 'keyFile', 'insecure'] as const;

interface OwnFlags {
  readonly json?: boolean;
  readonly svg?: string;
  readonly folded?: string;
  readonly from?: string;
}

/** What the command line hands to its commands. */
export interface CommandParts {
  /** Adds the flags that every command takes. */
  common(command: Command): Command;
  /** What the flags of a command mean, wherever on the line they stood. */
  settingOf(command: Command): Settings;
  finish(code: number): void;
}

/** Adds the flags with which a profile is fetched. */
export function profileFlags(command: Command): Command {
  return command
    .option('--seconds <count>', 'over how many seconds (profile: 30, trace: 5)', wholeSeconds)
    .option('--token-file <file>', 'bearer token for the server')
    .option('--ca-file <file>', 'certificate authority of the server, PEM')
    .option('--cert-file <file>', 'client certificate, PEM, with --key-file')
    .option('--key-file <file>', 'its key')
    .option('--insecure', "do not check the server's certificate");
}

/** The request that these flags make; a source and a node exclude each other. */
export function profileRequest(source: string | undefined, flags: ProfileFlags): ProfileRequest {
  const { node, seconds, tokenFile, caFile, certFile, keyFile, insecure } = flags;
  if ((source === undefined) === (node === undefined)) {
    throw new WrongUsage('a profile comes from SOURCE (a pprof file or a URL) or from --node NAME; give one of them');
  }
  return {
    from: source === undefined ? { node: node ?? '' } : { source },
    ...(seconds === undefined ? {} : { seconds }),
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
    insecure: insecure === true,
  };
}

const TRACE_SECONDS = 5;

/** Adds `trace` and `profile`. */
export function addCaptureCommands(root: Command, { common, settingOf, finish }: CommandParts): void {
  common(root.command('trace'))
    .description("strace of kubelet's system calls, explained; slows kubelet down meanwhile")
    .option('--seconds <count>', `of strace -c, before a short -tt (default ${TRACE_SECONDS})`, wholeSeconds)
    .option('--from <file>', 'read saved output of strace -c or -tt instead')
    .option('--json', 'as JSON')
    .allowExcessArguments(false)
    .action(async (_, command: Command) => {
      const { seconds = TRACE_SECONDS, from, json } = command.optsWithGlobals<ProfileFlags & OwnFlags>();
      const { trace } = await import('./trace.ts');
      const flags = { seconds, json: json === true, ...(from === undefined ? {} : { from }) };
      finish(await trace(settingOf(command), flags));
    });
  profileFlags(common(root.command('profile')))
    .description("what kubelet's CPU profile says: the answer, the top table, a flame graph")
    .argument('[source]', 'a pprof file, or the URL of kubelet (https, port 10250) or of kubectl proxy')
    .option('--node <name>', "this node's kubelet, through kubectl proxy")
    .option('--svg <file>', 'write an interactive flame graph to a new file')
    .option('--folded <file>', 'write folded stacks to a new file')
    .option('--json', 'as JSON')
    .allowExcessArguments(false)
    .action(async (source: string | undefined, _, command: Command) => {
      const flags = command.optsWithGlobals<ProfileFlags & OwnFlags>();
      const { svg, folded, json } = flags;
      const request = profileRequest(source, flags);
      const { profile } = await import('./profile.ts');
      const output = {
        json: json === true,
        ...(svg === undefined ? {} : { svg }),
        ...(folded === undefined ? {} : { folded }),
      };
      finish(await profile(settingOf(command), request, output));
    });
}

function wholeSeconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 600) {
    throw new InvalidArgumentError('not a whole number from 1 to 600.');
  }
  return value;
}
