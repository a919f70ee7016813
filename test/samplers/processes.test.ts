import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { openHost } from '../../src/host/open-host.ts';
import { processesSampler } from '../../src/samplers/processes.ts';
import { makeFolder } from '../support/cleanup.ts';

const folder = makeFolder(tmpdir(), 'processes');
afterAll(folder.remove);

/** Column 14 and 15 of proc(5) are user and system time in ticks. */
function process(pid: number, comm: string, ticks: number): void {
  const proc = join(folder.path, 'proc', String(pid));
  mkdirSync(proc, { recursive: true });
  writeFileSync(
    join(proc, 'stat'),
    `${pid} (${comm}) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 3 0 77 0 0${' 0'.repeat(29)}\n`,
  );
}

process(10, 'busy', 500);
process(11, 'kubelet', 0);
process(12, 'idle', 0);

function pids(args: { keep: string[]; keepPid?: number }): number[] {
  const { busy } = processesSampler.sample(openHost(folder.path), args);
  return isMissing(busy) ? [] : busy.map(({ pid }) => pid).sort();
}

test('an idle process is listed only where its name or its pid was asked for', () => {
  expect(pids({ keep: [] })).toEqual([10]);
  expect(pids({ keep: ['kubelet'] })).toEqual([10, 11]);
  expect(pids({ keep: ['kubelet'], keepPid: 12 })).toEqual([10, 11, 12]);
});
