import { expect, test } from 'vitest';
import { incident } from '../support/play/incident.ts';
import { played, watch } from '../support/play/watch.ts';

/* A drop is proved, or it is not claimed: on a node that frees late, or not at all. */

const LATE = { dying: 6400, dyingPerHour: 0, rootSeconds: 1, plateauSeconds: 12, collapseSeconds: 40 };

test('letters go to the confirmation wherever the focus is, and leaving says that nothing was dropped', async () => {
  const host = played(incident(LATE));
  const pty = watch(host);
  await pty.waitFor('root 1.00 s');
  pty.type('D');
  await pty.waitFor('Type drop to confirm');
  pty.type('dro');
  await pty.waitFor(/Type drop to confirm.*dro/);
  pty.type('\x1b');
  await pty.waitFor(/nothing was dropped/i);
  expect(host.drops).toEqual([]);
});
