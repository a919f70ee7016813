import type { Question, Reading } from '../../src/core/reading.ts';
import type { Host } from '../../src/host/host.ts';

/** A host of files in memory, by path; what is not there answers with `errno`. Folders are those that files stand in. */
export function hostOfFiles(files: Readonly<Record<string, string>>, errno = 'ENOENT', seconds = 0): Host {
  const folders = foldersOf(Object.keys(files));
  const told = (question: Question, path: string, text: string | undefined): Reading =>
    text === undefined ? { question, path, errno } : { question, path, text };
  const cost = { wallSeconds: seconds, cpuSeconds: seconds, systemSeconds: seconds };
  return {
    origin: { kind: 'fixture', root: '/' },
    clock: { now: () => 1_700_000_000_000, monotonic: () => 1000 },
    atTick: () => {},
    read: (path) => told('read', path, files[path]),
    timed: (path) => ({ ...told('timed', path, files[path]), cost }),
    list: (path) => told('list', path, namesIn(path)),
    dirs: (path) => told('dirs', path, dirsIn(path)),
    link: (path) => told('link', path, files[path]),
    links: (path) => told('links', path, namesIn(path)),
    own: (path) => told('own', path, files[path]),
    buildInfo: (path) => told('buildInfo', path, files[`${path}.buildinfo`]),
  };

  function namesIn(path: string): string | undefined {
    const names = folders.get(path);
    return names === undefined ? undefined : [...names.keys()].join('\n');
  }

  function dirsIn(path: string): string | undefined {
    const names = folders.get(path);
    if (names === undefined) return undefined;
    const lines = [...names].flatMap(([name, isFolder]) => {
      const below = folders.get(`${path === '/' ? '' : path}/${name}`) ?? new Map<string, boolean>();
      return isFolder ? [`${2 + [...below.values()].filter(Boolean).length} ${name}`] : [];
    });
    return lines.join('\n');
  }
}

/** The names in every folder, and whether each is a folder. */
function foldersOf(paths: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  const folders = new Map<string, Map<string, boolean>>();
  for (const path of paths) {
    const parts = path.split('/').slice(1);
    parts.forEach((name, depth) => {
      const folder = depth === 0 ? '/' : `/${parts.slice(0, depth).join('/')}`;
      const names = folders.get(folder) ?? new Map<string, boolean>();
      names.set(name, depth < parts.length - 1);
      folders.set(folder, names);
    });
  }
  return folders;
}
