import { say } from '../diagnosis/prose/say.ts';
import { fitText, type Part, spread } from '../format/fit.ts';
import { printable } from '../format/printable.ts';
import { PRINTER } from '../format/printer.ts';
import { duration } from '../format/quantity.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../format/severity.ts';
import { type Run, run, type StyledLine } from '../format/styled.ts';
import { type Verdict, verdictOf } from '../format/verdict-sentence.ts';
import { rootReadInFlightSeconds } from './in-flight.ts';
import { paneByDigit } from './panes.ts';
import { type State, shownModel } from './state.ts';

/**
 * The verdict: the diagnosis in a sentence, or what counts and reads say by themselves while the rules have not spoken;
 * unknown while nobody reads the kernel.
 */
export function verdict(state: State): Verdict | undefined {
  const said = verdictOfNumbers(state);
  const { samplerSilentSeconds: silentSeconds, paused, replay } = state;
  if (said === undefined || silentSeconds === undefined || paused !== undefined || replay !== undefined) return said;
  const before = `${SEVERITY_WORD[said.severity]} ${said.sentence}`;
  return { severity: 'unknown', sentence: `nothing has been read for ${duration(silentSeconds)}; before: ${before}` };
}

function verdictOfNumbers(state: State): Verdict | undefined {
  const { diagnosis } = state;
  if (state.paused === undefined && diagnosis !== undefined) {
    return { severity: diagnosis.overall, sentence: say(diagnosis.headline, PRINTER) };
  }
  const model = shownModel(state);
  return model === undefined ? undefined : verdictOf(model, rootReadInFlightSeconds(state));
}

/** The second line: a badge and one sentence, and where to read on. */
export function drawVerdict(state: State): StyledLine {
  const said = verdict(state);
  if (said === undefined) return [];
  const badge = badgeOf(said);
  const advice: Part[] = [];
  const pane = paneByDigit('6');
  if ((said.severity === 'critical' || said.severity === 'warning') && pane !== undefined && state.pane !== pane.id) {
    advice.push({ rank: 1, runs: [run('6', { ink: 'cyan', bold: true }), run(' what to do now ', { ink: 'cyan' })] });
  }
  const room = state.size.columns - badge.text.length - 1;
  const sentence = printable(said.sentence);
  const fitted = sentence.length > room ? fitText(sentence, room, 'left') : sentence;
  const style = { ...SEVERITY_STYLE[said.severity], bold: said.severity === 'critical' };
  return spread([{ rank: 0, runs: [badge, run(' '), run(fitted, style)] }], advice, state.size.columns);
}

/** The severity as a word on its colour. */
export function badgeOf({ severity }: Verdict): Run {
  const bold = severity === 'critical' || severity === 'warning';
  return run(` ${SEVERITY_WORD[severity]} `, { ...SEVERITY_STYLE[severity], inverse: true, bold });
}
