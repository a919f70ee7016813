import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** What the last line of a bundle and the first of its code cache begin with; the SHA-256 of the bundle follows. */
const BUILD_LENGTH = '//# build='.length + 64;

/**
 * Runs a CommonJS bundle, with the code that V8 compiled of it when it was built where there is some: that of the same
 * build, Node and V8 flags; any other is refused, by us or by V8, and costs only the time to read it. V8 itself would
 * take the cache of any text of the same length (`SerializedCodeData::SanityCheck`), so the build is compared first.
 */
export function runBundle(path: string, require: NodeJS.Require): void {
  const text = readFileSync(path, 'utf8');
  const cachedData = codeCacheOf(path, text.slice(-BUILD_LENGTH - 1, -1));
  const source = `(function (exports, require, module, __filename, __dirname) {${text}})`;
  const script = new Script(source, { filename: path, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
}

/** The code cache beside a bundle; undefined where there is none, or that of another build. */
function codeCacheOf(path: string, build: string): Buffer | undefined {
  let cache: Buffer;
  try {
    cache = readFileSync(`${path}.cache`);
  } catch {
    // The program runs without, a little later: whatever kept it from being read.
    return undefined;
  }
  return cache.toString('latin1', 0, BUILD_LENGTH) === build ? cache.subarray(BUILD_LENGTH) : undefined;
}
