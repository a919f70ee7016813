import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Which folder may import which: the table of src/ARCHITECTURE.md. `type` allows types alone. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  host: ['core'],
  recording: ['core', 'host'],
  sources: ['core'],
  samplers: ['core', 'sources', 'type host'],
  series: ['core'],
  model: ['core', 'series', 'type samplers', 'samplers/walk-changes.ts', 'samplers/held-by-dying.ts', 'sources'],
  profile: ['core'],
  diagnosis: ['core', 'series', 'model', 'type profile', 'type samplers', 'type sources'],
  format: ['core', 'model', 'type profile', 'type samplers', 'type sources'],
  views: ['core', 'series', 'model', 'diagnosis', 'profile', 'format', 'type samplers'],
  exports: ['core', 'series', 'model', 'diagnosis', 'profile', 'format', 'type samplers'],
  capture: ['core'],
  actions: ['core', 'type host'],
  app: ['*'],
  packaging: [],
};

/** What only some may touch: the outside world. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['host', 'recording', 'capture', 'actions', 'app'],
  'node:child_process': ['capture', 'actions', 'app'],
  'node:net': ['capture', 'app'],
  'node:http': ['capture', 'app'],
  'node:https': ['capture', 'app'],
  'node:tls': ['capture', 'app'],
  'node:os': ['host', 'recording', 'capture', 'actions', 'app'],
  'node:worker_threads': ['app'],
  'node:timers/promises': ['app', 'capture'],
  chokidar: ['app'],
  systeminformation: ['app'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typesOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?([^;'"]*?)\s*(?:from\s+)?'([^']+)';|\bimport\('([^']+)'\)/gms;

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(STATEMENT)].flatMap((match) => {
    const target = match[3] ?? match[4];
    if (target === undefined) return [];
    const names = (match[2] ?? '').replace(/[{}]/g, '').split(',');
    const inline = names.every((name) => name.trim() === '' || name.trim().startsWith('type '));
    return [
      {
        file,
        target,
        typesOnly: match[1] !== undefined || (match[3] !== undefined && inline && names.join('') !== ''),
      },
    ];
  });
}

const imports = sourceFiles(SRC).flatMap(importsOf);

const folderOf = (path: string) => relative(SRC, path).split('/')[0] ?? '';

test('there are imports to look at', () => {
  expect(imports.length).toBeGreaterThan(300);
});

test('imports between folders go one way, as the table says', () => {
  const wrong = imports.flatMap(({ file, target, typesOnly }) => {
    if (!target.startsWith('.')) return [];
    const path = resolve(dirname(file), target);
    const [from, to] = [folderOf(file), folderOf(path)];
    if (from === to) return [];
    const allowed = MAY_IMPORT[from] ?? [];
    const named = relative(SRC, path);
    const fine =
      allowed.includes('*') ||
      allowed.includes(to) ||
      allowed.includes(named) ||
      (typesOnly && allowed.includes(`type ${to}`));
    return fine ? [] : [`${relative(SRC, file)} imports ${typesOnly ? 'types of ' : ''}${named}`];
  });
  expect(wrong).toEqual([]);
});

test('only host, recording, capture, actions and app touch the outside world', () => {
  const wrong = imports.flatMap(({ file, target }) => {
    const allowed = OUTSIDE[target];
    return allowed === undefined || allowed.includes(folderOf(file))
      ? []
      : [`${relative(SRC, file)} imports ${target}`];
  });
  expect(wrong).toEqual([]);
});

test('the widget library is known to the screen alone', () => {
  const widgets = imports.filter(({ target }) => /^blessed/.test(target)).map(({ file }) => relative(SRC, file));
  expect(widgets.filter((file) => !file.startsWith('views/terminal/') && file !== 'views/screen.ts')).toEqual([]);
});

test('clocks and timers are in app and host, and where a run outside has a time limit', () => {
  const used = /\b(?:Date\.now|performance\.now|process\.hrtime|setTimeout|setInterval|setImmediate)\b|new Date\(\)/;
  const wrong = sourceFiles(SRC)
    .filter((file) => !['app', 'host', 'capture', 'actions'].includes(folderOf(file)))
    .filter((file) => used.test(readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
    .map((file) => relative(SRC, file));
  expect(wrong).toEqual([]);
});

test('no file imports itself round a circle', () => {
  const graph = new Map<string, string[]>();
  for (const { file, target, typesOnly } of imports) {
    if (!target.startsWith('.') || typesOnly) continue;
    graph.set(file, [...(graph.get(file) ?? []), resolve(dirname(file), target)]);
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file))
      circles.push([...path.slice(path.indexOf(file)), file].map((each) => relative(SRC, each)).join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  expect(circles).toEqual([]);
});
