import * as v from 'valibot';
import { issueWithoutContent, parseJson } from '../../core/json.ts';
import { isMissing, type Maybe, missing } from '../../core/missing.ts';
import { oneLine } from '../../core/printable.ts';
import { missingSchema } from '../../recording/stored-json.ts';
import { isInstant } from '../../recording/value-codec.ts';
import { SLOW_TOPICS } from '../../samplers/registry.ts';
import type { FoundKubelet, InFlight, NextProbe, ProbeStatus } from '../../samplers/tick.ts';

/** JSON has infinite numbers: `1e999`. */
const finite = v.pipe(v.number(), v.finite());

/** All of them: the compiler asks for one that is missing here. */
const FOUND: Readonly<Record<FoundKubelet['found'], true>> = {
  kubelet: true,
  hyperkube: true,
  rke2: true,
  k0s: true,
  'k3s-server': true,
  'k3s-agent': true,
  kubelite: true,
  openshift: true,
  microshift: true,
  named: true,
};

const foundKubelet: v.GenericSchema<unknown, FoundKubelet> = v.object({
  pid: finite,
  startTicks: finite,
  found: v.custom<FoundKubelet['found']>((word) => typeof word === 'string' && Object.hasOwn(FOUND, word)),
  others: v.optional(v.array(v.object({ pid: finite, cgroup: v.union([v.string(), missingSchema]) })), []),
});

const inFlight: v.GenericSchema<InFlight> = v.object({
  topic: v.picklist(SLOW_TOPICS),
  what: v.string(),
  path: v.exactOptional(v.string()),
  file: v.exactOptional(v.string()),
  since: v.pipe(v.object({ at: finite, monotonicSeconds: finite }), v.check(isInstant, 'no date')),
});

const nextProbe: v.GenericSchema<NextProbe> = v.object({
  topic: v.picklist(SLOW_TOPICS),
  inSeconds: finite,
  because: v.picklist(['period', 'budget', 'lock', 'asked']),
});

const status = v.object({
  kubelet: v.fallback(
    v.union([foundKubelet, missingSchema]),
    missing('malformed', 'the recording says of kubelet what this program does not know'),
  ),
  inFlight: v.optional(v.unknown()),
  next: v.array(v.unknown()),
  intervalSeconds: v.exactOptional(finite),
  budgetPct: finite,
  spentCpuSeconds: finite,
  lock: v.union([v.picklist(['held', 'not-needed']), v.object({ heldByPid: finite })]),
});

/**
 * What a sampler process said of its doings, as a frame holds it. It was written by this version, another one, or
 * anybody: topics and reasons that are not known here are passed over, as their runs are; missing where it is of
 * another form.
 */
export function parseStoredProbes(text: string): Maybe<ProbeStatus> {
  const json = parseJson(text);
  if (isMissing(json)) return missing('malformed', `the state of the sampler process: ${json.detail}`);
  const parsed = v.safeParse(status, json.value);
  if (!parsed.success) {
    return missing('malformed', oneLine(`the state of the sampler process: ${issueWithoutContent(parsed.issues[0])}`));
  }
  const { inFlight: reading, next, ...known } = parsed.output;
  return {
    ...known,
    ...(v.is(inFlight, reading) ? { inFlight: reading } : {}),
    next: next.filter((probe) => v.is(nextProbe, probe)),
  };
}
