import type { Reading } from '../../../core/reading.ts';
import { encodeRun } from '../../../recording/run-codec.ts';
import type { AnyRun, Topic } from '../../../samplers/registry.ts';
import { withoutSecrets } from '../../../sources/kubernetes/without-secrets.ts';
import { bootCommandWithoutSecrets } from '../../../sources/proc/boot-command.ts';
import { cgroupMountinfo } from '../../../sources/proc/mountinfo.ts';
import { mountsWithoutSecrets } from '../../../sources/proc/mounts-without-secrets.ts';

/** Of these the latest run of every target or slice is needed to enter a recording, and not only the topic's latest. */
export const KEYED_TOPICS: ReadonlySet<string> = new Set<Topic>(['statReads', 'walk']);

/**
 * A run as it is recorded: what its sampler was told and what the host answered, not what was made of it. Only what may
 * be a secret is left out, since a recording goes further than this node, and {@link withoutNanoseconds}.
 */
export function encodeAnyRun(run: AnyRun, readings: readonly Reading[]): Uint8Array {
  const { topic, args, started, ended, cpuSeconds } = run;
  const kept =
    topic === 'command' || topic === 'identity'
      ? readings.map(withoutSecret)
      : topic === 'kubelet'
        ? readings.map(withoutNanoseconds)
        : readings;
  return encodeRun({ topic, args: JSON.stringify(args), started, ended, cpuSeconds, readings: kept });
}

/** Answers about the machine and its processes that may hold a secret. */
function withoutSecret(reading: Reading): Reading {
  if (!('text' in reading)) return reading;
  const { path, text } = reading;
  if (path === '/proc/cmdline') return { ...reading, text: bootCommandWithoutSecrets(text) };
  if (path.endsWith('/cmdline')) return { ...reading, text: withoutSecrets(text.split('\0')).join('\0') };
  if (path.endsWith('/mountinfo')) return { ...reading, text: cgroupMountinfo(text) };
  return path.endsWith('/mounts') ? { ...reading, text: mountsWithoutSecrets(text) } : reading;
}

/**
 * The schedstat of a thread counts nanoseconds, which are others at every look and which no sampler asks for: of a day
 * with a kubelet of 40 threads they were a fifth (measured). How often it was put on a CPU stays.
 */
function withoutNanoseconds(reading: Reading): Reading {
  if (!('text' in reading) || !reading.path.endsWith('/schedstat')) return reading;
  const slices = /^\d+ \d+ (\d+)\s*$/.exec(reading.text)?.[1];
  return slices === undefined ? reading : { ...reading, text: `0 0 ${slices}\n` };
}
