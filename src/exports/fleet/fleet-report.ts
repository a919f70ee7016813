import { isMissing, type Maybe, mapKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { dyingOn } from '../../fleet/derive-list.ts';
import type { FleetModel, FleetNode, NodeFacts } from '../../fleet/model.ts';
import { encodeInstant } from '../document/instant.ts';

/** Names the form of the fleet's document; additions keep it. */
const FLEET_SCHEMA = 'slabtop-k8s-fleet/1';

/** The fleet's document: what could not be had stands as its reason in its place, as in a node's. */
export function encodeFleetJson(model: FleetModel, source: string, toolVersion: string) {
  return {
    schema: FLEET_SCHEMA,
    at: encodeInstant(model.at),
    tool: { version: toolVersion },
    source,
    counts: model.counts,
    whole: model.whole,
    rules: model.rules,
    warnings: model.warnings,
    nodes: model.nodes.map(encodeNode),
    kernels: model.kernels,
  };
}

/** The fleet's document. */
export type FleetDocument = ReturnType<typeof encodeFleetJson>;

/** One row of the list; the fields of a CSV stand in this order. */
function encodeNode(node: FleetNode) {
  const { name, labels, state, facts, worstReadSeconds } = node;
  const fact = <T>(read: (known: NodeFacts) => Maybe<T>): Maybe<T> => mapKnown(facts, read);
  return {
    name,
    state,
    labels,
    worstReadSeconds,
    rootReadSeconds: fact((known) => known.rootReadSeconds),
    dying: dyingOn(node),
    live: fact((known) => known.live),
    growthPerHour: fact((known) => known.growthPerHour),
    secondsToCritical: fact((known) => known.secondsToCritical),
    kubeletSystemPct: fact((known) => known.kubeletSystemPct),
    slabBytes: fact((known) => known.slabBytes),
    heldBytes: fact((known) => known.heldBytes),
    pinnedBy: fact((known) => known.pinnedBy),
    dropMode: fact((known) => known.dropMode),
    drops: fact((known) => known.drops),
    kernel: fact((known) => known.kernel),
    kubeletVersion: fact((known) => known.kubeletVersion),
    sampledAt: mapKnown(
      fact((known) => known.sampledAt),
      encodeInstant,
    ),
  };
}

/** The list as comma-separated values (RFC 4180), a head first. A value that is missing is an empty cell. */
export function encodeFleetCsv(model: FleetModel): string {
  const rows = model.nodes.map((node) => {
    const { labels, ...cells } = encodeNode(node);
    return { ...cells, cluster: labels.cluster ?? '', instance: labels.instance ?? '', job: labels.job ?? '' };
  });
  const [first] = rows;
  if (first === undefined) return '';
  const lines = [Object.keys(first), ...rows.map((row) => Object.values(row).map(cellText))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function cellText(value: Maybe<string | number>): string {
  return isMissing(value) ? '' : printable(String(value));
}

/** A cell that begins like a formula is text to whoever opens it in a spreadsheet. */
function quoted(cell: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
