import { isMissing } from '../core/missing.ts';
import { clockTime } from '../format/clock-time.ts';
import { dropName } from '../format/event-sentence.ts';
import { duration } from '../format/quantity.ts';
import type { NodeEvent } from '../model/events.ts';
import type { Model } from '../model/model.ts';
import { columnAt, type TimeSpan } from '../series/columns.ts';
import type { Shown } from './pane.ts';

/** Stretches a graph can show: the shortest that holds all there is, so that the first minutes are seen as well. */
const SPANS: readonly { readonly seconds: number; readonly label: string }[] = [
  { seconds: 60, label: '1 min' },
  { seconds: 300, label: '5 min' },
  { seconds: 900, label: '15 min' },
  { seconds: 3600, label: '1 h' },
];

const PANE_SPAN_SECONDS = 3600;

/** Minutes that a zoomed graph can show: steps so small that what there is fills the width. */
const ZOOM_MINUTES: readonly number[] = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240];

/** A stretch of time and how it is called. */
export interface NamedSpan {
  readonly span: TimeSpan;
  /** `1 h`. */
  readonly label: string;
}

/** The stretch that graphs show: an hour at most in a pane, all there is when zoomed. */
export function graphSpan({ model, history }: Shown, zoomed = false): NamedSpan {
  const untilSeconds = model.instant.monotonicSeconds;
  const oldest = history.of('slab.totalBytes').oldestSeconds;
  const age = isMissing(oldest) ? 0 : untilSeconds - oldest;
  if (zoomed) {
    const minutes = ZOOM_MINUTES.find((each) => each * 60 >= age) ?? 240;
    return { span: { untilSeconds, spanSeconds: minutes * 60 }, label: duration(minutes * 60) };
  }
  const allowed = SPANS.filter(({ seconds }) => seconds <= PANE_SPAN_SECONDS);
  const chosen = allowed.find(({ seconds }) => seconds >= age) ??
    allowed.at(-1) ?? { seconds: PANE_SPAN_SECONDS, label: '1 h' };
  return { span: { untilSeconds, spanSeconds: chosen.seconds }, label: chosen.label };
}

/** A moment that explains a step in the graphs. */
export interface Mark {
  readonly monotonicSeconds: number;
  /** `13:24 drop_caches=2`. */
  readonly label: string;
}

const keptMarks = new WeakMap<Model['events'], readonly Mark[]>();

/** Every drop, by this tool or by somebody else, and every restart of kubelet, oldest first; the same array while there is no new event. */
export function dropMarks({ model }: Shown): readonly Mark[] {
  const before = keptMarks.get(model.events);
  if (before !== undefined) return before;
  const marks: Mark[] = [];
  for (const event of model.events) {
    const what = markOf(event, model);
    if (what === undefined) continue;
    marks.push({ monotonicSeconds: event.monotonicSeconds, label: `${clockTime(event.at).slice(0, 5)} ${what}` });
  }
  keptMarks.set(model.events, marks);
  return marks;
}

/** What explains a step in the graphs: a drop, or another kubelet. Thresholds show in a graph's colours already. */
function markOf(event: NodeEvent, { drops }: Model): string | undefined {
  switch (event.kind) {
    case 'drop': {
      const drop = drops.find(({ id }) => id === event.dropId);
      return drop === undefined ? 'caches dropped' : dropName(drop.request);
    }
    case 'drop-by-other':
    case 'drop-by-instance':
      return 'caches dropped';
    case 'kubelet-restarted':
      return 'kubelet restarted';
    default:
      return undefined;
  }
}

/** Where marks stand in a graph of so many columns, from left to right, one at most in each. */
export function markColumns(marks: readonly Mark[], span: TimeSpan, count: number): ReadonlyMap<number, Mark> {
  const found = new Map<number, Mark>();
  for (const mark of marks) {
    const column = columnAt(mark.monotonicSeconds, span, count);
    if (column !== undefined) found.set(column, mark);
  }
  return found;
}
