import type { Command } from 'commander';
import { WrongUsage } from '../base/wrong-usage.ts';
import type { ProfileRequest } from '../captures/take-profile.ts';
import type { CommandParts } from './command-parts.ts';
import { LOOK_FLAGS, takeCommon } from './common-flags.ts';
import { typedFlags, wholeSeconds } from './flags.ts';

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
const FETCH_FLAGS = ['seconds', 'tokenFile', 'caFile', 'certFile', 'keyFile', 'insecure'] as const;

interface OwnFlags {
  readonly json?: boolean;
  readonly svg?: string;
  readonly folded?: string;
  readonly metrics?: boolean;
  readonly from?: string;
}

/** Adds the flags with which a profile is fetched, in a group of their own. */
function addFetchFlags(command: Command, group: string): Command {
  return command
    .optionsGroup(group)
    .option('--seconds <count>', 'how long it is taken (default 30)', wholeSeconds)
    .option('--token-file <file>', 'bearer token for the server')
    .option('--ca-file <file>', 'certificate authority of the server, PEM')
    .option('--cert-file <file>', 'client certificate, PEM, with --key-file')
    .option('--key-file <file>', 'its key')
    .option('--insecure', "do not check the server's certificate");
}

/** Adds `--profile` and the flags with which it is fetched. */
export function addProfileFlags(command: Command, group: string): Command {
  command.optionsGroup(group).option('--profile <source>', "kubelet's CPU profile: a pprof file or a URL");
  return addFetchFlags(command, group);
}

/** The profile that is to be shown or exported beside the node. */
export function profileOf(flags: ProfileFlags & { readonly profile?: string }): ProfileRequest | undefined {
  if (flags.profile !== undefined) return profileRequest(flags.profile, flags);
  const alone = FETCH_FLAGS.find((flag) => flags[flag] !== undefined);
  if (alone === undefined) return undefined;
  throw new WrongUsage(
    `--${alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} goes with --profile SOURCE`,
  );
}

/** The request that these flags make; a source and a node exclude each other. */
function profileRequest(source: string | undefined, flags: ProfileFlags): ProfileRequest {
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

/** Adds `trace`. */
export function addTraceCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('trace'), ['hostRoot', 'pid', 'process', ...LOOK_FLAGS, 'log'])
    .description("strace of kubelet's system calls, explained; slows kubelet down meanwhile")
    .option('--seconds <count>', `of strace -c, before a short -tt (default ${TRACE_SECONDS})`, wholeSeconds)
    .option('--from <file>', 'read saved output of strace -c or -tt instead')
    .option('--json', 'as JSON');
  command.action(async () => {
    const { seconds = TRACE_SECONDS, from, json } = typedFlags<ProfileFlags & OwnFlags>(command);
    const { trace } = await import('./trace.ts');
    const flags = { seconds, json: json === true, ...(from === undefined ? {} : { from }) };
    finish(await trace(settingsOf(command), flags));
  });
}

/** Adds `profile`. */
export function addProfileCommand({ root, settingsOf, finish }: CommandParts): void {
  const command = takeCommon(root.command('profile'), LOOK_FLAGS)
    .description("what kubelet's CPU profile says: the answer, the top table, a flame graph")
    .argument(
      '[source]',
      'a file (pprof, pprof -raw or folded stacks), or the URL of kubelet (https, port 10250) or of kubectl proxy',
    )
    .option('--node <name>', "this node's kubelet, through kubectl proxy")
    .option('--svg <file>', 'write an interactive flame graph to a new file')
    .option('--folded <file>', 'write folded stacks to a new file')
    .option('--metrics', "what kubelet's own /metrics count, too; with a URL")
    .option('--json', 'as JSON');
  addFetchFlags(command, 'To fetch it:').action(async (source: string | undefined) => {
    const flags = typedFlags<ProfileFlags & OwnFlags>(command);
    const { svg, folded, json, metrics } = flags;
    if (metrics === true && flags.node !== undefined)
      throw new WrongUsage('--metrics goes with a URL, not with --node');
    const request = profileRequest(source, flags);
    const { profile } = await import('./profile.ts');
    const output = {
      json: json === true,
      metrics: metrics === true,
      ...(svg === undefined ? {} : { svg }),
      ...(folded === undefined ? {} : { folded }),
    };
    finish(await profile(settingsOf(command), request, output));
  });
}
