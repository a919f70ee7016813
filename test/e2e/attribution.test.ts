import { expect, test } from 'vitest';
import { healthy, incident } from '../support/play/incident.ts';
import type { OpenMemoryFile } from '../support/play/scene.ts';
import { exported, exportFolder, played, watch } from '../support/play/watch.ts';

/* What explains kubelet's CPU, on a node where it is known: it spends nine tenths of its time in reads. */

test('ancestors that were not read are not taken for zero: the sum is at least so much, until all are read', async () => {
  const pty = watch(played(incident({ rootSeconds: 3 })));
  await pty.waitFor(/explains at least \d/);
  await pty.waitFor(/explains (?:at least )?[6-9]\d\.\d % of kubelet/, 90_000);
});

test('a kubelet that sits in a read is seen there, while no read of ours has come back', async () => {
  const { folder, env } = exportFolder();
  const pty = watch(played(incident({ rootSeconds: 120 })), [], env);
  await pty.waitFor(/\b1\d\.\d s so far/);
  const { kubelet, findings } = await exported(pty, folder);
  const held = kubelet.heldFiles.find(({ file }: { file: string }) => file.endsWith('memory.stat'));
  expect(held.readingPct).toBeGreaterThan(80);
  const attribution = findings.find(({ id }: { id: string }) => id === 'kubelet-attribution');
  expect(attribution).toMatchObject({ severity: expect.stringMatching(/warning|critical/) });
});

test('a file that kubelet forgot to close is not one that it reads', async () => {
  const { folder, env } = exportFolder();
  const open: OpenMemoryFile[] = [{ path: '/', file: 'memory.numa_stat', position: 4096 }];
  const kubelet = { pid: 1342, userPct: 10, systemPct: 120, open };
  const pty = watch(played(healthy({ kubelet })), [], env);
  pty.type('4');
  await pty.waitFor('memory.numa_stat');
  const document = await exported(pty, folder);
  const [held] = document.kubelet.heldFiles;
  expect(held).toMatchObject({ openPct: 100, readingPct: 0 });
});

test('what is explained and what is no longer do not take turns', async () => {
  const pty = watch(played(incident({ rootSeconds: 4, restSeconds: 4 })));
  await pty.waitFor(/explains/);
  pty.type('7');
  // Four rounds of kubelet, of which every one has a rest in which it computes nothing.
  await new Promise((settle) => setTimeout(settle, 60_000));
  const screen = pty.screen().join('\n');
  expect(screen).toContain('explain');
  expect(screen).not.toContain('over: what explains');
});
