import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { runBundle } from '../../../src/app/base/run-bundle.ts';
import { makeFolder } from '../../support/cleanup.ts';

const { path: folder, remove } = makeFolder(tmpdir(), 'run-bundle');
afterAll(remove);

const path = join(folder, 'bundle.cjs');
const require = createRequire(import.meta.url);

/** A bundle that says a word, which is there in the code that V8 compiles of it. */
function bundleSaying(word: string): { text: string; build: string } {
  const content = `require('node:fs').writeFileSync(__filename + '.said', '${word}');\n`;
  const build = `//# build=${createHash('sha256').update(content).digest('hex')}`;
  return { text: `${content}${build}\n`, build };
}

function compiled(text: string): Buffer {
  return new Script(`(function (exports, require, module, __filename, __dirname) {${text}})`).createCachedData();
}

function said(text: string, cache: Buffer | undefined): string {
  writeFileSync(path, text);
  if (cache !== undefined) writeFileSync(`${path}.cache`, cache);
  runBundle(path, require);
  return readFileSync(`${path}.said`, 'utf8');
}

test('a bundle runs without a code cache, and with its own', () => {
  const { text, build } = bundleSaying('one');
  expect(said(text, undefined)).toBe('one');
  expect(said(text, Buffer.concat([Buffer.from(build), compiled(text)]))).toBe('one');
});

test('the code of another text of the same length is not taken for its own', () => {
  const [one, two] = [bundleSaying('one'), bundleSaying('two')];
  const ofOne = compiled(one.text);
  // V8 would take it: it compares lengths.
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${two.text}})`;
  expect(new Script(wrapped, { cachedData: ofOne }).cachedDataRejected).toBe(false);
  expect(said(two.text, Buffer.concat([Buffer.from(one.build), ofOne]))).toBe('two');
});

test.each(['', 'x', '//# build='])('a torn code cache, %j, ends nothing', (torn) => {
  const { text, build } = bundleSaying('one');
  expect(said(text, Buffer.from(torn))).toBe('one');
  expect(said(text, Buffer.concat([Buffer.from(build), compiled(text).subarray(0, 100)]))).toBe('one');
});
