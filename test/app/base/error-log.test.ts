import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { openLog } from '../../../src/app/base/error-log.ts';
import { makeFolder } from '../../support/cleanup.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'error-log');
afterAll(remove);

test('without a file errors go nowhere', () => {
  expect(openLog(undefined)).toMatchObject({ descriptor: 'ignore', problem: undefined });
});

test('a new log is 0600, and one that is there is written on', () => {
  const file = join(folder, 'log');
  openLog(file).write('one');
  openLog(file).write('two');
  expect(readFileSync(file, 'utf8')).toMatch(/^\S+Z one\n\S+Z two\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a symbolic link in its place is refused, and what it leads to stays as it was', () => {
  const [link, dangling, mine] = [join(folder, 'link'), join(folder, 'dangling'), join(folder, 'mine')];
  writeFileSync(mine, 'mine');
  symlinkSync(mine, link);
  symlinkSync(join(folder, 'made'), dangling);
  for (const file of [link, dangling]) {
    expect(openLog(file).problem).toBe(
      `--log ${file}: a symbolic link; none is followed (ELOOP); errors are not logged`,
    );
  }
  expect(readFileSync(mine, 'utf8')).toBe('mine');
  expect(() => statSync(join(folder, 'made'))).toThrow('ENOENT');
});

test('whatever else is refused is told in one line, and a FIFO is not waited for', () => {
  const place = join(folder, 'folder\u001b[31m\n');
  mkdirSync(place);
  expect(openLog(place).problem).toMatch(/^--log .*EISDIR[^\p{Cc}]*$/u);
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  expect(openLog(fifo).problem).toContain('not a regular file');
  expect(openLog('/dev/full').problem).toContain('not a regular file');
});
