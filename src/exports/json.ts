import { mapKnown, missing } from '../core/missing.ts';
import { replaceObeyed } from '../core/printable.ts';
import { say } from '../diagnosis/prose/say.ts';
import { PRINTER } from '../format/printer.ts';
import type { KubeletMetrics } from '../profile/kubelet-metrics.ts';
import type { Profiled } from '../profile/profiled.ts';
import type { Traced } from '../trace/traced.ts';
import { remediesOf } from './content/remedies.ts';
import { encodeDrop, encodeEvent, encodeMoment, encodeProbes } from './document/activity.ts';
import { encodeFinding, encodeKernel, encodePins, encodeRemedy } from './document/diagnosis.ts';
import { encodeInstant } from './document/instant.ts';
import { encodeMemcg } from './document/memcg.ts';
import {
  encodeDentry,
  encodeHost,
  encodeKubelet,
  encodeNode,
  encodeReads,
  encodeSelf,
  encodeSlab,
} from './document/node.ts';
import { encodeProfile } from './document/profile.ts';
import { encodeTrace } from './document/trace.ts';
import type { Report } from './report.ts';

/** The name of this form of document. Keys are added within a version, none changes its meaning or goes away. */
const JSON_SCHEMA = 'slabtop-k8s/1';

/** What may be left out because it is large. */
export interface JsonOptions {
  /** Every live cgroup as `memcg.cgroups`. */
  readonly cgroups?: boolean;
}

/** The JSON document: `document-fields.ts` says what each of its values means. */
export type JsonDocument = ReturnType<typeof encodeJson>;

/**
 * Makes the JSON document of a report. Keys stand in a fixed order, a value that is missing stands as its reason in
 * its place, and nothing depends on the machine that prints it: a replay elsewhere prints the same bytes.
 */
export function encodeJson(report: Report, { cgroups = false }: JsonOptions = {}) {
  const { model, diagnosis, toolVersion } = report;
  return {
    schema: JSON_SCHEMA,
    at: encodeInstant(model.instant.at),
    tool: { version: toolVersion },
    host: encodeHost(model.host),
    kubelet: mapKnown(model.kubelet, encodeKubelet),
    slab: encodeSlab(model.slab),
    dentry: encodeDentry(model.dentry),
    memcg: encodeMemcg(model.memcg, diagnosis.pins.by, cgroups),
    reads: encodeReads(model.reads),
    findings: diagnosis.findings.map(encodeFinding),
    self: encodeSelf(model.self),
    overall: diagnosis.overall,
    headline: say(diagnosis.headline, PRINTER),
    remedies: remediesOf(model, diagnosis).map(encodeRemedy),
    kernel: encodeKernel(diagnosis),
    pins: encodePins(diagnosis),
    node: encodeNode(model.node),
    processes: model.processes,
    drops: model.drops.map(encodeDrop),
    events: model.events.map(encodeEvent),
    probes: encodeProbes(model.probes),
    moments: model.moments.map(encodeMoment),
    profile: mapKnown(report.profile ?? missing('absent', 'no profile was taken'), encodeProfile),
    trace: mapKnown(report.trace ?? missing('absent', 'no trace was taken'), encodeTrace),
    pods: model.pods,
  };
}

/** The document of a profile alone: the key of the report's document; with kubelet's own metrics where asked for. */
export function encodeProfileJson(profile: Profiled, toolVersion: string, metrics?: KubeletMetrics) {
  const document = { schema: JSON_SCHEMA, tool: { version: toolVersion }, profile: encodeProfile(profile) };
  return metrics === undefined ? document : { ...document, kubeletMetrics: metrics };
}

/** The document of a trace alone: the key of the report's document. */
export function encodeTraceJson(trace: Traced, toolVersion: string) {
  return { schema: JSON_SCHEMA, tool: { version: toolVersion }, trace: encodeTrace(trace) };
}

/**
 * The document as text: one line, or indented for people. Numbers are finite; characters that a terminal obeys, or
 * that turn the direction of text, stand as `\uXXXX` wherever they came from.
 */
export function printJson(document: object, form: 'line' | 'indented' = 'line'): string {
  const text = JSON.stringify(document, onlyFinite, form === 'line' ? undefined : 2);
  // JSON.stringify escapes the ends of lines within texts itself: those that stand here are its own.
  return replaceObeyed(text, (character) => (character === '\n' ? character : escapedUnits(character)));
}

function escapedUnits(character: string): string {
  return character.split('').reduce((all, unit) => `${all}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`, '');
}

/** JSON has no word for these, and JSON.stringify would print `null`. */
function onlyFinite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? missing('malformed', `the number is ${value}`) : value;
}
