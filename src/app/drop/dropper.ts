import { missing } from '../../core/missing.ts';
import type { DropNote, DropRequest } from '../../core/note.ts';
import { systemClock } from '../../host/live-host.ts';
import { startOwnProcess } from '../own-process.ts';
import { DROP_ARGUMENT, type DropMessage, type DropOrder } from './protocol.ts';

const NOT_OVER = missing('warming-up', 'the write is not over');

/** Starts a drop in a child of its own and tells every step as a note. Nothing here waits for it. */
export function startDrop(root: string, request: DropRequest, onNote: (note: DropNote) => void): void {
  const id = `${systemClock.now()}`;
  const note = (phase: DropNote['phase'], rest: Partial<DropNote> = {}) =>
    onNote({
      kind: 'drop',
      id,
      at: systemClock.now(),
      request,
      phase,
      writeSeconds: NOT_OVER,
      rehearsal: false,
      ...rest,
    });
  let over = false;
  const failed = (message: string) => {
    if (over) return;
    over = true;
    note('failed', { error: message });
  };
  note(request.sync ? 'syncing' : 'dropping');
  const child = startOwnProcess(DROP_ARGUMENT, 'ignore');
  child.on('error', (error) => failed(error.message));
  child.on('exit', (code, signal) => failed(`the child that writes ended: ${signal ?? `code ${code}`}`));
  child.on('message', (message: DropMessage) => {
    if (message.kind === 'synced') note('dropping');
    else if (message.kind === 'failed') failed(message.message);
    else {
      over = true;
      note('done', { writeSeconds: message.writeSeconds });
    }
  });
  const order: DropOrder = { root, request };
  child.send(order);
}
