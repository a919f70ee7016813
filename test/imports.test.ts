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
  trace: ['core'],
  fleet: ['core', 'series', 'type model'],
  diagnosis: ['core', 'series', 'model', 'type profile', 'type trace', 'type samplers', 'type sources'],
  format: ['core', 'model', 'type profile', 'type trace', 'type samplers', 'type sources', 'fleet'],
  tables: ['core', 'model', 'format', 'type profile', 'type trace'],
  views: [
    'core',
    'series',
    'model',
    'diagnosis',
    'profile',
    'type trace',
    'format',
    'tables',
    'type samplers',
    'fleet',
  ],
  exports: ['core', 'series', 'model', 'diagnosis', 'profile', 'trace', 'format', 'tables', 'type samplers', 'fleet'],
  capture: ['core', 'host'],
  actions: ['core', 'type host'],
  app: ['*'],
  packaging: [],
};

/** What only some may touch: the outside world. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['host', 'recording', 'capture', 'actions', 'app'],
  'node:fs/promises': ['recording', 'app'],
  'node:child_process': ['capture', 'actions', 'app'],
  'node:net': ['capture', 'app'],
  'node:http': ['capture', 'app'],
  'node:https': ['capture', 'app'],
  'node:tls': ['capture', 'app'],
  'node:os': ['host', 'recording', 'capture', 'actions', 'app'],
  'node:v8': ['app'],
  'node:vm': ['app'],
  'node:worker_threads': ['app'],
  'node:timers/promises': ['app', 'capture'],
  chokidar: ['app'],
  systeminformation: ['app'],
};

/** Parts of Node that touch nothing outside the process, or only what they are handed. */
const HARMLESS = [
  ...['node:assert', 'node:buffer', 'node:crypto', 'node:events', 'node:path', 'node:stream', 'node:stream/consumers'],
  ...['node:readline/promises', 'node:stream/promises', 'node:string_decoder', 'node:url', 'node:util', 'node:zlib'],
];

/** Functions of `node:fs` that look, and change nothing but what is in memory. */
const LOOKING = [
  ...['accessSync', 'closeSync', 'constants', 'existsSync', 'fstatSync', 'lstatSync', 'openSync', 'readFileSync'],
  ...['readSync', 'readdirSync', 'readlinkSync', 'realpathSync', 'statSync', 'statfsSync', 'readFile', 'stat'],
  ...['close', 'read'],
];

/** The files that make, change or remove a file, and with what. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  'actions/drop-caches.ts': ['writeSync'],
  'app/base/new-file.ts': ['fsyncSync', 'linkSync', 'unlinkSync', 'writeSync'],
  'app/base/own-file.ts': ['linkSync', 'renameSync', 'unlinkSync', 'writeSync'],
  // The file that a snapshot on a node is brought into; taken away again where none came.
  'app/kubectl/plugin.ts': ['unlinkSync'],
  'capture/unnamed-file.ts': ['mkdtempSync', 'rmSync'],
  'app/base/error-log.ts': ['writeSync'],
  'recording/file-lock.ts': ['rmSync', 'writeSync'],
  'recording/file-writer.ts': ['open', 'unlink'],
  'recording/rotation.ts': ['renameSync', 'rmSync'],
  // To read.
  'host/waiting-read.ts': ['open'],
};

/** The files that open a file for more than reading. `drop-caches.ts` alone opens one that is not this program's own. */
const OPENERS = [
  ...['actions/drop-caches.ts', 'app/base/error-log.ts', 'app/base/new-file.ts', 'app/base/own-file.ts'],
  'app/kubectl/plugin.ts',
  'capture/unnamed-file.ts',
  'recording/file-lock.ts',
];

/** The files that start a program, and by which function. None of these functions starts a shell. */
const STARTERS: Readonly<Record<string, readonly string[]>> = {
  'actions/drop-caches.ts': ['execFileSync'],
  'app/children/own-process.ts': ['spawn'],
  'app/kubectl/kubectl.ts': ['spawn'],
  'capture/limited-program.ts': ['execFile', 'spawn'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typesOnly: boolean;
  /** What is imported by name, types left out; `* as x` as it stands there. */
  readonly names: readonly string[];
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
        names: names.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type ')),
      },
    ];
  });
}

const imports = sourceFiles(SRC).flatMap(importsOf);

const folderOf = (path: string) => relative(SRC, path).split('/')[0] ?? '';

test('there are imports to look at', () => {
  expect(imports.length).toBeGreaterThan(300);
});

test('no files import each other in a circle, not even types', () => {
  const importsOfFile = new Map<string, string[]>();
  for (const { file, target } of imports) {
    if (!target.startsWith('.')) continue;
    importsOfFile.set(file, [...(importsOfFile.get(file) ?? []), resolve(dirname(file), target)]);
  }
  const clean = new Set<string>();
  const circleFrom = (file: string, above: readonly string[]): readonly string[] => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file];
    if (clean.has(file)) return [];
    for (const next of importsOfFile.get(file) ?? []) {
      const circle = circleFrom(next, [...above, file]);
      if (circle.length > 0) return circle;
    }
    clean.add(file);
    return [];
  };
  for (const file of importsOfFile.keys()) {
    expect(circleFrom(file, []).map((path) => relative(SRC, path))).toEqual([]);
  }
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

test('of Node nobody uses a part that is not named here', () => {
  const wrong = imports.flatMap(({ file, target, typesOnly }) =>
    typesOnly || !target.startsWith('node:') || target in OUTSIDE || HARMLESS.includes(target)
      ? []
      : [`${relative(SRC, file)} imports ${target}`],
  );
  expect(wrong).toEqual([]);
  const builtin = /\b(?:require|getBuiltinModule|process\.binding)\(\s*(?!'node:sea')/;
  expect(
    code()
      .filter(({ text }) => builtin.test(text))
      .map(({ file }) => file),
  ).toEqual([]);
});

test('files are written by the files named here alone, and the kernel by actions alone', () => {
  const found = imports.flatMap(({ file, target, names, typesOnly }) => {
    const writing = names.filter((name) => !LOOKING.includes(name)).toSorted();
    const isWriter = /^node:fs(?:\/promises)?$/.test(target) && !typesOnly && writing.length > 0;
    return isWriter ? [[relative(SRC, file), writing] as const] : [];
  });
  expect(Object.fromEntries(found)).toEqual(WRITERS);
  expect(found).toHaveLength(Object.keys(WRITERS).length);
  const opening = code().filter(({ text }) => [...text.matchAll(OPEN)].some(([, flags = '']) => !onlyReads(flags)));
  expect(opening.map(({ file }) => file).toSorted()).toEqual(OPENERS);
  const later = code().find(({ file }) => file === 'host/waiting-read.ts');
  expect(onlyReads(/\bopen\((.*?)=>/s.exec(later?.text ?? '')?.[1] ?? '')).toBe(true);
  // Whoever else names the file tells it to a person.
  const kernel = code().filter(({ file, text }) => OPENERS.includes(file) && /["'`]\/(?:proc|sys)\//.test(text));
  expect(kernel.map(({ file }) => file)).toEqual(['actions/drop-caches.ts']);
});

/** A call of openSync, and its second argument. */
const OPEN = /\bopenSync\((?:[^(),]|\([^()]*\))*,([^;]*?)\)/g;

function onlyReads(flags: string): boolean {
  return /\bO_RDONLY\b/.test(flags) && !/\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)\b/.test(flags);
}

test('programs are started by the files named here alone, without a shell and with an environment of their own', () => {
  const found = imports.filter(({ target, typesOnly }) => target === 'node:child_process' && !typesOnly);
  const started = found.map(({ file, names }) => [relative(SRC, file), names.toSorted()] as const);
  expect(Object.fromEntries(started)).toEqual(STARTERS);
  for (const { file, text } of code()) {
    expect([file, /\bshell\s*:/.test(text)]).toEqual([file, false]);
    if (!(file in STARTERS)) continue;
    const calls = [...text.matchAll(/\b(?:spawn|execFile|execFileSync)\(/g)];
    const environments = [...text.matchAll(/\benv: ([^,}]*)/g)].map(([, given = '']) => given);
    expect([file, environments.length]).toEqual([file, calls.length]);
    expect([file, environments.filter((given) => /process\.env(?!\.TZ)/.test(given))]).toEqual([file, []]);
  }
});

/** The sources without their comments. */
function code(): { readonly file: string; readonly text: string }[] {
  return sourceFiles(SRC).map((file) => ({
    file: relative(SRC, file),
    text: readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
  }));
}

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

/** The rooms of `app`, the lowest first: each may import those before it, and none after it. */
const APP_FLOORS = ['base', 'children', 'captures', 'replay', 'export', 'serve', 'screen', 'fleet', 'kubectl', 'cli'];

test('inside app, too, imports go one way', () => {
  const roomOf = (path: string) => relative(join(SRC, 'app'), path).split('/', 1)[0] ?? '';
  const upwards = imports.flatMap(({ file, target }) => {
    const path = resolve(dirname(file), target);
    if (
      !target.startsWith('.') ||
      folderOf(file) !== 'app' ||
      folderOf(path) !== 'app' ||
      ['main.ts', 'start.ts'].includes(roomOf(file))
    )
      return [];
    const [from, to] = [APP_FLOORS.indexOf(roomOf(file)), APP_FLOORS.indexOf(roomOf(path))];
    return from === -1 || to === -1 || to > from ? [`${relative(SRC, file)} imports ${relative(SRC, path)}`] : [];
  });
  expect(upwards).toEqual([]);
});
