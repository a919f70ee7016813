import { isKnown } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { encodeJson, printJson } from '../../exports/json.ts';
import { encodeMarkdown } from '../../exports/markdown.ts';
import { FAMILIES } from '../../exports/metrics/families.ts';
import { encodeMetrics } from '../../exports/metrics/text.ts';
import type { Report } from '../../exports/report.ts';
import { encodeScreenSvg } from '../../exports/screen-svg.ts';
import { printPlain } from '../../exports/styled-text.ts';
import { encodeText } from '../../exports/text.ts';
import type { StyledLine } from '../../format/styled.ts';
import type { History } from '../../model/history.ts';
import { draw } from '../../views/draw.ts';
import { initialState, type State } from '../../views/state.ts';
import { update } from '../../views/update.ts';
import type { TextFormat } from '../base/export-formats.ts';

/** The size of a picture that nobody's terminal decides. */
const PICTURE = { columns: 160, rows: 45 };

/** The width of a text file. */
const TEXT_COLUMNS = 120;

/** What an export is made from: what is known, and the screen that shows it. */
export interface Exportable {
  readonly report: Report;
  readonly screen: State;
}

/** A screen that nobody looks at, for the picture in a snapshot made without one. */
export function screenOf(report: Report, history: History, origin: State['origin'], intervalSeconds = 1): State {
  const empty = initialState({
    size: PICTURE,
    theme: { unicode: true, colour: true, graph: 'braille' },
    intervalSeconds,
    dropping: { kind: 'refused', reason: 'a snapshot' },
    origin,
  });
  const { diagnosis, model } = report;
  return update(empty, { kind: 'model', model, history, diagnosis }).state;
}

/** The text of an export. */
export function renderExport(format: TextFormat, { report, screen }: Exportable): string {
  switch (format) {
    case 'json':
      return `${printJson(encodeJson(report, { cgroups: true }), 'indented')}\n`;
    case 'text':
      return printPlain(encodeText(report, { columns: TEXT_COLUMNS }));
    case 'svg': {
      const size = screen.size.columns < 40 ? PICTURE : screen.size;
      return encodeScreenSvg({ lines: drawn({ ...screen, size }), ...size, title: titleOf(report) });
    }
    case 'prom':
      return promOf(report);
    case 'md':
      return encodeMarkdown(report, drawn({ ...screen, size: PICTURE, pane: 'overview' }));
  }
}

function drawn(screen: State): readonly StyledLine[] {
  return draw({ ...screen, dialog: undefined, zoomed: false, typingFilter: false }).lines;
}

function titleOf({ model }: Report): string {
  const { name } = model.host;
  return `slabtop-k8s on ${isKnown(name) ? printable(name) : 'a node'}`;
}

/** For the textfile collector of node_exporter: without what counts from the start of a process that ends now. */
function promOf(report: Report): string {
  const context = {
    report,
    nodeVersion: process.versions.node,
    samplerRestarts: 0,
    ticks: 0,
    names: (name: string) => name,
  };
  return encodeMetrics(
    FAMILIES.filter(({ sinceStart }) => sinceStart !== true),
    context,
  );
}

/** Whether a text is one of {@link promOf}: the collector wants one name, so that the file of the last time is replaced. */
export function isProm(text: string): boolean {
  return text.startsWith('# HELP slabtop_');
}
