import { readdirSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { isMissing, missing } from '../../src/core/missing.ts';
import { openHost } from '../../src/host/open-host.ts';
import { SyscallLooks } from '../../src/model/syscall-looks.ts';
import { runJob } from '../../src/samplers/run-job.ts';
import { startBusyProcess } from '../support/busy-process.ts';

const noRoot = process.getuid?.() === 0 ? undefined : 'only root sees the system calls of other processes';
if (noRoot !== undefined) console.warn(`skipped: ${noRoot}`);

test.skipIf(noRoot !== undefined)('what the threads of a real process sleep in', async () => {
  const busy = await startBusyProcess();
  onTestFinished(() => busy.end());
  const host = openHost('/');
  const looks = new SyscallLooks();
  for (let run = 0; run < 20; run += 1) {
    const tids = readdirSync(`/proc/${busy.pid}/task`).map(Number);
    const taken = runJob(host, { topic: 'syscalls', args: { pid: busy.pid, tids } }, () => missing('disabled'));
    if (taken.topic !== 'syscalls') throw new Error(taken.topic);
    looks.take({ before: undefined, now: taken }, { before: undefined, now: undefined });
    await busy.working();
  }
  const rows = looks.rows(busy.pid);
  if (isMissing(rows)) throw new Error(rows.detail);
  const names = rows.map((row) => row.name);
  // libuv's pool and V8's workers wait on futexes, every loop in epoll.
  expect(names).toContain('futex');
  expect(names.some((name) => name.startsWith('epoll_'))).toBe(true);
  expect(rows.find((row) => row.name === 'futex')?.wchans[0]?.name).toMatch(/futex/);
  expect(rows.reduce((sum, row) => sum + row.looksPct, 0)).toBeCloseTo(100);
});
