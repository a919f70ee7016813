import { say } from '../diagnosis/prose/say.ts';
import { fitText, type Part, spread } from '../format/fit.ts';
import { printable } from '../format/printable.ts';
import { PRINTER } from '../format/printer.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../format/severity.ts';
import { type Run, run, type StyledLine } from '../format/styled.ts';
import { type Verdict, verdictOf } from '../format/verdict-sentence.ts';
import { rootReadInFlightSeconds } from './in-flight.ts';
import { paneByDigit } from './panes.ts';
import { type State, shownModel } from './state.ts';

/** The verdict: the diagnosis in a sentence, or what counts and reads say by themselves while the rules have not spoken. */
export function verdict(state: State): Verdict | undefined {
  const { diagnosis } = state;
  if (state.paused === undefined && diagnosis !== undefined) {
    return { severity: diagnosis.overall, sentence: say(diagnosis.headline, PRINTER) };
  }
  const model = shownModel(state);
  return model === undefined ? undefined : verdictOf(model, rootReadInFlightSeconds(state));
}

/** The second line: a badge and one sentence; where something was just done, that. */
export function drawVerdict(state: State): StyledLine {
  const { notice, size } = state;
  const said = notice === undefined ? verdict(state) : { severity: notice.severity, sentence: notice.text };
  if (said === undefined) return [];
  const style = { ...SEVERITY_STYLE[said.severity], bold: said.severity === 'critical' };
  const badge = notice === undefined ? [badgeOf(said), run(' ')] : [run(' ')];
  const advice: Part[] = [];
  const worth = notice === undefined && (said.severity === 'critical' || said.severity === 'warning');
  const pane = paneByDigit('6');
  if (worth && pane !== undefined && state.pane !== pane.id) {
    advice.push({ rank: 1, runs: [run('6', { ink: 'cyan', bold: true }), run(' what to do now ', { ink: 'cyan' })] });
  }
  const room = size.columns - badge.reduce((sum, each) => sum + each.text.length, 0);
  const sentence = printable(said.sentence);
  const fitted = sentence.length > room ? fitText(sentence, room, 'left') : sentence;
  return spread([{ rank: 0, runs: [...badge, run(fitted, style)] }], advice, size.columns);
}

/** The severity as a word on its colour. */
export function badgeOf({ severity }: Verdict): Run {
  const bold = severity === 'critical' || severity === 'warning';
  return run(` ${SEVERITY_WORD[severity]} `, { ...SEVERITY_STYLE[severity], inverse: true, bold });
}
