import { clockTime } from '../../format/clock-time.ts';
import { eventSentence } from '../../format/event-sentence.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../../format/severity.ts';
import { run, type StyledLine } from '../../format/styled.ts';
import { type Column, fitColumns, tableHead, tableRow } from '../../format/table.ts';
import type { NodeEvent } from '../../model/events.ts';
import type { Model } from '../../model/model.ts';
import { matches } from '../filter.ts';
import type { Pane, Shown } from '../pane.ts';

/** What happened when, newest first. */
export const eventsPane: Pane = {
  id: 'events',
  digit: '7',
  title: 'Events',
  keys: [],
  sorts: [],
  defaultSort: undefined,
  rowCount: (shown) => rowsOf(shown).length,
  visibleRows: (_, size) => Math.max(0, size.rows - 1),
  graphs: () => [],
  draw: (shown, size) => {
    const rows = rowsOf(shown);
    const columns = fitColumns(columnsOf(shown.model), size.columns);
    const { top, cursor } = shown.state.tables.events;
    const lines: StyledLine[] = [tableHead(columns, size.columns)];
    for (const [at, row] of rows.slice(top, top + size.rows - 1).entries()) {
      lines.push(tableRow(columns, row, size.columns, top + at === cursor));
    }
    if (rows.length === 0) lines.push([run(' nothing has happened yet', { ink: 'dim' })]);
    return lines;
  },
};

function rowsOf({ model, state }: Shown): readonly NodeEvent[] {
  const { filter, inverted } = state.tables.events;
  const rows = model.events.filter((event) => matches(filter, eventSentence(event, model.drops).text));
  return inverted ? rows : rows.reverse();
}

function columnsOf(model: Model): readonly Column<NodeEvent>[] {
  return [
    { id: 'at', title: 'TIME', width: 8, align: 'left', rank: 0, cell: ({ at }) => run(clockTime(at), { ink: 'dim' }) },
    {
      id: 'severity',
      title: 'HOW BAD',
      width: 8,
      align: 'left',
      rank: 1,
      cell: (event) => {
        const { severity } = eventSentence(event, model.drops);
        return run(SEVERITY_WORD[severity], SEVERITY_STYLE[severity]);
      },
    },
    {
      id: 'what',
      title: 'WHAT HAPPENED',
      width: 20,
      grows: true,
      align: 'left',
      rank: 0,
      cell: (event) => {
        const { severity, text } = eventSentence(event, model.drops);
        return run(text, severity === 'info' ? {} : SEVERITY_STYLE[severity]);
      },
    },
  ];
}
