import type { Reading } from '../../core/reading.ts';
import { encodeRun } from '../../recording/encode-run.ts';
import type { AnyRun, Topic } from '../../samplers/topics.ts';
import { withoutSecrets } from '../../sources/kubernetes/without-secrets.ts';

/** Of these the latest run of every target is needed to enter a recording, and not only the topic's latest. */
export const KEYED_TOPICS: ReadonlySet<string> = new Set<Topic>(['statReads']);

/**
 * A run as it is recorded: what its sampler was told and what the host answered, not what was made of it. Only secrets
 * on command lines are left out: a recording goes further than this node.
 */
export function encodeAnyRun(run: AnyRun, readings: readonly Reading[]): Uint8Array {
  const { topic, args, started, ended, cpuSeconds } = run;
  const kept = topic === 'command' ? readings.map(withoutSecret) : readings;
  return encodeRun({ topic, args: JSON.stringify(args), started, ended, cpuSeconds, readings: kept });
}

function withoutSecret(reading: Reading): Reading {
  if (!('text' in reading) || !reading.path.endsWith('/cmdline')) return reading;
  return { ...reading, text: withoutSecrets(reading.text.split('\0')).join('\0') };
}
