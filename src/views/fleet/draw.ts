import { isMissing } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import type { Severity } from '../../core/severity.ts';
import { countOf, worstOf } from '../../fleet/derive-list.ts';
import type { StateCounts } from '../../fleet/model.ts';
import { clockTime, utcOffset } from '../../format/clock-time.ts';
import { cutLine, type Part, spread } from '../../format/fit.ts';
import { count, duration } from '../../format/quantity.ts';
import { reasonSentence } from '../../format/reason.ts';
import { SEVERITY_STYLE } from '../../format/severity.ts';
import { type Run, run, type StyledLine } from '../../format/styled.ts';
import { valueText } from '../../format/value.ts';
import { asciiLine } from '../ascii.ts';
import { drawCommand } from '../draw-command.ts';
import { FILTER_PROMPT, footerLine } from '../draw-footer.ts';
import { keysDialog } from '../draw-help.ts';
import type { Frame } from '../frame.ts';
import { type DialogContent, overlay } from '../overlay.ts';
import { linesAbove, paneSize, SMALLEST } from '../pane-size.ts';
import { shownTable } from '../table-state.ts';
import { FLEET_KEYS } from './keymap.ts';
import { FLEET_PANES, fleetPane } from './panes.ts';
import type { FleetDialog, FleetState } from './state.ts';

/** Makes everything that the fleet's screen shows. Pure, as that of a node. */
export function drawFleet(state: FleetState): Frame {
  const frame = drawUnicode(state);
  return state.theme.unicode ? frame : { ...frame, lines: frame.lines.map(asciiLine) };
}

function drawUnicode(state: FleetState): Frame {
  const { size } = state;
  if (size.columns < 1 || size.rows < 1) return { lines: [] };
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) {
    const need = `needs ${SMALLEST.columns}x${SMALLEST.rows}`;
    return {
      lines: [verdictLine(state), [run(need, { ink: 'dim' })]]
        .slice(0, size.rows)
        .map((line) => cutLine(line, size.columns)),
    };
  }
  const room = paneSize(size);
  const body = [...fleetPane(state.pane).draw(state, room)].slice(0, room.rows);
  while (body.length < room.rows) body.push([]);
  const above = [headerLine(state), verdictLine(state)];
  while (above.length < linesAbove(size)) above.push([]);
  const lines = [...above, ...body, footer(state)].map((line) => cutLine(line, size.columns));
  if (state.dialog?.kind === 'commands') return { lines: drawCommand(state.dialog, size).lines };
  if (state.dialog !== undefined) {
    const { lines: over } = overlay(lines, size, dialogOf(state, state.dialog));
    return { lines: over };
  }
  if (!state.typingFilter) return { lines };
  const column = Math.min(size.columns - 1, FILTER_PROMPT.length + shownTable(state).filter.length);
  return { lines, cursor: { column, row: size.rows - 1 } };
}

/** Refreshes that may be late before the numbers are called old. */
const LATE_INTERVALS = 3;

function headerLine(state: FleetState): StyledLine {
  const { source, size, intervalSeconds, now, demo } = state;
  const left: Part[] = [
    { rank: 0, runs: [run(' slabtop-k8s fleet ', { inverse: true })] },
    { rank: 3, runs: [run(printable(source))] },
    ...(demo ? [{ rank: 0, runs: [run('invented nodes', { ink: 'cyan' })] }] : []),
  ];
  const right: Part[] = [
    { rank: 1, runs: [ageRun(state)] },
    { rank: 4, runs: [run(`every ${intervalSeconds} s`)] },
    { rank: 2, runs: [run(clockTime(now))] },
    { rank: 5, runs: [run(`${utcOffset(now)} `)] },
  ];
  return spread(left, right, size.columns);
}

/** How old what is shown is; what failed stands in the verdict. */
function ageRun({ model, now, intervalSeconds, refreshing, demo }: FleetState): Run {
  if (model === undefined) return run(refreshing ? 'asking' : 'nothing yet', { ink: 'dim' });
  if (demo) return run('demo', { ink: 'cyan' });
  const ageSeconds = Math.max(0, (now - model.at) / 1000);
  const late = ageSeconds > LATE_INTERVALS * intervalSeconds;
  return run(`${duration(ageSeconds)} old`, late ? { ink: 'yellow', bold: true } : { ink: 'green' });
}

function verdictLine(state: FleetState): StyledLine {
  const { model, failure, size } = state;
  const parts: Part[] = [];
  if (failure !== undefined) {
    const text = printable(reasonSentence(failure));
    parts.push({ rank: 0, runs: [run(' FAILED ', { ink: 'red', inverse: true }), run(` ${text}`, { ink: 'red' })] });
    if (model === undefined) return spread(parts, [], size.columns);
  }
  if (model === undefined) return [run(' asking the engine ...', { ink: 'dim' })];
  if (isMissing(model.counts)) {
    parts.push({ rank: 0, runs: [run(` ${printable(reasonSentence(model.counts))}`, { ink: 'yellow' })] });
  } else parts.push(...countParts(model.counts));
  if (model.rules === 'absent') {
    parts.push({ rank: 8, runs: [run('rules not installed: queries cost eight times as much', { ink: 'dim' })] });
  }
  if (model.engineAheadMs !== 0)
    parts.push({ rank: 2, runs: [run(clocksSentence(model.engineAheadMs), { ink: 'yellow' })] });
  for (const warning of model.warnings.slice(0, 1)) {
    parts.push({ rank: 2, runs: [run(`partial answer: ${printable(warning)}`, { ink: 'yellow' })] });
  }
  return spread(parts, [], size.columns);
}

/** Times on the screen that come from nodes are by the engine's clock. */
function clocksSentence(aheadMs: number): string {
  return `the engine's clock is ${duration(Math.abs(aheadMs) / 1000)} ${aheadMs > 0 ? 'ahead' : 'behind'}`;
}

const BADGE: Readonly<Record<Severity, string>> = {
  critical: 'CRIT',
  warning: 'WARN',
  unknown: 'UNKNOWN',
  info: 'OK',
  ok: 'OK',
};

function countParts(counts: StateCounts): Part[] {
  const { critical, warning, unknown, ok, info, silent } = counts;
  const part = (rank: number, text: string, bad: boolean, ink: 'red' | 'yellow'): Part => ({
    rank,
    runs: [run(text, bad ? { ink, bold: true } : { ink: 'dim' })],
  });
  const worst = worstOf(counts);
  const badge = run(` ${BADGE[worst]} `, { ...SEVERITY_STYLE[worst], inverse: true });
  return [
    { rank: 0, runs: [badge] },
    part(0, `${count(critical)} of ${count(countOf(counts))} nodes critical`, critical > 0, 'red'),
    part(1, `${count(warning)} warning`, warning > 0, 'yellow'),
    part(2, `${count(unknown)} unknown`, unknown > 0, 'yellow'),
    part(3, `${valueText(silent, count)} silent`, !isMissing(silent) && silent > 0, 'yellow'),
    { rank: 4, runs: [run(`${count(ok + info)} ok`)] },
  ];
}

function footer(state: FleetState): StyledLine {
  const table = shownTable(state);
  const rows = fleetPane(state.pane).rowCount(state);
  return footerLine({
    columns: state.size.columns,
    filter: table.filter,
    typingFilter: state.typingFilter,
    notice: state.notice,
    panes: FLEET_PANES.map(({ id, digit, title }) => ({ digit, title, here: id === state.pane })),
    keys: FLEET_KEYS,
    ...(rows === 0 ? {} : { place: `${count((table.cursor ?? 0) + 1)}/${count(rows)}` }),
  });
}

function dialogOf(state: FleetState, dialog: Exclude<FleetDialog, { kind: 'commands' }>): DialogContent {
  const { size } = state;
  switch (dialog.kind) {
    case 'help': {
      const panes = FLEET_PANES.map(({ digit, title, id }) => ({
        ...{ keys: [digit], action: `pane:${id}`, group: 'Panes' as const, help: title },
      }));
      return keysDialog({ title: 'this pane', own: [], all: [...panes, ...FLEET_KEYS], size, top: dialog.top });
    }
    case 'go-live':
      return {
        title: 'Go live',
        lines: [
          [],
          [run(`kubectl slabtop ${printable(dialog.name)}`, { bold: true })],
          [],
          [run('Starts a privileged pod on that node; it is removed when you quit there.')],
          [],
        ],
        keys: 'Enter goes   Esc stays',
        columns: Math.min(size.columns, 76),
      };
  }
}
