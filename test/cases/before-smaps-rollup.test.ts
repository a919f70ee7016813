import { expect, test } from 'vitest';
import { draw } from '../../src/views/draw.ts';
import { hostOfFiles } from '../support/host-of-files.ts';
import { observeHost } from '../support/observe.ts';
import { frameText, screenOf } from '../support/screen-state.ts';

const stat = (pid: number, rssPages: number) =>
  `${pid} (node) S 1 1 1 0 -1 0 0 0 0 0 10 5 0 0 20 0 4 0 100 900000000 ${rssPages} ${'0 '.repeat(27)}0\n`;

const PROCESSES = [
  { role: 'screen', pid: 21 },
  { role: 'sampler', pid: 22 },
] as const;

/** 4.4: `/proc/PID/smaps_rollup` came with 4.14. */
const OLD = {
  '/proc/version': 'Linux version 4.4.155 (builder@host) (gcc) #1 SMP\n',
  '/proc/meminfo': 'MemTotal: 65536000 kB\nSReclaimable: 400000 kB\n',
  '/proc/vmstat': 'nr_slab_reclaimable 100000\n',
  '/proc/21/stat': stat(21, 12_800),
  '/proc/22/stat': stat(22, 7_680),
};

test('before 4.14 the tool tells its RSS, that PSS is missing and why', () => {
  const observed = observeHost(hostOfFiles(OLD), 2, { ownProcesses: PROCESSES });
  expect(observed.model.self).toMatchObject({
    rssBytes: 80 * 1024 * 1024,
    pssBytes: { unavailable: 'unsupported', detail: expect.stringContaining('4.14') },
  });
  expect(
    frameText(
      draw(
        screenOf({ model: observed.model, history: observed.observer.history }, { size: { columns: 160, rows: 45 } }),
      ),
    ),
  ).toContain('80.0 MiB RSS');
});

test('with smaps_rollup it is PSS', () => {
  const rollup = (kibibytes: number) =>
    `00400000-7ffe ---p 00000000 00:00 0 [rollup]\nRss: 90000 kB\nPss: ${kibibytes} kB\n`;
  const files = { ...OLD, '/proc/21/smaps_rollup': rollup(30_720), '/proc/22/smaps_rollup': rollup(20_480) };
  const observed = observeHost(hostOfFiles(files), 2, { ownProcesses: PROCESSES });
  expect(observed.model.self.pssBytes).toBe(50 * 1024 * 1024);
});
