import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { atExit } from '../support/cleanup.ts';
import { PROGRAM, runProgram } from '../support/program.ts';
import { settle } from '../support/real-kernel.ts';

/** Starts the child that asks what the machine is made of, as the screen does, with these programs to be found. */
function startChild(path: string) {
  const child = spawn(process.execPath, [PROGRAM, '__identity'], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    detached: true,
    serialization: 'advanced',
    env: { PATH: path },
  });
  onTestFinished(atExit(() => child.kill('SIGKILL')));
  return child;
}

test('it answers in a line, waits until it is left, and ends with all that it started', async () => {
  const child = startChild('/usr/sbin:/usr/bin:/sbin:/bin');
  const [message] = await once(child, 'message');
  expect(message).toEqual({ machine: expect.stringMatching(/^[^\p{Cc}]+$/u) });
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
  expect(await settle(() => groupOf(child.pid), { until: (pids) => pids.length === 0, timeoutSeconds: 5 })).toEqual([]);
});

test('one whose screen is gone before it has its answer ends too', async () => {
  const child = startChild('/usr/sbin:/usr/bin:/sbin:/bin');
  await settle(() => groupOf(child.pid), { until: (pids) => pids.length > 1, timeoutSeconds: 60 });
  child.disconnect();
  expect(await settle(() => groupOf(child.pid), { until: (pids) => pids.length === 0, timeoutSeconds: 5 })).toEqual([]);
});

test('without a screen it asks nothing', async () => {
  expect(await runProgram(['__identity'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

/** The processes of a group that run. */
function groupOf(leader: number | undefined): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state !== 'Z' && Number(group) === leader;
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}
