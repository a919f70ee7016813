import { isMissing, knownOr, type Maybe, type Missing, mapKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { ageBehind, ageRuns } from '../../format/age.ts';
import { fitText, type Part, spread } from '../../format/fit.ts';
import { bytes, count, duration, percent } from '../../format/quantity.ts';
import { reasonSentence } from '../../format/reason.ts';
import { SEVERITY_STYLE } from '../../format/severity.ts';
import { type Run, run, type StyledLine } from '../../format/styled.ts';
import { sortRows } from '../../format/table.ts';
import { valueRun, valueText } from '../../format/value.ts';
import { wrapText } from '../../format/wrap.ts';
import type { KubeletModel, ThreadModel } from '../../model/model.ts';
import { momentOf } from '../../model/moments.ts';
import { systemSeverity } from '../../model/threshold-severity.ts';
import { HELD_COLUMNS, PROCESS_COLUMNS, THREAD_COLUMNS } from '../../tables/processes.ts';
import { SYSCALL_COLUMNS } from '../../tables/traces.ts';
import { beside, drawBox, insideColumns } from '../box.ts';
import { matches } from '../filter.ts';
import { drawGraph } from '../graph.ts';
import { dropMarks, graphSpan } from '../graph-span.ts';
import type { Pane, Shown } from '../pane.ts';
import { rowsMemo } from '../rows-memo.ts';
import type { Size } from '../state.ts';
import { step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { askTrace } from '../trace-dialog.ts';
import { kubeletLayout } from './kubelet-layout.ts';
import { inkOf } from './overview-box.ts';
import { overviewGraphs } from './overview-graphs.ts';

const DEFAULT_SORT = 'cpu';

const keptRows = rowsMemo<ThreadModel, ThreadModel>();

/** kubelet under the lens: what it is, its threads, who reads memory files, and which other process might be the culprit. */
export const kubeletPane: Pane = {
  id: 'kubelet',
  digit: '4',
  title: 'Kubelet',
  keys: [
    { keys: ['s'], action: 'trace', group: 'Here', help: 'run strace on kubelet (asks first)', footer: 'strace' },
    { keys: ['v'], action: 'pane:trace', group: 'Here', help: 'what strace saw, and what it means' },
  ],
  sorts: THREAD_COLUMNS.map((column) => column.id),
  defaultSort: DEFAULT_SORT,
  rowCount: (shown) =>
    knownOr(
      mapKnown(threadsOf(shown), (rows): Maybe<number> => rows.length),
      0,
    ),
  visibleRows: (_, size) => Math.max(0, kubeletLayout(size).threadRows - 1),
  graphs: (shown) => overviewGraphs(shown).slice(0, 1),
  act: ({ state }, action) => (action === 'trace' ? step(askTrace(state)) : undefined),
  draw: (shown, size) => {
    if (isMissing(shown.model.kubelet)) return withoutKubelet(shown, size, shown.model.kubelet);
    const layout = kubeletLayout(size);
    return [...identity(shown.model.kubelet, size), ...boxes(shown, size, layout.boxRows), ...tables(shown, size)];
  },
};

function threadsOf({ model, state }: Shown): Maybe<readonly ThreadModel[]> {
  const { filter, sort, inverted } = state.tables.kubelet;
  return mapKnown(model.kubelet, (kubelet) =>
    mapKnown(kubelet.threadRows, (threads) =>
      keptRows(threads, [filter, sort, inverted], () => {
        const found = threads.filter((thread) => matches(filter, thread.comm, String(thread.tid)));
        return sortRows(found, THREAD_COLUMNS, sort ?? DEFAULT_SORT, inverted);
      }),
    ),
  );
}

/** Without a kubelet the other processes are what there is to see. */
function withoutKubelet({ model, diagnosis }: Shown, size: Size, why: Missing): StyledLine[] {
  const said = wrapText(`kubelet ${printable(reasonSentence(why))}`, Math.max(1, size.columns - 2));
  const lines: StyledLine[] = [...said.map((text) => [run(` ${text}`, { ink: 'yellow' } as const)]), []];
  const { thresholds: limits } = diagnosis;
  const rows = size.rows - lines.length;
  const age = ageBehind(model, momentOf(model, 'processes'));
  const place = { columns: size.columns, rows, top: 0, cursor: undefined, limits, age, none: 'none' };
  return [...lines, ...tableLines(model.processes, PROCESS_COLUMNS, place)];
}

function identity(kubelet: KubeletModel, size: Size): StyledLine[] {
  const part = (rank: number, label: string, value: Run): Part => ({
    rank,
    runs: [run(`${label} `, { ink: 'dim' }), value],
  });
  const strong = { bold: true } as const;
  const what = kubelet.found === 'kubelet' || kubelet.found === 'named' ? '' : ` (${kubelet.found})`;
  const first = spread(
    [
      part(0, ' pid', run(`${kubelet.pid}${what}`, strong)),
      part(1, 'version', valueRun(kubelet.version, printable, strong)),
      part(2, 'up', valueRun(kubelet.uptimeSeconds, duration, strong)),
      part(3, 'housekeeping', run(housekeeping(kubelet), strong)),
      part(4, 'RSS', valueRun(kubelet.rssBytes, bytes, strong)),
      part(
        5,
        'switches',
        valueRun(kubelet.contextSwitchesPerSecond, (value) => `${count(value)}/s`, strong),
      ),
      part(
        6,
        'reads',
        valueRun(kubelet.readCallsPerSecond, (value) => `${count(value)}/s`, strong),
      ),
    ],
    [],
    size.columns,
    3,
  );
  const command = fitText(valueText(kubelet.command, printable), Math.max(0, size.columns - 1), 'left');
  return [first, [run(` ${command}`, { ink: 'dim' })]];
}

/** 10 s is the default of `--housekeeping-interval` (kubelet's own reference). */
function housekeeping({ housekeepingSeconds }: KubeletModel): string {
  if (!isMissing(housekeepingSeconds)) return `every ${duration(housekeepingSeconds)}`;
  return housekeepingSeconds.unavailable === 'absent' ? 'every 10 s (default)' : valueText(housekeepingSeconds, String);
}

function boxes(shown: Shown, size: Size, rows: number): StyledLine[] {
  if (rows === 0) return [];
  const { model, history, diagnosis } = shown;
  const { thresholds: limits } = diagnosis;
  const { kubelet } = model;
  const left = Math.floor(size.columns / 2);
  const one = (kind: 'system' | 'user', columns: number) => {
    const of = kind === 'system' ? 'systemPct' : 'userPct';
    const value = mapKnown(kubelet, (known) => known[of]);
    const graph = drawGraph(
      {
        series: history.of(`kubelet.${of}`),
        fold: 'peak',
        // Both have the scale of a core, so that the eye can compare them.
        atLeast: 100,
        ink: kind === 'system' ? (systemPct) => inkOf(systemSeverity(systemPct, limits), 'cyan') : 'cyan',
        print: percent,
      },
      {
        columns: insideColumns(columns),
        rows: Math.max(1, rows - (rows >= 7 ? 3 : 2)),
        axis: rows >= 7,
        style: shown.state.theme.graph,
        span: graphSpan(shown),
        marks: dropMarks(shown),
      },
    );
    const style = kind === 'system' && !isMissing(value) ? SEVERITY_STYLE[systemSeverity(value, limits)] : {};
    const headline: StyledLine[] = [[valueRun(value, percent, { ...style, bold: true }), ...ageRuns(model, 'kubelet')]];
    return drawBox({ title: `${kind} CPU`, headline, columns, rows, chosen: false }, graph);
  };
  return beside(one('system', left), left, one('user', size.columns - left));
}

function tables(shown: Shown, size: Size): StyledLine[] {
  const layout = kubeletLayout(size);
  const { top, cursor, sort } = shown.state.tables.kubelet;
  const { model, diagnosis } = shown;
  const { thresholds: limits } = diagnosis;
  const threadColumns = layout.sideColumns === 0 ? size.columns : size.columns - layout.sideColumns - 1;
  const threads = tableLines(threadsOf(shown), THREAD_COLUMNS, {
    columns: threadColumns,
    rows: layout.threadRows,
    top,
    cursor,
    limits,
    sort: sort ?? DEFAULT_SORT,
    age: ageBehind(model, momentOf(model, 'kubelet')),
    none: 'no thread has this in its name',
  });
  const columns = layout.sideColumns || size.columns;
  const still = { columns, top: 0, cursor: undefined, limits };
  const held = mapKnown(model.kubelet, (kubelet) => kubelet.heldFiles);
  const holders = tableLines(held, HELD_COLUMNS, {
    ...still,
    rows: layout.heldRows,
    none: 'no process had a memory file open in the last minute',
  });
  const inCalls = mapKnown(model.kubelet, (kubelet) => kubelet.syscallRows);
  const calls = tableLines(inCalls, SYSCALL_COLUMNS, {
    ...still,
    rows: layout.syscallRows,
    none: 'no sample of threads yet',
  });
  const processes = tableLines(model.processes, PROCESS_COLUMNS, {
    ...still,
    rows: layout.processRows,
    age: ageBehind(model, momentOf(model, 'processes')),
    none: 'none',
  });
  const fill = (lines: StyledLine[], rows: number): StyledLine[] =>
    lines.concat(Array.from({ length: Math.max(0, rows - lines.length) }, (): StyledLine => []));
  const side = [...fill(calls, layout.syscallRows), ...fill(holders, layout.heldRows), ...processes];
  if (layout.sideColumns === 0) return [...fill(threads, layout.threadRows), ...side];
  return beside(threads, threadColumns + 1, side);
}
