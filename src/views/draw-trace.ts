import { printable } from '../core/printable.ts';
import { bytes } from '../format/quantity.ts';
import { run, type Style, type StyledLine } from '../format/styled.ts';
import { TRACE_COSTS } from '../format/trace-sentences.ts';
import { valueText } from '../format/value.ts';
import { wrapText } from '../format/wrap.ts';
import type { DialogContent } from './overlay.ts';
import { progressBar } from './progress-bar.ts';
import type { State } from './state.ts';
import { TRACE_SECONDS } from './trace-dialog.ts';

const COLUMNS = 84;

const TITLE = 'System calls of kubelet';

/** Asks, and says what it costs. The focus begins on Cancel. */
export function drawTraceAsk(state: State, focus: 'cancel' | 'trace'): DialogContent {
  const columns = Math.min(COLUMNS, state.size.columns);
  const focused = (which: 'cancel' | 'trace'): Style => (focus === which ? { inverse: true, bold: true } : {});
  const node = state.model === undefined ? 'this node' : valueText(state.model.host.name, printable);
  const lines: StyledLine[] = [
    [run(`strace of kubelet on ${node}: ${TRACE_SECONDS} s of counting, then 2 s of every call`, { bold: true })],
    [],
    ...TRACE_COSTS.flatMap((cost) =>
      wrapText(cost, columns - 6).map(
        (line, index): StyledLine => [run(index === 0 ? '- ' : '  ', { ink: 'dim' }), run(line)],
      ),
    ),
    [],
  ];
  const buttons: StyledLine = [
    run('  [ Cancel ]  ', focused('cancel')),
    run('   '),
    run('  [ Trace ]  ', focused('trace')),
  ];
  // In a low terminal the sentences give way, never the buttons.
  const room = Math.max(0, state.size.rows - 2 - 1);
  return { title: TITLE, lines: [...lines.slice(0, room), buttons], keys: 'Tab moves   Esc cancels', columns };
}

/** Says why nothing can be traced here. */
export function drawTraceRefused(reason: string): DialogContent {
  const lines: StyledLine[] = [
    [run('kubelet cannot be traced here:', { bold: true })],
    [],
    ...wrapText(printable(reason), 60).map((line): StyledLine => [run(line, { ink: 'yellow' })]),
  ];
  return { title: TITLE, lines, keys: 'Esc closes', columns: 66 };
}

/** How far strace is; afterwards why it has no result. */
export function drawTraceWatch({ trace, size }: State): DialogContent {
  const columns = Math.min(COLUMNS, size.columns);
  const { running, failed } = trace;
  if (running === undefined) {
    const said = wrapText(printable(failed ?? 'strace is done'), columns - 4);
    return { title: TITLE, lines: said.map((line) => [run(line, { ink: 'yellow' })]), keys: 'Esc closes', columns };
  }
  const { progress, ending, pid } = running;
  const doing = progress?.phase === 'trace' ? 'every call is written down' : 'calls are counted';
  const written = progress === undefined ? '' : `, ${bytes(progress.bytes)}`;
  const lines: StyledLine[] = [
    [run(ending ? 'ending; kubelet is let go of' : `process ${pid}: ${doing}${written}`, { bold: true })],
    [],
    progressBar(progress, columns - 4),
  ];
  return { title: TITLE, lines, keys: 'Esc cancels   Enter hides   q quits', columns };
}
