import { readlinkSync } from 'node:fs';
import type { Clock } from '../core/clock.ts';
import type { Host } from './host.ts';
import { withCost } from './read-cost.ts';
import { answer, insideRoot, listFolders, listLinks, listNames, readRegular, readWhole } from './root-folder.ts';

/** The clocks of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // CLOCK_MONOTONIC, one for all processes and threads of the machine (performance.now() begins anew in each), in
  // whole microseconds: that is what it is good for, and they are recorded in half the bytes.
  monotonic: () => {
    const [whole, nanoseconds] = process.hrtime();
    return whole + Math.round(nanoseconds / 1000) / 1e6;
  },
};

/** A running kernel: `/` on a node, or the folder where a debug pod has the node's root (`/host`). */
export function openLiveHost(root: string): Host {
  const at = (path: string) => insideRoot(root, path);
  return {
    origin: { kind: 'live', root },
    clock: systemClock,
    atTick: () => {},
    read: (path) => answer('read', path, () => readWhole(at(path))),
    timed: (path) => {
      const { result, cost } = withCost(() => answer('timed', path, () => readWhole(at(path))));
      return { ...result, cost };
    },
    list: (path) => answer('list', path, () => listNames(at(path))),
    dirs: (path) => answer('dirs', path, () => listFolders(at(path))),
    link: (path) => answer('link', path, () => readlinkSync(at(path))),
    links: (path) => answer('links', path, () => listLinks(at(path))),
    own: (path) => answer('own', path, () => readRegular(path)),
  };
}
