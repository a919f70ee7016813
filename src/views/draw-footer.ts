import { printable } from '../core/printable.ts';
import { fitText, type Part, spread } from '../format/fit.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../format/severity.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { type Binding, commonKeys, shownKey } from './keymap.ts';
import { PANES, paneOf } from './panes.ts';
import type { Notice, State } from './state.ts';
import { shownTable } from './table-state.ts';

/** What stands before the text of a filter that is typed. */
export const FILTER_PROMPT = ' filter: ';

/** The last line: the panes and the most useful keys; the filter while it is typed, or what was just done. */
export function drawFooter(state: State): StyledLine {
  return footerLine({
    columns: state.size.columns,
    filter: shownTable(state).filter,
    typingFilter: state.typingFilter,
    notice: state.notice,
    panes: PANES.map(({ digit, title }) => ({ digit, title, here: digit === paneOf(state.pane).digit })),
    keys: [...paneOf(state.pane).keys, ...commonKeys(state)],
  });
}

/** What the last line of a screen of panes is made from. */
export interface Footer {
  readonly columns: number;
  readonly filter: string;
  readonly typingFilter: boolean;
  readonly notice: Notice | undefined;
  readonly panes: readonly { readonly digit: string; readonly title: string; readonly here: boolean }[];
  readonly keys: readonly Pick<Binding<string>, 'keys' | 'footer'>[];
  /** Where in its table somebody is: `1/25`. */
  readonly place?: string;
}

/** The last line of any screen of panes. */
export function footerLine({ columns, filter, typingFilter, notice, panes, keys, place }: Footer): StyledLine {
  if (typingFilter) {
    const hint: Part = { rank: 1, runs: [run('Enter keeps it  Esc clears it ', { ink: 'dim' })] };
    const typed: Part = { rank: 0, runs: [run(FILTER_PROMPT, { bold: true }), run(printable(filter))] };
    return spread([typed], [hint], columns);
  }
  if (notice !== undefined) {
    const { text, severity } = notice;
    const word = severity === 'warning' || severity === 'critical' ? `${SEVERITY_WORD[severity]}: ` : '';
    return [run(fitText(` ${word}${printable(text)}`, columns, 'left'), SEVERITY_STYLE[severity])];
  }
  const names: Part[] = panes.map(({ digit, title, here }, index) => {
    const name = run(title, here ? { inverse: true } : {});
    return { rank: here ? 0 : 3 + index, runs: [run(digit, { ink: 'cyan', bold: true }), run(' '), name] };
  });
  const filtered: Part[] =
    filter === '' ? [] : [{ rank: 0, runs: [run(`filter: ${printable(filter)} (Esc clears)`, { ink: 'yellow' })] }];
  const useful: Part[] = keys.flatMap(({ keys: [first], footer }, index) => {
    if (first === undefined || footer === undefined) return [];
    const rank = RANK[footer] ?? 30 + index;
    return [{ rank, runs: [run(shownKey(first), { ink: 'cyan', bold: true }), run(` ${footer}`)] }];
  });
  const where: Part[] = place === undefined ? [] : [{ rank: 2, runs: [run(place, { ink: 'dim' })] }];
  return spread(names, [...filtered, ...useful, ...where], columns, columns < ROOMY_COLUMNS ? 1 : 2);
}

/** With fewer columns than this the panes and keys stand closer together. */
const ROOMY_COLUMNS = 100;

/** Keys whose place in a narrow footer is earned before others'. */
const RANK: Readonly<Record<string, number>> = { help: 1, quit: 2, 'drop caches': 20, export: 21 };
