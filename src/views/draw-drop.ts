import { isMissing } from '../core/missing.ts';
import { printable } from '../core/printable.ts';
import { dropRows } from '../format/drop-table.ts';
import { dropName } from '../format/event-sentence.ts';
import { count, duration, seconds } from '../format/quantity.ts';
import { run, type Style, type StyledLine } from '../format/styled.ts';
import { valueText } from '../format/value.ts';
import { wrapText } from '../format/wrap.ts';
import type { Drop } from '../model/drop.ts';
import { CONFIRMING_WORD, dropAskColumns, dropAskPlace } from './drop-ask-lines.ts';
import type { DialogContent } from './overlay.ts';
import type { Dialog, DropFocus, State } from './state.ts';

const COLUMNS = 84;
const DIM: Style = { ink: 'dim' };

const paragraph = (text: string, columns: number, style: Style = {}): StyledLine[] =>
  wrapText(text, columns).map((line) => [run(line, style)]);

/** Asks: which mode, what it costs, and a word to type. The focus begins on Cancel. */
export function drawDropAsk(state: State, dialog: Extract<Dialog, { kind: 'drop-ask' }>): DialogContent {
  const { focus, word, top } = dialog;
  const columns = dropAskColumns(state);
  const focused = (which: DropFocus): Style => (focus === which ? { inverse: true, bold: true } : {});
  const { lines, most } = dropAskPlace(state, dialog);
  const question = `Type ${CONFIRMING_WORD} to confirm: `;
  const wordLine: StyledLine = [
    run(question),
    run(word.padEnd(2 * CONFIRMING_WORD.length), { ...focused('word'), underline: true }),
  ];
  const buttons: StyledLine = [
    run('  [ Cancel ]  ', focused('cancel')),
    run('   '),
    run('  [ Drop caches ]  ', focus === 'drop' ? focused('drop') : word === CONFIRMING_WORD ? { ink: 'red' } : DIM),
  ];
  const above = inSight(lines, Math.min(top, most), most);
  const cursor = { line: above.length, column: question.length + word.length };
  return {
    title: 'Drop caches',
    lines: [...above, wordLine, [], buttons],
    keys: most === 0 ? 'Tab moves   Esc cancels' : 'PgDn more   Tab moves   Esc cancels',
    columns,
    ...(focus === 'word' ? { cursor } : {}),
  };
}

/** In a low terminal the sentences are scrolled, and it is said how many are out of sight: no danger is left out unseen. */
function inSight(lines: readonly StyledLine[], top: number, most: number): StyledLine[] {
  if (most === 0) return [...lines];
  const shown = lines.slice(top, lines.length - most + top);
  const left = most - top;
  const more = left === 0 ? 'all read; PgUp goes back' : `PgDn: ${left} more lines of costs`;
  return [...shown, [run(more, { ink: 'yellow', bold: true })]];
}

/** Says why nothing can be dropped here. */
export function drawDropRefused(reason: string): DialogContent {
  const lines: StyledLine[] = [
    [run('Caches cannot be dropped here:', { bold: true })],
    [],
    ...paragraph(printable(reason), 60, { ink: 'yellow' }),
  ];
  return { title: 'Drop caches', lines, keys: 'Esc closes', columns: 66 };
}

/** The progress of a drop, and then the numbers before, after and a minute later. */
export function drawDropWatch(state: State, { id, note }: Extract<Dialog, { kind: 'drop-watch' }>): DialogContent {
  const drop = state.model?.drops.find((each) => each.id === id);
  const columns = Math.min(COLUMNS, state.size.columns);
  const error = note?.error ?? drop?.error;
  const lines: StyledLine[] = [[run(sentenceOf(state, drop, note?.phase ?? drop?.phase), { bold: true })], []];
  if (error !== undefined) lines.push(...paragraph(printable(error), columns - 4, { ink: 'red' }));
  if (drop !== undefined && drop.phase === 'done') lines.push(...proof(drop, state, columns));
  else if (error === undefined) {
    lines.push(
      ...paragraph(
        'The kernel does this in one go, maybe for many seconds. All panes go on meanwhile.',
        columns - 4,
        DIM,
      ),
    );
  }
  return { title: 'Drop caches', lines, keys: 'Esc closes, the drop goes on   q quits', columns };
}

function sentenceOf(state: State, drop: Drop | undefined, phase: Drop['phase'] | undefined): string {
  switch (phase) {
    case undefined:
      return 'asked for; not begun yet';
    case 'syncing':
      return `writing dirty pages (sync)${running(state, drop)}`;
    case 'dropping':
      return `dropping caches${running(state, drop)}`;
    case 'failed':
      return 'failed: nothing was dropped';
    case 'done': {
      if (drop === undefined) return 'done; the counts are still moving';
      const rehearsal = drop.rehearsal || state.dropping.kind === 'rehearsal';
      const took = `${rehearsal ? 'rehearsal of ' : ''}${dropName(drop.request)}: the write took ${valueText(drop.writeSeconds, seconds)}`;
      return isMissing(drop.after) ? `${took}; the counts are still moving` : took;
    }
  }
}

function running({ model, sinceModelSeconds }: State, drop: Drop | undefined): string {
  if (model === undefined || drop === undefined) return ' ...';
  const so = model.instant.monotonicSeconds - drop.startedMonotonicSeconds + sinceModelSeconds;
  return `: ${duration(so)} so far`;
}

const HOW_IT_IS_FOLLOWED =
  'Cgroups go seconds after the write. AFTER waits until few are dying, or the count is still for a minute (at most five). Each number is measured after its moment.';

function proof(drop: Drop, state: State, columns: number): StyledLine[] {
  const row = (title: string, texts: readonly string[], style: Style): StyledLine => [
    run(title.padEnd(24), DIM),
    ...texts.map((text) => run(text.padStart(16), style)),
  ];
  return [
    row('', ['BEFORE', 'AFTER', 'A MINUTE LATER'], { bold: true }),
    ...dropRows(drop).map(({ title, before, after, minuteAfter }) => row(title, [before, after, minuteAfter], {})),
    [],
    ...(isMissing(drop.after) ? following(state) : []),
    ...paragraph(HOW_IT_IS_FOLLOWED, columns - 4, DIM),
  ];
}

/** The count that is waited for, as it stands. */
function following({ model }: State): StyledLine[] {
  if (model === undefined) return [];
  return [[run('dying now '), run(valueText(model.memcg.dying, count), { bold: true })]];
}
