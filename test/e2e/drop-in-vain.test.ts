import { expect, test } from 'vitest';
import { dropWithTheDialog, LATE } from '../support/play/drop.ts';
import { incident } from '../support/play/incident.ts';
import { exported, exportFolder, played, watch } from '../support/play/watch.ts';

test('a drop that freed nothing teaches: it is not recommended again', async () => {
  const { folder, env } = exportFolder();
  const host = played(incident({ ...LATE, dyingAfter: 'all' }));
  const pty = watch(host, [], env);
  await pty.waitFor('root 1.00 s');
  await dropWithTheDialog(pty);
  await pty.waitFor(() => host.seconds() - (host.drops[0]?.atSeconds ?? host.seconds()) > 80);
  const { pins } = await exported(pty, folder);
  expect(pins.recommendedDrop).toMatchObject({ helps: false });
  expect(pins.by).not.toBe('slab');
  pty.type('q');
  await pty.exited;
  // The next instance knows it, too.
  const later = watch(host, [], env);
  await later.waitFor('root 1.00 s');
  await later.waitFor(/live \+ 6,400 dying/);
  const next = await exported(later, folder);
  expect(next.drops).toEqual([]);
  expect(next.node.ownDrops).toMatchObject([{ mode: 2, dyingAfter: 6400 }]);
  expect(next.pins.recommendedDrop).toMatchObject({ helps: false });
});
