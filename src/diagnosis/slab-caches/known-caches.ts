import type { KnownCache } from './cache-facts.ts';
import { DEVICE_CACHES } from './devices.ts';
import { FILE_CACHES } from './files.ts';
import { MEMORY_CACHES } from './memory.ts';
import { NETWORK_CACHES } from './network.ts';
import { PROCESS_CACHES } from './processes.ts';

/**
 * Every cache that is known.
 *
 * @internal
 */
export const KNOWN_CACHES: readonly KnownCache[] = [
  ...FILE_CACHES,
  ...MEMORY_CACHES,
  ...PROCESS_CACHES,
  ...NETWORK_CACHES,
  ...DEVICE_CACHES,
];

/**
 * What is known of a cache by its name in `/proc/slabinfo`; undefined for one that is in no table, as those of drivers
 * are. `dentry(123:name)` is the cache of one memory cgroup, `name (2)` our name for the second of that name.
 */
export function knownCache(name: string): KnownCache | undefined {
  const plain = name.replace(/ ?\(.*$/, '');
  return EXACT.get(plain) ?? FAMILIES.find(({ beginning }) => plain.startsWith(beginning))?.known;
}

const named = KNOWN_CACHES.flatMap((known) => known.names.map((name) => ({ name, known })));

const EXACT = new Map(named.map(({ name, known }) => [name, known]));

/** The longest beginning first: `kmalloc-rcl-*` before `kmalloc-*`. */
const FAMILIES = named
  .filter(({ name }) => name.endsWith('*'))
  .map(({ name, known }) => ({ beginning: name.slice(0, -1), known }))
  .sort((a, b) => b.beginning.length - a.beginning.length);
