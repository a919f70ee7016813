import { printable } from '../core/printable.ts';
import { fitText, type Part, spread } from '../format/fit.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../format/severity.ts';
import { run, type StyledLine } from '../format/styled.ts';
import { commonKeys, shownKey } from './keymap.ts';
import { PANES, paneOf } from './panes.ts';
import { type State, shownTable } from './state.ts';

/** What stands before the text of a filter that is typed. */
export const FILTER_PROMPT = ' filter: ';

/** The last line: the panes and the most useful keys; the filter while it is typed, or what was just done. */
export function drawFooter(state: State): StyledLine {
  const { filter } = shownTable(state);
  if (state.typingFilter) {
    const hint: Part = { rank: 1, runs: [run('Enter keeps it  Esc clears it ', { ink: 'dim' })] };
    return spread(
      [{ rank: 0, runs: [run(FILTER_PROMPT, { bold: true }), run(printable(filter))] }],
      [hint],
      state.size.columns,
    );
  }
  if (state.notice !== undefined) {
    const { text, severity } = state.notice;
    const word = severity === 'warning' || severity === 'critical' ? `${SEVERITY_WORD[severity]}: ` : '';
    return [run(fitText(` ${word}${printable(text)}`, state.size.columns, 'left'), SEVERITY_STYLE[severity])];
  }
  const panes: Part[] = PANES.map(({ digit, title }, index) => {
    const here = digit === paneOf(state.pane).digit;
    const name = run(title, here ? { inverse: true } : {});
    return { rank: here ? 0 : 3 + index, runs: [run(digit, { ink: 'cyan', bold: true }), run(' '), name] };
  });
  const filtered: Part[] =
    filter === '' ? [] : [{ rank: 0, runs: [run(`filter: ${printable(filter)} (Esc clears)`, { ink: 'yellow' })] }];
  const keys: Part[] = [...paneOf(state.pane).keys, ...commonKeys(state)].flatMap(
    ({ keys: [first], footer }, index) => {
      if (first === undefined || footer === undefined) return [];
      const rank = RANK[footer] ?? 30 + index;
      return [{ rank, runs: [run(shownKey(first), { ink: 'cyan', bold: true }), run(` ${footer}`)] }];
    },
  );
  const gap = state.size.columns < ROOMY_COLUMNS ? 1 : 2;
  return spread(panes, [...filtered, ...keys], state.size.columns, gap);
}

/** With fewer columns than this the panes and keys stand closer together. */
const ROOMY_COLUMNS = 100;

/** Keys whose place in a narrow footer is earned before others'. */
const RANK: Readonly<Record<string, number>> = { help: 1, quit: 2, 'drop caches': 20, export: 21 };
