import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../src/host/host.ts';
import { hostOfFiles } from './host-of-files.ts';

const CASES = fileURLToPath(new URL('../fixtures/cases', import.meta.url));

/** What a test puts beside the files of a case. */
export interface CaseParts {
  /** Files to add or replace, by path: the cgroups, above all. */
  readonly files?: Readonly<Record<string, string>>;
  /** How long a timed read of a path takes, all of it CPU; the others take a tenth of a millisecond. */
  readonly seconds?: Readonly<Record<string, number>>;
  /** How long after the first tick each tick is. */
  readonly ticksEverySeconds?: number;
}

/** The node of one folder of `test/fixtures/cases`, in memory. */
export function caseHost(name: string, { files = {}, seconds = {}, ticksEverySeconds = 10 }: CaseParts = {}): Host {
  const host = hostOfFiles({ ...filesBelow(join(CASES, name)), ...files });
  let now = 0;
  return {
    ...host,
    clock: { now: () => 1_700_000_000_000 + now * 1000, monotonic: () => 1000 + now },
    atTick: (tick) => {
      now = tick * ticksEverySeconds;
    },
    timed: (path) => {
      const cost = seconds[path] ?? 0.0001;
      return { ...host.timed(path), cost: { wallSeconds: cost, cpuSeconds: cost, systemSeconds: cost } };
    },
  };
}

/** The files of so many memory cgroups of v1 without anything in them, below the root. */
export function cgroupsOfV1(paths: readonly string[]): Record<string, string> {
  const mount = '/sys/fs/cgroup/memory';
  const root = {
    [`${mount}/release_agent`]: '\n',
    ...Object.fromEntries(['memory.stat', 'memory.numa_stat'].map((file) => [`${mount}/${file}`, 'cache 0\n'])),
    [`${mount}/memory.usage_in_bytes`]: '0\n',
    [`${mount}/cgroup.procs`]: '1\n',
  };
  return { ...root, ...Object.fromEntries(paths.map((path) => [`${mount}${path}/cgroup.procs`, ''])) };
}

function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length), readFileSync(path, 'utf8')];
    }),
  );
}
