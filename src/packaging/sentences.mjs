import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync, Visitor } from 'oxc-parser';

/**
 * Every sentence of the program, from its sources: `{file, line, text}`, a value in a text as `{}`. What is no sentence
 * (a path, a query, a key) has no two words with a space between them.
 */
export async function sentencesOf(root) {
  return (await sources(root)).flatMap(({ file, code }) => sentencesIn(file, code));
}

/** Every comment of the sources: `{file, line, text}`. */
export async function commentsOf(root) {
  return (await sources(root)).flatMap(({ file, code }) =>
    parseSync(file, code).comments.map(({ value, start }) => ({ file, line: lineOf(code, start), text: value })),
  );
}

/** The sentences as one text, file by file, to be read from the first to the last. */
export async function sentenceList(root) {
  const lines = [];
  let before;
  for (const { file, text } of await sentencesOf(root)) {
    if (file !== before) lines.push('', file);
    before = file;
    lines.push(`  ${text}`);
  }
  return `${lines.slice(1).join('\n')}\n`;
}

/** Puts the list, compressed, in the place of an import of `*.sentences`. */
export const sentencesPlugin = (root) => ({
  name: 'sentences',
  setup(build) {
    build.onResolve({ filter: /\.sentences$/ }, ({ path }) => ({ path, namespace: 'sentences' }));
    build.onLoad({ filter: /.*/, namespace: 'sentences' }, async () => ({
      contents: gzipSync(await sentenceList(root)),
      loader: 'binary',
    }));
  },
});

async function sources(root) {
  const entries = await readdir(join(root, 'src'), { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (path) => ({ file: relative(root, path), code: await readFile(path, 'utf8') })),
  );
}

function sentencesIn(file, code) {
  const found = [];
  const take = ({ start }, text) => {
    const line = text.replace(/\s+/g, ' ').trim();
    if (isSentence(line)) found.push({ file, line: lineOf(code, start), text: line });
  };
  const visitor = new Visitor({
    Literal: (node) => {
      if (typeof node.value === 'string') take(node, node.value);
    },
    TemplateLiteral: (node) => take(node, node.quasis.map((part) => part.value.cooked ?? '').join('{}')),
  });
  visitor.visit(parseSync(file, code).program);
  return found;
}

/** Two words of letters with a space between them, and not what a machine reads: markup, a script, a query. */
function isSentence(text) {
  const isWords = /[a-z{}][a-z'’{}]*[,;:]? [a-z({]/i.test(text) && /[a-z]{2,}/i.test(text.replaceAll('{}', ''));
  return isWords && !FOR_MACHINES.test(text);
}

const FOR_MACHINES =
  /<[a-z?/!]+[ >]|=>|\$\{|\(\) \{|\{\{|\}\}|\b(?:by|ignoring|without|sum|count|quantile) [({]|^\.[A-Z]{1,2} |^complete -c|compgen|^not __|^absent active|^address application|^allow-priv|^etcd-arg|^agent apiserver|^calico-node|charset=|"#|^M\{\}|^--\S+ [<A-Z]/;

function lineOf(code, offset) {
  return code.slice(0, offset).split('\n').length;
}
