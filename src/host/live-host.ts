import { readlinkSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { readBuildInfo } from './build-info.ts';
import type { WaitingHost } from './host.ts';
import { withCost } from './read-cost.ts';
import { readRegular } from './regular-file.ts';
import { answer, insideRoot, linkInsideRoot, listFolders, listLinks, listNames, readWhole } from './root-folder.ts';
import { WaitingReader } from './waiting-read.ts';

/** The clocks of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // CLOCK_MONOTONIC, one for all processes and threads of the machine (performance.now() begins again in each), in
  // whole microseconds: that is what it is good for, and they are recorded in half the bytes.
  monotonic: () => {
    const [whole, nanoseconds] = process.hrtime();
    return whole + Math.round(nanoseconds / 1000) / 1e6;
  },
};

/** PROC_SUPER_MAGIC of linux/magic.h. */
const PROC_MAGIC = 0x9fa0;

/** A running kernel: `/` on a node, or the folder where a debug pod has the node's root (`/host`). */
export function openLiveHost(root: string): WaitingHost {
  const prefix = root === '/' ? '' : root;
  const isNode = hasKernelsProc(root);
  // Links of `/proc` and `/sys` are the kernel's (`/proc/mounts`, `/proc/PID/exe`); those of a folder of files are not.
  const isKernels = (path: string) => root === '/' || (isNode && /^\/(?:proc|sys)\//.test(path));
  const at = (path: string) => (isKernels(path) ? prefix + path : insideRoot(root, path));
  const linkAt = (path: string) => (isKernels(path) ? prefix + path : linkInsideRoot(root, path));
  const waiting = new WaitingReader();
  return {
    origin: { kind: 'live', root },
    clock: systemClock,
    atTick: () => {},
    read: (path) => answer('read', path, () => readWhole(at(path))),
    timed: (path) => {
      const { result, cost } = withCost(() => answer('timed', path, () => readWhole(at(path))));
      return { ...result, cost };
    },
    timedLater: (path) => {
      const file = answer('timed', path, () => at(path));
      if ('errno' in file) return Promise.resolve(file);
      return waiting.read(path, file.text);
    },
    list: (path) => answer('list', path, () => listNames(at(path))),
    dirs: (path) => answer('dirs', path, () => listFolders(at(path))),
    link: (path) => answer('link', path, () => readlinkSync(linkAt(path))),
    links: (path) => answer('links', path, () => listLinks(at(path))),
    // What is in /proc is the kernel's; the lock file is whatever somebody put there.
    own: (path) => answer('own', path, () => (path.startsWith('/proc/') ? readWhole(path) : readRegular(path))),
    buildInfo: (path) => answer('buildInfo', path, () => readBuildInfo(at(path))),
  };
}

/** Whether `/proc` in this folder is a kernel's, and not files that somebody copied. */
function hasKernelsProc(root: string): boolean {
  const type = answer('read', '/proc', () => String(statfsSync(join(root, 'proc')).type));
  return 'text' in type && Number(type.text) === PROC_MAGIC;
}
