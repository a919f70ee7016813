import * as v from 'valibot';
import { type Maybe, mapKnown } from '../core/missing.ts';
import { textOf } from '../core/reading.ts';
import { parseBuildInfo } from '../sources/kubernetes/build-info.ts';
import { withoutSecrets } from '../sources/kubernetes/without-secrets.ts';
import { type CgroupMembership, parsePidCgroup } from '../sources/proc/pid-cgroup.ts';
import { parsePidCmdline } from '../sources/proc/pid-cmdline.ts';
import { parsePidComm } from '../sources/proc/pid-comm.ts';
import { argsOf } from './args.ts';
import { goneIfAbsent, parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

const args = v.object({ pid: v.number(), startTicks: v.number() });

/** What a process is. */
export interface CommandSample {
  readonly pid: number;
  /** With the pid it names the process: pids are used again. */
  readonly startTicks: number;
  readonly comm: Maybe<string>;
  /** Without what may be a secret, so that live and recorded, where it is left out, give the same. */
  readonly argv: Maybe<readonly string[]>;
  /** Target of `/proc/PID/exe`; root only. */
  readonly executable: Maybe<string>;
  readonly cgroups: Maybe<readonly CgroupMembership[]>;
  /** The release that the executable says it was built as. */
  readonly release: Maybe<string>;
}

/** Samples what a process is. Reading a command line takes its mmap lock: once per process, never per tick. */
export const commandSampler: Sampler<v.InferOutput<typeof args>, CommandSample> = {
  parseArgs: argsOf(args),
  sample: (host, { pid, startTicks }) => {
    const folder = `/proc/${pid}`;
    return {
      pid,
      startTicks,
      comm: goneIfAbsent(parseText(host.read(`${folder}/comm`), parsePidComm)),
      argv: mapKnown(goneIfAbsent(parseText(host.read(`${folder}/cmdline`), parsePidCmdline)), withoutSecrets),
      executable: goneIfAbsent(textOf(host.link(`${folder}/exe`))),
      release: mapKnown(textOf(host.buildInfo(`${folder}/exe`)), parseBuildInfo),
      cgroups: goneIfAbsent(parseText(host.read(`${folder}/cgroup`), parsePidCgroup)),
    };
  },
};
