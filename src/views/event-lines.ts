import { clockTime } from '../format/clock-time.ts';
import { type EventSentence, eventSentence } from '../format/event-sentence.ts';
import { fitText } from '../format/fit.ts';
import { SEVERITY_STYLE } from '../format/severity.ts';
import { run, type Style, type StyledLine } from '../format/styled.ts';
import type { Model } from '../model/model.ts';

/** Events as lines, oldest first, of at most that many columns. */
export function eventLines(model: Model, events: Model['events'], columns: number): StyledLine[] {
  return events.map((event) => {
    const { severity, text } = eventSentence(event, model.drops);
    const time = ` ${clockTime(event.at)}  `;
    const room = Math.max(0, columns - time.length);
    const fitted = text.length > room ? fitText(text, room, 'left') : text;
    return [run(time, { ink: 'dim' }), run(fitted, styleOf(severity))];
  });
}

function styleOf(severity: EventSentence['severity']): Style {
  return severity === 'info' ? {} : SEVERITY_STYLE[severity];
}
