import { printable } from '../core/printable.ts';
import type { Severity } from '../core/severity.ts';
import { say, sayShort } from '../diagnosis/prose/say.ts';
import { ageBehindVerdict } from '../format/age.ts';
import { fitText, type Part, spread } from '../format/fit.ts';
import { PRINTER } from '../format/printer.ts';
import { duration } from '../format/quantity.ts';
import { SEVERITY_STYLE, SEVERITY_WORD } from '../format/severity.ts';
import { type Run, run, type StyledLine } from '../format/styled.ts';
import { paneByDigit } from './panes.ts';
import { type State, shownDiagnosis, shownModel } from './state.ts';

/** One sentence about the node, and how bad it is. */
interface Verdict {
  readonly severity: Severity;
  readonly sentence: string;
  /** The same in fewer words. */
  readonly short: string;
}

/** The verdict: the diagnosis of what is shown in a sentence; unknown while nobody reads the kernel. */
export function verdict(state: State): Verdict | undefined {
  const diagnosis = shownDiagnosis(state);
  const model = shownModel(state);
  if (diagnosis === undefined || model === undefined) return undefined;
  const sentence = `${say(diagnosis.headline, PRINTER)}${ageBehindVerdict(model)}`;
  const said = { severity: diagnosis.overall, sentence, short: sayShort(diagnosis.headline, PRINTER) };
  const { samplerSilentSeconds: silentSeconds, paused, replay } = state;
  if (silentSeconds === undefined || paused !== undefined || replay !== undefined) return said;
  const silent = (before: string) =>
    `no sample for ${duration(silentSeconds)}; before: ${SEVERITY_WORD[said.severity]} ${before}`;
  return { severity: 'unknown', sentence: silent(said.sentence), short: silent(said.short) };
}

/** The second line: a badge and one sentence, and where to read on. */
export function drawVerdict(state: State): StyledLine {
  const said = verdict(state);
  if (said === undefined) return [];
  const { severity } = said;
  const badge = badgeOf(severity);
  const advice: Part[] = [];
  const pane = paneByDigit('6');
  if ((severity === 'critical' || severity === 'warning') && pane !== undefined && state.pane !== pane.id) {
    advice.push({ rank: 1, runs: [run('6', { ink: 'cyan', bold: true }), run(' what to do now ', { ink: 'cyan' })] });
  }
  const room = state.size.columns - badge.text.length - 1;
  const sentence = printable(said.sentence.length > room ? said.short : said.sentence);
  const fitted = sentence.length > room ? fitText(sentence, room, 'left') : sentence;
  const style = { ...SEVERITY_STYLE[severity], bold: severity === 'critical' };
  return spread([{ rank: 0, runs: [badge, run(' '), run(fitted, style)] }], advice, state.size.columns);
}

/** The severity as a word on its colour. */
export function badgeOf(severity: Severity): Run {
  const bold = severity === 'critical' || severity === 'warning';
  return run(` ${SEVERITY_WORD[severity]} `, { ...SEVERITY_STYLE[severity], inverse: true, bold });
}
