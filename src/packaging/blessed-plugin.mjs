import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Widgets that need programs or packages which are not there (w3m, term.js, an image decoder), or fonts from disk. */
const LEFT_OUT = new Set(['Terminal', 'Image', 'ANSIImage', 'OverlayImage', 'Video', 'BigText', 'FileManager']);

/**
 * Lets esbuild put blessed and the charts of blessed-contrib into one file: what they find at run time by building
 * a path is written out as static text here. A pattern that is not found ends the build, so that a new version of
 * either package is noticed.
 */
export const blessedPlugin = {
  name: 'blessed',
  setup(build) {
    build.onLoad({ filter: /[\\/]blessed[\\/]lib[\\/]widget\.js$/ }, async ({ path }) => ({
      contents: staticWidgets(await readFile(path, 'utf8')),
      loader: 'js',
      resolveDir: dirname(path),
    }));
    build.onLoad({ filter: /[\\/]blessed[\\/]lib[\\/]tput\.js$/ }, async ({ path }) => ({
      contents: await embeddedTerminfo(await readFile(path, 'utf8')),
      loader: 'js',
    }));
    build.onLoad({ filter: /[\\/]drawille-blessed-contrib[\\/]index\.js$/ }, async ({ path }) => ({
      // `new Buffer` prints a deprecation warning over the screen.
      contents: replaced(await readFile(path, 'utf8'), 'new Buffer(', 'Buffer.alloc('),
      loader: 'js',
    }));
    build.onResolve({ filter: /^(term|pty)\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** The library loads its widgets by `require('./widgets/' + name)` from a list of names. */
function staticWidgets(source) {
  const names = [...source.matchAll(/^ {2}'(\w+)',?$/gm)].map(([, name]) => name).filter((name) => !LEFT_OUT.has(name));
  if (!names.includes('Screen')) throw new Error('blessed/lib/widget.js no longer lists its widgets as expected');
  const exports = names.map((name) => {
    const file = name.toLowerCase();
    return `exports.${name} = exports.${file} = require('./widgets/${file}');`;
  });
  return [...exports, 'exports.ListBar = exports.listbar = exports.Listbar;'].join('\n');
}

/** Where a machine has no terminfo at all (distroless images), the library reads its own copy beside its source. */
async function embeddedTerminfo(source) {
  const entry = await readFile(join(dirname(require.resolve('blessed/package.json')), 'usr', 'xterm-256color'));
  const xterm = replaced(
    source,
    "return this.injectTerminfo(__dirname + '/../usr/xterm');",
    'return this._injectEmbedded();',
  );
  const named = replaced(
    xterm,
    "return this.injectTerminfo(__dirname + '/../usr/' + name);",
    "if (name !== 'xterm-256color') throw new Error('no entry for ' + name); return this._injectEmbedded();",
  );
  return `${named}
Tput.prototype._injectEmbedded = function() {
  var entry = Buffer.from('${entry.toString('base64')}', 'base64');
  return this.inject(this.compile(this.parseTerminfo(entry, '/embedded/x/xterm-256color')));
};`;
}

function replaced(source, from, to) {
  if (!source.includes(from)) throw new Error(`a bundled package no longer has the text: ${from}`);
  return source.replaceAll(from, to);
}
