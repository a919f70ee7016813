import type { ChildProcess } from 'node:child_process';
import type { EpochMs } from '../../../core/clock.ts';
import { systemErrorSentence } from '../../../core/errno.ts';
import { missing } from '../../../core/missing.ts';
import type { DropNote, DropRequest } from '../../../core/note.ts';
import type { HostOrigin } from '../../../host/host.ts';
import { systemClock } from '../../../host/live-host.ts';
import { startOwnProcess } from '../own-process.ts';
import { DROP_ARGUMENT, type DropMessage, type DropOrder } from './protocol.ts';

const NOT_OVER = missing('warming-up', 'the write is not over');

/** What whoever starts a drop is told of it. */
export interface DropEvents {
  /** Every step of it. */
  onNote(note: DropNote): void;
  /** It stands in the notes that all instances read; the id is that of its steps. */
  onNoted(id: string, atEpochMs: EpochMs): void;
  /** It does not: a sentence. */
  onNotNoted(why: string): void;
}

/** Starts a drop in a child of its own and tells every step. Nothing here waits for it. */
export function startDrop(origin: HostOrigin, request: DropRequest, events: DropEvents): void {
  const id = `${systemClock.now()}`;
  const note = (phase: DropNote['phase'], rest: Partial<DropNote> = {}) =>
    events.onNote({
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
  const child = started(failed);
  if (child === undefined) return;
  child.on('error', (error) => failed(systemErrorSentence(error) ?? error.message));
  child.on('exit', (code, signal) => failed(`the child that writes ended: ${signal ?? `code ${code}`}`));
  child.on('message', (message: DropMessage) => {
    if (message.kind === 'synced') note('dropping');
    else if (message.kind === 'noted') events.onNoted(id, message.atEpochMs);
    else if (message.kind === 'not-noted') events.onNotNoted(message.why);
    else if (message.kind === 'failed') failed(message.message);
    else {
      over = true;
      note('done', { writeSeconds: message.writeSeconds });
    }
  });
  const order: DropOrder = { origin, request };
  // One that could not be started has no channel; why, it says with its error.
  if (child.connected) child.send(order);
}

/** The child that writes; a machine without descriptors or processes left has none. */
function started(failed: (message: string) => void): ChildProcess | undefined {
  try {
    return startOwnProcess(DROP_ARGUMENT, 'ignore');
  } catch (error) {
    const why = systemErrorSentence(error);
    if (why === undefined) throw error;
    failed(`the child that writes cannot be started: ${why}`);
    return undefined;
  }
}
