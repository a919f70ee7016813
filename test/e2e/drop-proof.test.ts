import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dropWithTheDialog, LATE } from '../support/play/drop.ts';
import { incident } from '../support/play/incident.ts';
import { exported, exportFolder, played, watch } from '../support/play/watch.ts';

/* A drop is proved, or it is not claimed: on a node that frees late, or not at all. */

test('a plateau after the write is not taken for the outcome', async () => {
  const { folder, env } = exportFolder();
  const host = played(incident(LATE));
  const pty = watch(host, [], env);
  await pty.waitFor(/live \+ 6,400 dying/);
  await pty.waitFor('root 1.00 s');
  await dropWithTheDialog(pty);
  // Reads of before do not lead the table as if they were of now.
  await pty.waitFor(/before the drop/);
  await pty.waitFor(() => host.seconds() - (host.drops[0]?.atSeconds ?? host.seconds()) > 25);
  const [onPlateau] = (await exported(pty, folder)).drops;
  expect(onPlateau.after.dying ?? onPlateau.after).toMatchObject({ unavailable: expect.any(String) });
  await pty.waitFor(/live \+ 188 dying/);
  await pty.waitFor(() => host.seconds() - (host.drops[0]?.atSeconds ?? 0) > 75);
  const { drops, findings, overall } = await exported(pty, folder);
  expect(drops[0].after.dying).toBeLessThan(200);
  expect(drops[0].after.rootReadSeconds).toBeLessThan(0.2);
  expect(drops[0].after.kubeletSystemPct).toBeLessThan(40);
  const inKernel = findings.find(({ id }: { id: string }) => id === 'kubelet-in-kernel');
  expect(inKernel).toMatchObject({ severity: 'ok' });
  expect(overall).toBe('ok');
  pty.type('7');
  await pty.waitFor(/6,400.*188|188.*6,400/);
});

test('a drop that cannot be noted says so, and touches no file of anybody else', async () => {
  const host = played(incident(LATE));
  const notes = join(host.root, 'slabtop-k8s.drops');
  writeFileSync(notes, 'precious');
  const pty = watch(host);
  await pty.waitFor('root 1.00 s');
  await dropWithTheDialog(pty);
  await pty.waitFor('this drop is not noted');
  expect(readFileSync(notes, 'utf8')).toBe('precious');
});

test('letters go to the confirmation wherever the focus is, and leaving says that nothing was dropped', async () => {
  const host = played(incident(LATE));
  const pty = watch(host);
  await pty.waitFor('root 1.00 s');
  pty.type('D');
  await pty.waitFor('Type drop to confirm');
  pty.type('dro');
  await pty.waitFor(/Type drop to confirm.*dro/);
  pty.type('\x1b');
  await pty.waitFor(/cancelled, nothing dropped/);
  expect(host.drops).toEqual([]);
});
