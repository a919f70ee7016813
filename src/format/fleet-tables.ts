import { isMissing, knownOr, type Maybe, mapKnown } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import type { Severity } from '../core/severity.ts';
import { dyingOn } from '../fleet/derive-list.ts';
import type { Culprit, FleetNode, KernelRow, NodeFacts, NodeState } from '../fleet/model.ts';
import { alphabetically, largestFirst } from './compare.ts';
import { bytes, count, duration, percent, seconds, signed } from './quantity.ts';
import { SEVERITY_STYLE } from './severity.ts';
import { type Run, run, type Style } from './styled.ts';
import type { Column } from './table.ts';
import { valueRun } from './value.ts';

/** The word for a node's state; a colour never stands alone. */
export const STATE_WORD: Readonly<Record<NodeState, string>> = {
  critical: 'CRIT',
  warning: 'WARN',
  silent: 'SILENT',
  unknown: 'UNKNOWN',
  info: 'ok',
  ok: 'ok',
};

/** A node that says nothing is at least as bad as one that cannot tell. */
const SEVERITY_OF: Readonly<Record<NodeState, Severity>> = {
  critical: 'critical',
  warning: 'warning',
  silent: 'warning',
  unknown: 'unknown',
  info: 'ok',
  ok: 'ok',
};

/** The style of a node's state. */
export function stateStyle(state: NodeState): Style {
  return SEVERITY_STYLE[SEVERITY_OF[state]];
}

const ORDER: readonly NodeState[] = ['critical', 'warning', 'silent', 'unknown', 'info', 'ok'];

/** A fact of a node, or why there is none. */
function fact<T>(read: (facts: NodeFacts) => Maybe<T>): (node: FleetNode) => Maybe<T> {
  return ({ facts }) => mapKnown(facts, read);
}

const growth = fact((facts) => facts.growthPerHour);
const left = fact((facts) => facts.secondsToCritical);
const system = fact((facts) => facts.kubeletSystemPct);
const slab = fact((facts) => facts.slabBytes);
const held = fact((facts) => facts.heldBytes);
const pinned = fact((facts) => facts.pinnedBy);
const kernel = fact((facts) => facts.kernel);
const rootRead = fact((facts) => facts.rootReadSeconds);

/** Rows whose facts were not asked for yet take their place by the slowest of their reads. */
const slowRead = (node: FleetNode): Maybe<number> => {
  const root = rootRead(node);
  return isMissing(root) ? node.worstReadSeconds : root;
};

/** A tick comes every 15 s and a scrape every minute; what is older than this has stopped. */
const LATE_SECONDS = 180;

/** How old the node's latest sample was when it was asked for. */
const seenAgo = ({ facts }: FleetNode): Maybe<number> =>
  mapKnown(facts, ({ at, sampledAt }) => mapKnown(sampledAt, (sampled) => Math.max(0, (at - sampled) / 1000)));

/** What is not there because nothing is wrong is no lack of data. */
function absentOr<T>(value: Maybe<T>, print: (known: T) => string): Run {
  const calm = isMissing(value) && value.unavailable === 'absent';
  return calm ? run('–', { ink: 'dim' }) : valueRun(value, print);
}

function number(
  id: string,
  title: string,
  width: number,
  rank: number,
  value: (node: FleetNode) => Maybe<number>,
  print: (value: number) => string,
): Column<FleetNode> {
  return {
    id,
    title,
    width,
    align: 'right',
    rank,
    cell: (node) => valueRun(value(node), print),
    compare: largestFirst(value),
  };
}

/** The list of nodes; `marked` are those that somebody marked, `trend` draws the last hour in so many columns. */
export function nodeColumns(
  marked: ReadonlySet<string>,
  trend: (points: readonly (number | undefined)[], columns: number) => string,
): readonly Column<FleetNode>[] {
  return [
    {
      id: 'state',
      title: 'STATE',
      width: 8,
      align: 'left',
      rank: 0,
      cell: ({ state, key }) => run(`${marked.has(key) ? '*' : ''}${STATE_WORD[state]}`, stateStyle(state)),
      compare: (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
    },
    {
      id: 'node',
      title: 'NODE',
      width: 16,
      grows: true,
      align: 'left',
      rank: 0,
      cell: ({ name }) => run(printable(name), { bold: true }),
      compare: alphabetically(({ name }) => name),
    },
    { ...number('read', 'ROOT READ', 9, 0, rootRead, seconds), compare: largestFirst(slowRead) },
    number('dying', 'DYING', 8, 0, dyingOn, count),
    {
      id: 'trend',
      title: 'LAST HOUR',
      width: 15,
      align: 'left',
      rank: 4,
      cell: ({ facts }) => trendRun(facts, trend),
    },
    number('growth', 'Δ/h', 8, 2, growth, (value) => signed(value, count)),
    {
      ...number('eta', 'CRITICAL IN', 11, 5, left, String),
      cell: (node) => absentOr(left(node), (value) => (value === 0 ? 'now' : duration(value))),
    },
    number('system', 'KUBELET SYS', 11, 3, system, percent),
    number('slab', 'SLAB', 9, 7, slab, bytes),
    number('held', 'HELD', 9, 6, held, bytes),
    {
      id: 'pinned',
      title: 'PINNED BY',
      width: 9,
      align: 'left',
      rank: 8,
      cell: (node) => absentOr(pinned(node), printable),
      compare: alphabetically((node) => knownOr(pinned(node), '')),
    },
    {
      id: 'seen',
      title: 'SEEN',
      width: 8,
      align: 'right',
      rank: 9,
      cell: (node) =>
        valueRun(seenAgo(node), duration, (ago) => (ago > LATE_SECONDS ? { ink: 'yellow' } : { ink: 'dim' })),
      compare: largestFirst(seenAgo),
    },
    {
      id: 'kernel',
      title: 'KERNEL',
      width: 14,
      grows: true,
      align: 'left',
      rank: 1,
      cell: (node) => valueRun(kernel(node), printable),
      compare: alphabetically((node) => knownOr(kernel(node), '')),
    },
  ];
}

function trendRun(
  facts: Maybe<NodeFacts>,
  trend: (points: readonly (number | undefined)[], columns: number) => string,
): Run {
  const points = mapKnown(facts, (known) => known.trend);
  return isMissing(points) ? run('') : run(trend(points, 15), { ink: 'magenta' });
}

function share(part: number, whole: number): string {
  return whole === 0 ? '0 %' : percent((part / whole) * 100);
}

/** Kernel releases; `says` is the matrix's word on one. */
export function kernelColumns(
  says: (row: KernelRow) => { readonly word: string; readonly style: Style },
): readonly Column<KernelRow>[] {
  const of = (id: string, title: string, value: (row: KernelRow) => number, rank: number): Column<KernelRow> => ({
    id,
    title,
    width: 9,
    align: 'right',
    rank,
    cell: (row) => run(count(value(row)), value(row) === 0 ? { ink: 'dim' } : {}),
    compare: largestFirst(value),
  });
  return [
    {
      id: 'kernel',
      title: 'KERNEL',
      width: 20,
      grows: true,
      align: 'left',
      rank: 0,
      cell: (row) => run(printable(row.kernel === '' ? 'unknown' : row.kernel), { bold: true }),
      compare: alphabetically((row) => row.kernel),
    },
    { id: 'cgroup', title: 'CGROUP', width: 6, align: 'left', rank: 3, cell: (row) => run(printable(row.cgroup)) },
    of('nodes', 'NODES', (row) => row.nodes, 0),
    of('critical', 'CRITICAL', (row) => row.critical, 1),
    of('warning', 'WARNING', (row) => row.warning, 1),
    of('unknown', 'UNKNOWN', (row) => row.unknown, 4),
    {
      id: 'sick',
      title: 'SICK',
      width: 8,
      align: 'right',
      rank: 0,
      cell: (row) => run(share(row.critical + row.warning, row.nodes)),
      compare: largestFirst((row) => (row.critical + row.warning) / Math.max(1, row.nodes)),
    },
    {
      id: 'matrix',
      title: 'THE MATRIX SAYS',
      width: 26,
      grows: true,
      align: 'left',
      rank: 2,
      cell: (row) => {
        const { word, style } = says(row);
        return run(printable(word), style);
      },
    },
  ];
}

/** Workloads by what they do to the fleet. */
export const CULPRIT_COLUMNS: readonly Column<Culprit>[] = [
  {
    id: 'workload',
    title: 'WORKLOAD',
    width: 24,
    grows: true,
    align: 'left',
    rank: 0,
    cell: ({ namespace, workload, qos }) => run(printable(workloadName(namespace, workload, qos)), { bold: true }),
    compare: alphabetically(({ namespace, workload }) => `${namespace}/${workload}`),
  },
  {
    id: 'qos',
    title: 'QOS',
    width: 11,
    align: 'left',
    rank: 2,
    cell: ({ qos }) => run(printable(qos === '' ? '-' : qos)),
    compare: alphabetically(({ qos }) => qos),
  },
  {
    id: 'held',
    title: 'HELD BY ITS DYING',
    width: 17,
    align: 'right',
    rank: 0,
    cell: ({ heldBytes }) => valueRun(heldBytes, bytes),
    compare: largestFirst(({ heldBytes }) => heldBytes),
  },
  {
    id: 'churn',
    title: 'CGROUPS/min',
    width: 11,
    align: 'right',
    rank: 1,
    cell: ({ churnPerMinute }) => valueRun(churnPerMinute, (value) => value.toFixed(1)),
    compare: largestFirst(({ churnPerMinute }) => churnPerMinute),
  },
];

/** What belongs to no pod is named by what it is. */
function workloadName(namespace: string, workload: string, qos: string): string {
  if (workload === 'other') return 'all others';
  if (workload !== '') return `${namespace}/${workload}`;
  return qos === '' ? 'outside kubepods' : `below ${qos}, no pod of its own`;
}
