import { isKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { duration } from '../../format/quantity.ts';
import { numberAt, type SnapshotDocument, valueAt } from './snapshot-document.ts';

/** What the comparison rests on: how the two lie to each other, and what in them does not match. */
export interface Relation {
  /** The same node by its name; undefined where one has none. */
  readonly sameNode: boolean | undefined;
  /** From the first to the second; negative where the second is the older one. */
  readonly seconds: number;
  /** One sentence each, the time between them first. */
  readonly sentences: readonly string[];
}

/** Uptimes are read to the second, and a clock may be set. */
const CLOCK_NOISE_SECONDS = 60;

/** The version of the document that this program knows. */
const KNOWN_SCHEMA = 1;

/**
 * Tells how two documents lie to each other. `pseudonyms`: names in at least one of them stand for others, which differ
 * from export to export.
 */
export function relationOf(a: SnapshotDocument, b: SnapshotDocument, pseudonyms: boolean): Relation {
  const seconds = (Date.parse(b.at) - Date.parse(a.at)) / 1000;
  const names = [valueAt(a, 'host.name'), valueAt(b, 'host.name')];
  const sameNode = names.every(isKnown) && !pseudonyms ? names[0] === names[1] : undefined;
  const sentences = [
    timeBetween(seconds),
    ...(sameNode === false
      ? [
          `These are two nodes, ${printable(String(names[0]))} and ${printable(String(names[1]))}: differences are between them, not over time.`,
        ]
      : []),
    ...(sameNode === undefined ? [whyNotKnown(pseudonyms)] : []),
    ...differing(
      a,
      b,
      'host.kernel',
      'The kernels differ',
      'the same number of dying cgroups costs another time there',
    ),
    ...differing(a, b, 'host.cgroup', 'The cgroup versions differ', 'what the dying hold is counted in another way'),
    ...differing(a, b, 'host.cpus.possible', 'The possible CPUs differ', 'a read costs in proportion up to 4.18'),
    ...differing(
      a,
      b,
      'tool.version',
      'They were written by different versions of this tool',
      'a rule or a formula may have changed',
    ),
    ...laterSchema('A', a),
    ...laterSchema('B', b),
    ...(sameNode === false ? [] : restarts(a, b, seconds)),
  ];
  return { sameNode, seconds, sentences };
}

function timeBetween(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'Both are of the same moment.';
  return `B is ${duration(Math.abs(seconds))} ${seconds > 0 ? 'after' : 'before'} A.`;
}

function whyNotKnown(pseudonyms: boolean): string {
  return pseudonyms
    ? 'Names are pseudonyms: whether it is one node is unknown, and pods and containers are not matched.'
    : 'At least one of them has no node name: whether it is one node is unknown.';
}

function differing(
  a: SnapshotDocument,
  b: SnapshotDocument,
  path: string,
  what: string,
  so: string,
): readonly string[] {
  const [was, is] = [valueAt(a, path), valueAt(b, path)];
  if (!isKnown(was) || !isKnown(is) || was === is) return [];
  return [`${what}, ${printable(String(was))} and ${printable(String(is))}: ${so}.`];
}

function laterSchema(side: string, { schema }: SnapshotDocument): readonly string[] {
  const version = Number(schema.slice(schema.indexOf('/') + 1));
  if (version <= KNOWN_SCHEMA) return [];
  return [`${side} has the form ${schema} of a later version: what this version knows of it is compared.`];
}

function restarts(a: SnapshotDocument, b: SnapshotDocument, seconds: number): readonly string[] {
  const sentences: string[] = [];
  const [first, second] = [numberAt(a, 'host.uptimeSeconds'), numberAt(b, 'host.uptimeSeconds')];
  if (isKnown(first) && isKnown(second)) {
    if (seconds > 0 && second < first)
      sentences.push('The node was started again between them: all counts started from 0.');
    else if (Math.abs(second - first - seconds) > CLOCK_NOISE_SECONDS) {
      sentences.push('Their uptimes do not fit the time between them: a clock was set, or the node was started again.');
    }
  }
  const starts = [numberAt(a, 'kubelet.startTicks'), numberAt(b, 'kubelet.startTicks')];
  const pids = [numberAt(a, 'kubelet.pid'), numberAt(b, 'kubelet.pid')];
  if ([...starts, ...pids].every(isKnown) && (starts[0] !== starts[1] || pids[0] !== pids[1])) {
    sentences.push('kubelet was started again between them.');
  }
  return sentences;
}
