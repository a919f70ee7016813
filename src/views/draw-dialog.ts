import type { StyledLine } from '../format/styled.ts';
import { drawCommand } from './draw-command.ts';
import { drawDropAsk, drawDropRefused, drawDropWatch } from './draw-drop.ts';
import { drawGoTo } from './draw-go-to.ts';
import { drawHelp } from './draw-help.ts';
import { drawTraceAsk, drawTraceRefused, drawTraceWatch } from './draw-trace.ts';
import { type DialogContent, type Overlaid, overlay } from './overlay.ts';
import type { Dialog, State } from './state.ts';

/** The dialog that is open, over what is drawn. */
export function drawDialog(state: State, dialog: Dialog, under: readonly StyledLine[]): Overlaid {
  if (dialog.kind === 'command') return drawCommand(dialog, state.size);
  return overlay(under, state.size, contentOf(state, dialog));
}

function contentOf(state: State, dialog: Exclude<Dialog, { kind: 'command' }>): DialogContent {
  switch (dialog.kind) {
    case 'go-to':
      return drawGoTo(state, dialog);
    case 'help':
      return drawHelp(state, dialog.top);
    case 'trace-ask':
      return drawTraceAsk(state, dialog.focus);
    case 'trace-refused':
      return drawTraceRefused(dialog.reason);
    case 'trace-watch':
      return drawTraceWatch(state);
    case 'drop-ask':
      return drawDropAsk(state, dialog);
    case 'drop-refused':
      return drawDropRefused(dialog.reason);
    case 'drop-watch':
      return drawDropWatch(state, dialog);
  }
}
