import { isMissing, type Maybe } from '../../../core/missing.ts';
import { printable } from '../../../core/printable.ts';
import type { FleetEvent } from '../../../fleet/model.ts';
import { clockTime, monthAndDay } from '../../../format/clock-time.ts';
import { CULPRIT_COLUMNS, STATE_WORD, stateStyle } from '../../../format/fleet-tables.ts';
import { type Run, run } from '../../../format/styled.ts';
import type { Column } from '../../../format/table.ts';
import { tableLines } from '../../table-lines.ts';
import type { FleetPane } from '../pane.ts';
import { culpritRows, eventRows, KERNELS, kernelRows } from '../rows.ts';
import type { FleetPaneId, FleetState } from '../state.ts';

/** Which upgrade cures how many nodes. */
export const kernelsPane: FleetPane = tablePane({
  ...{ id: 'kernels', digit: '2', title: 'Kernels' },
  columns: KERNELS,
  rows: kernelRows,
  source: ({ model }) => model?.kernels ?? { unavailable: 'warming-up', detail: 'asking the engine' },
  none: 'no node reports its kernel',
});

/** Which workload makes the fleet sick. */
export const culpritsPane: FleetPane = tablePane({
  ...{ id: 'culprits', digit: '3', title: 'Culprits' },
  columns: CULPRIT_COLUMNS,
  rows: culpritRows,
  source: ({ culprits }) => culprits,
  none: 'the dying hold little, and few cgroups come and go',
});

const EVENT_COLUMNS: readonly Column<FleetEvent>[] = [
  {
    ...{ id: 'at', title: 'WHEN', width: 15, align: 'left', rank: 0 },
    cell: ({ at }) => run(`${monthAndDay(at)} ${clockTime(at)}`),
  },
  {
    ...{ id: 'node', title: 'NODE', width: 24, align: 'left', rank: 0 },
    cell: ({ name }) => run(printable(name), { bold: true }),
  },
  { ...{ id: 'what', title: 'WHAT', width: 20, grows: true, align: 'left', rank: 0 }, cell: eventRun },
];

/** What changed over the fleet. */
export const eventsPane: FleetPane = tablePane({
  ...{ id: 'events', digit: '4', title: 'Events' },
  columns: EVENT_COLUMNS,
  rows: eventRows,
  source: ({ events }) => events,
  none: 'nothing changed within this time',
});

function eventRun(event: FleetEvent): Run {
  switch (event.kind) {
    case 'drop':
      return run(`caches dropped${event.times >= 1.5 ? ` ${Math.round(event.times)} times` : ''}`, { ink: 'yellow' });
    case 'kubelet-restarted':
      return run('kubelet restarted', { ink: 'cyan' });
    case 'state':
      return stateRun(event);
  }
}

function stateRun({ from, to }: Extract<FleetEvent, { kind: 'state' }>): Run {
  if (to === undefined) return run(`no longer ${from === undefined ? 'sick' : STATE_WORD[from]}`, { ink: 'green' });
  return run(
    from === undefined ? `became ${STATE_WORD[to]}` : `${STATE_WORD[from]} -> ${STATE_WORD[to]}`,
    stateStyle(to),
  );
}

interface TablePaneSpec<Row> {
  readonly id: FleetPaneId;
  readonly digit: string;
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: (state: FleetState) => readonly Row[];
  /** What the rows are made from, for the reason where there are none. */
  readonly source: (state: FleetState) => Maybe<readonly Row[]>;
  readonly none: string;
}

function tablePane<Row extends object>({
  id,
  digit,
  title,
  columns,
  rows,
  source,
  none,
}: TablePaneSpec<Row>): FleetPane {
  return {
    id,
    digit,
    title,
    keys: [],
    sorts: columns.filter(({ compare }) => compare !== undefined).map((column) => column.id),
    rowCount: (state) => rows(state).length,
    visibleRows: (_, size) => Math.max(0, size.rows - 1),
    draw: (state, size) => {
      const all = source(state);
      const { top, cursor, sort } = state.tables[id];
      const place = { columns: size.columns, rows: size.rows, top, cursor, sort, limits: state.limits, none };
      return tableLines(isMissing(all) ? all : rows(state), columns, place);
    },
  };
}
