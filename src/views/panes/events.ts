import { clockTime } from '../../format/clock-time.ts';
import { eventSentence } from '../../format/event-sentence.ts';
import { mergedEvents } from '../../format/merged-events.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../../format/severity.ts';
import { run } from '../../format/styled.ts';
import type { Column } from '../../format/table.ts';
import type { NodeEvent } from '../../model/events.ts';
import type { Model } from '../../model/model.ts';
import { matches } from '../filter.ts';
import { noticed } from '../notice.ts';
import type { Pane, Shown } from '../pane.ts';
import type { State } from '../state.ts';
import { step } from '../step.ts';
import { tableLines } from '../table-lines.ts';
import { adviceRows } from './advice-rows.ts';

/** What happened when, newest first. */
export const eventsPane: Pane = {
  id: 'events',
  digit: '7',
  title: 'Events',
  keys: [
    { keys: ['enter'], action: 'open', group: 'Here', help: 'the finding or the drop, in Advice', footer: 'open' },
  ],
  sorts: [],
  defaultSort: undefined,
  rowCount: (shown) => rowsOf(shown).length,
  visibleRows: (_, size) => Math.max(0, size.rows - 1),
  graphs: () => [],
  draw: (shown, size) => {
    const { top, cursor, filter } = shown.state.tables.events;
    const none = filter === '' ? 'no event yet' : 'no event has this text';
    const place = { columns: size.columns, rows: size.rows, top, cursor, limits: shown.diagnosis.thresholds, none };
    return tableLines(rowsOf(shown), columnsOf(shown.model), place);
  },
  act: (shown, action) => {
    if (action !== 'open') return undefined;
    const event = rowsOf(shown)[shown.state.tables.events.cursor ?? 0];
    return step(event === undefined ? noticed(shown.state, 'no event yet', 'info') : toAdvice(shown, event));
  },
};

/** Advice with the cursor on what the event is about. */
function toAdvice({ state, model, diagnosis }: Shown, event: NodeEvent): State {
  const at = adviceRows(model, diagnosis).findIndex((row) => {
    if (event.kind === 'finding' || event.kind === 'finding-over') {
      return row.kind === 'finding' && row.finding.id === event.id;
    }
    return event.kind === 'drop' && row.kind === 'drop' && row.drop.id === event.dropId;
  });
  if (at === -1) return noticed(state, 'Advice has nothing about this event', 'info');
  const advice = { ...state.tables.advice, filter: '', opened: false, cursor: at };
  return { ...state, pane: 'advice', graph: undefined, tables: { ...state.tables, advice } };
}

function rowsOf({ model, state }: Shown): readonly NodeEvent[] {
  const { filter, inverted } = state.tables.events;
  const rows = mergedEvents(model.events).filter((event) => matches(filter, eventSentence(event, model.drops).text));
  return inverted ? rows : rows.reverse();
}

function columnsOf(model: Model): readonly Column<NodeEvent>[] {
  return [
    { id: 'at', title: 'TIME', width: 8, align: 'left', rank: 0, cell: ({ at }) => run(clockTime(at), { ink: 'dim' }) },
    {
      id: 'severity',
      title: 'SEVERITY',
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
