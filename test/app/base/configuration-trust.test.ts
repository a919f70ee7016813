import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configure } from '../../../src/app/base/configuration.ts';
import { WrongUsage } from '../../../src/app/base/wrong-usage.ts';
import { makeFolder } from '../../support/cleanup.ts';

const NOBODY = 65_534;

/** A configuration file in a folder of its own. */
function written(): { folder: string; file: string } {
  const { path, remove } = makeFolder(tmpdir(), 'configuration');
  onTestFinished(remove);
  const folder = join(path, 'slabtop-k8s');
  mkdirSync(folder, { mode: 0o755 });
  const file = join(folder, 'config.json');
  writeFileSync(file, '{"lockFile":"/run/x.lock"}', { mode: 0o644 });
  return { folder, file };
}

const taken = (file: string) => configure({}, {}, file);

const asRoot = test.skipIf(process.geteuid?.() !== 0);

test('a file that nobody else can change is taken', () => {
  expect(taken(written().file)).toEqual({ lockFile: '/run/x.lock' });
});

asRoot.each([
  ['a folder that others may write', ({ folder }) => chmodSync(folder, 0o777)],
  ['a folder that others may write, sticky or not', ({ folder }) => chmodSync(folder, 0o1777)],
  ['a folder of another user', ({ folder }) => chownSync(folder, NOBODY, 0)],
  ['a file of another user', ({ file }) => chownSync(file, NOBODY, 0)],
  [
    'a file that another group may write',
    ({ file }) => {
      chownSync(file, 0, NOBODY);
      chmodSync(file, 0o664);
    },
  ],
] satisfies [string, (made: ReturnType<typeof written>) => void][])('root does not take %s', (_, change) => {
  const made = written();
  change(made);
  expect(() => taken(made.file)).toThrow(WrongUsage);
  expect(() => taken(made.file)).toThrow('is not read as root');
});

asRoot('root does not take a link into a folder of another user', () => {
  const [made, other] = [written(), written()];
  chownSync(other.folder, NOBODY, 0);
  const link = join(made.folder, 'link.json');
  symlinkSync(other.file, link);
  expect(() => taken(link)).toThrow('belongs to another user');
});
