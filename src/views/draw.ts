import { printable } from '../core/printable.ts';
import { cutLine } from '../format/fit.ts';
import { SEVERITY_WORD } from '../format/severity.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { valueText } from '../format/value.ts';
import { asciiLine } from './ascii.ts';
import { drawDialog } from './draw-dialog.ts';
import { drawFooter, FILTER_PROMPT } from './draw-footer.ts';
import { drawHeader } from './draw-header.ts';
import { drawTooSmall } from './draw-too-small.ts';
import { drawVerdict, verdict } from './draw-verdict.ts';
import { drawZoom } from './draw-zoom.ts';
import type { Frame } from './frame.ts';
import { linesAbove, paneSize, SMALLEST } from './pane-size.ts';
import { paneOf } from './panes.ts';
import { shownOf } from './shown.ts';
import { type State, shownModel } from './state.ts';
import { shownTable } from './table-state.ts';

const BLANK: StyledLine = [];

/** Makes everything the terminal shows. Pure: the same state gives the same frame. */
export function draw(state: State): Frame {
  const frame = { ...drawUnicode(state), ...titleOf(state) };
  return state.theme.unicode ? frame : { ...frame, lines: frame.lines.map(asciiLine) };
}

/** The verdict in a word: a window that is not looked at says when it should be. */
function titleOf(state: State): { title?: string } {
  const said = verdict(state);
  const model = shownModel(state);
  if (said === undefined || model === undefined) return {};
  return { title: `${SEVERITY_WORD[said.severity]} ${valueText(model.host.name, printable)} - slabtop-k8s` };
}

function drawUnicode(state: State): Frame {
  const { size } = state;
  if (size.columns < 1 || size.rows < 1) return { lines: [] };
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) return { lines: drawTooSmall(state) };
  const shown = shownOf(state);
  const room = paneSize(size);
  const zoom = state.zoomed && shown !== undefined ? drawZoom(shown, room, linesAbove(size)) : undefined;
  const inPane = shown === undefined ? waiting(state) : (zoom?.lines ?? paneOf(state.pane).draw(shown, room));
  const body = [...inPane.slice(0, room.rows)];
  while (body.length < room.rows) body.push(BLANK);
  const above = [drawHeader(state), drawVerdict(state)];
  if (state.replay?.about !== undefined && above.length < linesAbove(size)) {
    above.push([run(` ${printable(state.replay.about)}`, { ink: 'dim' })]);
  }
  while (above.length < linesAbove(size)) above.push(BLANK);
  const lines = [...above, ...body, drawFooter(state)].map((line) => cutLine(line, size.columns));
  if (state.dialog !== undefined) {
    const { lines: over, cursor } = drawDialog(state, state.dialog, lines);
    return { lines: over, ...(cursor === undefined ? {} : { cursor }) };
  }
  if (state.typingFilter) {
    const column = Math.min(size.columns - 1, FILTER_PROMPT.length + shownTable(state).filter.length);
    return { lines, cursor: { column, row: size.rows - 1 } };
  }
  return { lines, ...(zoom?.chart === undefined ? {} : { chart: zoom.chart }) };
}

function waiting(state: State): StyledLine[] {
  const silent = state.samplerSilentSeconds;
  const text = silent === undefined ? 'waiting for the first sample' : 'waiting for the sampler process';
  return [BLANK, [run(` ${text} ...`, { ink: 'dim' })]];
}
