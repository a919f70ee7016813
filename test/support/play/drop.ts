import type { Pty } from '../pty.ts';

/** A node that frees only a while after the write of a drop has come back. */
export const LATE = { dying: 6400, dyingPerHour: 0, rootSeconds: 1, plateauSeconds: 12, collapseSeconds: 40 };

/** Drops with the dialog's own choice. */
export async function dropWithTheDialog(pty: Pty): Promise<void> {
  pty.type('D');
  await pty.waitFor('Type drop to confirm');
  // From Cancel back to the word.
  pty.type('\x1b[Z');
  pty.type('drop\r\r');
  await pty.waitFor(/the write took/);
  pty.type('\x1b');
}
