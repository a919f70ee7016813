import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { CALLS, ERRNOS, FAIL_FILES, failingPlace } from '../support/failing-place.ts';
import { PROGRAM } from '../support/program.ts';
import { openPty } from '../support/pty.ts';

const SENTENCES: Partial<Record<(typeof ERRNOS)[number], string>> = {
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
};

const { path: folder, remove } = makeFolder(tmpdir(), 'failing');
afterAll(remove);

test('whatever file call fails, and with what: the screen goes on, answers keys, and exports when it can again', async () => {
  const { files, control } = failingPlace(folder);
  const log = join(files, 'log');
  const unfinished = () => readdirSync(files).filter((name) => name.startsWith('.slabtop'));
  const args = ['--host-root', captured('incident'), '-d', '0.2', '--log', log, '--record', join(files, 'recording')];
  const pty = openPty({
    command: process.execPath,
    args: ['--require', FAIL_FILES, PROGRAM, ...args],
    env: { FAIL_FILES: control },
    cwd: files,
  });
  try {
    await pty.waitFor('19,896 dying');
    for (const errno of ERRNOS) {
      for (const call of CALLS) {
        writeFileSync(control, JSON.stringify({ call, errno }));
        pty.type('e');
        pty.type('2');
        await pty.waitFor('kmalloc-192');
        pty.type('1');
        await pty.waitFor('SLOWEST READ');
        await sleep(30);
        expect([errno, call, pty.inAlternateScreen]).toEqual([errno, call, true]);
      }
      // Exports wait for each other and for the sampler process: the last of them may come much later.
      const words = SENTENCES[errno];
      if (words !== undefined) {
        writeFileSync(control, JSON.stringify({ call: 'openSync', errno }));
        pty.type('e');
        await pty.waitFor(() => readFileSync(log, 'utf8').includes(words));
      }
      rmSync(control);
    }
    await pty.waitFor('19,896 dying');
    const left = unfinished();
    for (const name of readdirSync(files)) if (/\.md$/.test(name)) rmSync(join(files, name));
    pty.type('e');
    await pty.waitFor(() => readdirSync(files).some((name) => name.endsWith('.md')));
    pty.type('q');
    expect(await pty.exited).toEqual({ code: 0, signal: 0 });
    const said = pty.bytes.toString();
    expect(said).not.toMatch(/\n\s+at /);
    // What could not be unlinked has stayed; what was written when it could be has not.
    expect(unfinished().filter((name) => !left.includes(name))).toEqual([]);
  } finally {
    pty.close();
  }
}, 300_000);
