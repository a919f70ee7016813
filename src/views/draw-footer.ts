import { printable } from '../core/printable.ts';
import type { Severity } from '../core/severity.ts';
import { fitText, type Part, spread } from '../format/fit.ts';
import { count } from '../format/quantity.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../format/severity.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { type Binding, commonKeys, shownKey } from './keymap.ts';
import { PANES, paneOf } from './panes.ts';
import { shownOf } from './shown.ts';
import { type Notice, type State, shownDiagnosis } from './state.ts';
import { shownTable } from './table-state.ts';

/** What stands before the text of a filter that is typed. */
export const FILTER_PROMPT = ' filter: ';

/** The last line: the panes and the most useful keys; the filter while it is typed, or what was just done. */
export function drawFooter(state: State): StyledLine {
  const isSick = sick(shownDiagnosis(state)?.overall);
  return footerLine({
    columns: state.size.columns,
    filter: shownTable(state).filter,
    typingFilter: state.typingFilter,
    notice: state.notice,
    panes: PANES.map(({ id, digit, title }) => {
      return { digit, title, here: digit === paneOf(state.pane).digit, first: isSick && id === 'advice' };
    }),
    keys: [...paneOf(state.pane).keys, ...commonKeys(state)],
    first: isSick ? SICK_KEYS : new Set(),
    ...placeOf(state),
  });
}

/** What is wanted on a sick node before anything else, by the words in the footer. */
const SICK_KEYS: ReadonlySet<string> = new Set(['drop caches', 'export']);

function sick(severity: Severity | undefined): boolean {
  return severity === 'critical' || severity === 'warning';
}

/** Where in the pane's table the cursor is: that the list goes on is seen where its end is not. */
function placeOf(state: State): { place?: string } {
  const shown = shownOf(state);
  const { cursor, top } = shownTable(state);
  const rows = shown === undefined ? 0 : paneOf(state.pane).rowCount(shown);
  return rows === 0 ? {} : { place: `${count((cursor ?? top) + 1)}/${count(rows)}` };
}

/** What the last line of a screen of panes is made from. */
export interface Footer {
  readonly columns: number;
  readonly filter: string;
  readonly typingFilter: boolean;
  readonly notice: Notice | undefined;
  readonly panes: readonly {
    readonly digit: string;
    readonly title: string;
    readonly here: boolean;
    /** Keeps its place where others have none. */
    readonly first?: boolean;
  }[];
  readonly keys: readonly Pick<Binding<string>, 'keys' | 'footer'>[];
  /** The keys that come first now, by their word. */
  readonly first?: ReadonlySet<string>;
  /** Where in its table somebody is: `1/25`. */
  readonly place?: string;
}

/** The last line of any screen of panes; a column is left free on both sides. */
export function footerLine(footer: Footer): StyledLine {
  const { columns, filter, typingFilter, notice, panes, keys, first = new Set(), place } = footer;
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
  const roomy = columns >= ROOMY_COLUMNS;
  const names: Part[] = panes.map(({ digit, title, here, first: isFirst }, index) => {
    const name = run(title, here ? { inverse: true } : {});
    const rank = here ? 0 : isFirst ? 3 : 10 + index;
    return { rank, runs: [run(digit, { ink: 'cyan', bold: true }), run(' '), name] };
  });
  const filtered: Part[] =
    filter === '' ? [] : [{ rank: 0, runs: [run(`filter: ${printable(filter)} (Esc clears)`, { ink: 'yellow' })] }];
  const useful: Part[] = keys.flatMap(({ keys: [key], footer: word }, index) => {
    if (key === undefined || word === undefined) return [];
    const rank = first.has(word) ? 4 : (RANK[word] ?? 30 + index);
    // Where there is little room one word has to do.
    const said = roomy ? word : word.replace(/ .*/, '');
    return [{ rank, runs: [run(shownKey(key), { ink: 'cyan', bold: true }), run(` ${said}`)] }];
  });
  const urgent = useful.filter(({ rank }) => rank === 4);
  const others = useful.filter(({ rank }) => rank !== 4);
  const where: Part[] = place === undefined ? [] : [{ rank: 6, runs: [run(place, { ink: 'dim' })] }];
  const margin = run(' ');
  const line = spread(names, [...filtered, ...urgent, ...others, ...where], columns - 2, roomy ? 2 : 1);
  return [margin, ...line, margin];
}

/** With fewer columns than this the panes and keys stand closer together. */
const ROOMY_COLUMNS = 100;

/** Keys whose place in a narrow footer is earned before others', and before panes that digits reach all the same. */
const RANK: Readonly<Record<string, number>> = { help: 1, quit: 2, 'drop caches': 7, export: 8 };
