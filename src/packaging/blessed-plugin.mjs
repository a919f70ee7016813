import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Lets esbuild put blessed and the line chart of blessed-contrib into one file, without what nobody calls: Node reads
 * the whole file at every start, in the sampler process too, and 30 kB are about a millisecond. A text that is not
 * found ends the build, so that a new version of a package is noticed.
 */
export const blessedPlugin = {
  name: 'blessed',
  setup(build) {
    const change = (filter, edit) => {
      build.onLoad({ filter }, async ({ path }) => ({
        contents: await edit(await readFile(path, 'utf8')),
        loader: 'js',
      }));
    };
    change(/[\\/]blessed[\\/]lib[\\/]tput\.js$/, embedTerminfo);
    change(/[\\/]blessed[\\/]lib[\\/]unicode\.js$/, (source) =>
      replaced(source, "require('../')", "{ screen: require('./widgets/screen') }"),
    );
    // `new Buffer` prints a deprecation warning over the screen.
    change(/[\\/]drawille-blessed-contrib[\\/]index\.js$/, (source) =>
      replaced(source, 'new Buffer(', 'Buffer.alloc('),
    );
    change(/[\\/]drawille-canvas-blessed-contrib[\\/]index\.js$/, (source) =>
      replaced(
        source,
        "require('gl-matrix')",
        "{ mat2d: require('gl-matrix/src/gl-matrix/mat2d.js'), vec2: require('gl-matrix/src/gl-matrix/vec2.js') }",
      ),
    );
    change(/[\\/]blessed-contrib[\\/].*[\\/]line\.js$/, (source) =>
      replaced(replaced(source, "require('lodash')", "{ max: require('lodash/max') }"), "require('blessed')", WIDGETS),
    );
    change(/[\\/]blessed-contrib[\\/].*[\\/]canvas\.js$/, (source) => replaced(source, "require('blessed')", WIDGETS));
  },
};

/** All that the chart uses of blessed; the package's own list of widgets is found by building paths at run time. */
const WIDGETS =
  "{ Node: require('blessed/lib/widgets/node.js'), Box: require('blessed/lib/widgets/box.js'), box: require('blessed/lib/widgets/box.js') }";

/** Where a machine has no terminfo at all (distroless images), the library reads its own copy beside its source. */
async function embedTerminfo(source) {
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
