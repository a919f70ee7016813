import { closeSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WrongUsage } from '../../../src/app/base/configuration.ts';
import { openLog } from '../../../src/app/base/error-log.ts';
import { makeFolder } from '../../support/cleanup.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'error-log');
afterAll(remove);

function append(file: string, text: string): void {
  const log = openLog(file);
  if (log === 'ignore') throw new Error('no log');
  writeSync(log, text);
  closeSync(log);
}

test('without a file errors go nowhere', () => {
  expect(openLog(undefined)).toBe('ignore');
});

test('a new log is 0600, and one that is there is written on', () => {
  const file = join(folder, 'log');
  append(file, 'one\n');
  append(file, 'two\n');
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a symbolic link in its place is refused, and what it leads to stays as it was', () => {
  const [link, dangling, mine] = [join(folder, 'link'), join(folder, 'dangling'), join(folder, 'mine')];
  writeFileSync(mine, 'mine');
  symlinkSync(mine, link);
  symlinkSync(join(folder, 'made'), dangling);
  for (const file of [link, dangling]) {
    expect(() => openLog(file)).toThrow(new WrongUsage(`--log ${file}: it is a symbolic link, and none is followed`));
  }
  expect(readFileSync(mine, 'utf8')).toBe('mine');
  expect(() => statSync(join(folder, 'made'))).toThrow('ENOENT');
});

test('whatever else is refused is told in one line', () => {
  const place = join(folder, 'folder\u001b[31m\n');
  mkdirSync(place);
  expect(() => openLog(place)).toThrow(/^--log .*EISDIR[^\p{Cc}]*$/u);
});
