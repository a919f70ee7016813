import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HOST_JSON, openFixtureHost } from './fixture-host.ts';
import type { WaitingHost } from './host.ts';
import { openLiveHost } from './live-host.ts';

/** Opens the host that a root folder is: a fixture where it holds a `host.json`, a node otherwise. */
export function openHost(root: string): WaitingHost {
  const folder = resolve(root);
  return existsSync(join(folder, HOST_JSON)) ? openFixtureHost(folder) : openLiveHost(folder);
}
