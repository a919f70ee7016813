import * as v from 'valibot';
import { bothKnown, isMissing, type Maybe, mapKnown, missing } from '../core/missing.ts';
import { textOf } from '../core/reading.ts';
import type { Host } from '../host/host.ts';
import { parseControllers } from '../sources/cgroup/controllers.ts';
import { type OsRelease, parseOsRelease } from '../sources/etc/os-release.ts';
import { bootCommandWithoutSecrets } from '../sources/proc/boot-command.ts';
import { type CgroupMounts, cgroupMountsOf } from '../sources/proc/cgroup-mounts.ts';
import { parseMeminfo } from '../sources/proc/meminfo.ts';
import { parseMounts } from '../sources/proc/mounts.ts';
import { parseVersion } from '../sources/proc/version.ts';
import { parseVmstat } from '../sources/proc/vmstat.ts';
import { parseCpuCount } from '../sources/sys/cpu-list.ts';
import { argsOf } from './args.ts';
import { type CgroupView, cgroupView } from './cgroup-view.ts';
import { nodeName } from './node-name.ts';
import { parseText } from './parse-reading.ts';
import type { Sampler } from './sampler.ts';

/** The page sizes of the architectures that Linux runs Kubernetes on. */
const PAGE_SIZES = [4096, 8192, 16_384, 65_536];

const args = v.object({
  /** `--cgroup-root`: the memory hierarchy is here, whatever the mount table says. */
  cgroupRoot: v.optional(v.string()),
  /** `NODE_NAME`, which a pod is given by the downward API. */
  nodeName: v.optional(v.string()),
});

/** What hardly ever changes about a node. */
export interface IdentitySample {
  readonly hostname: Maybe<string>;
  readonly kernelRelease: Maybe<string>;
  readonly osRelease: Maybe<OsRelease>;
  readonly mounts: Maybe<CgroupMounts>;
  /** Whether the whole memory hierarchy is mounted there, or a container's part of it. */
  readonly cgroupView: Maybe<CgroupView>;
  readonly cpusOnline: Maybe<number>;
  /** The other factor of a memory.stat read's cost up to 4.18; often far above the online ones on virtual machines. */
  readonly cpusPossible: Maybe<number>;
  /** Bytes of a page: what a slab's size is counted in. */
  readonly pageBytes: Maybe<number>;
  /** The kernel's own command line: `cgroup.memory=nokmem` stands there. Without what may be a secret. */
  readonly bootCommand: Maybe<string>;
}

/** Samples the node's identity from the node's files; a debug pod's own would name the pod. */
export const identitySampler: Sampler<v.InferOutput<typeof args>, IdentitySample> = {
  parseArgs: argsOf(args),
  sample: (host, { cgroupRoot, nodeName: told }) => {
    const mounts = cgroupRoot === undefined ? mountsOf(host) : mountsAt(host, cgroupRoot);
    return {
      hostname: nodeName(host, told),
      kernelRelease: parseText(host.read('/proc/version'), parseVersion),
      osRelease: osReleaseOf(host),
      mounts,
      cgroupView: mapKnown(mounts, ({ memory }) => cgroupView(host, memory)),
      cpusOnline: parseText(host.read('/sys/devices/system/cpu/online'), parseCpuCount),
      cpusPossible: parseText(host.read('/sys/devices/system/cpu/possible'), parseCpuCount),
      pageBytes: pageBytesOf(host),
      bootCommand: mapKnown(firstLine(textOf(host.read('/proc/cmdline'))), bootCommandWithoutSecrets),
    };
  },
};

function firstLine(text: Maybe<string>): Maybe<string> {
  return isMissing(text) ? text : text.trimEnd();
}

/** os-release(5): `/etc/os-release` takes precedence over `/usr/lib/os-release`. */
function osReleaseOf(host: Host): Maybe<OsRelease> {
  const etc = parseText(host.read('/etc/os-release'), parseOsRelease);
  if (!isMissing(etc) || etc.unavailable !== 'absent') return etc;
  const usr = parseText(host.read('/usr/lib/os-release'), parseOsRelease);
  return isMissing(usr) ? etc : usr;
}

/**
 * The mount table of the node's first process. `/proc/mounts` is the one of whoever reads it: in a debug pod the
 * container's own, so that it stands in only where the root is our own, or a folder of files.
 */
function mountsOf(host: Host): Maybe<CgroupMounts> {
  const first = parseText(host.read('/proc/1/mounts'), parseMounts);
  const ownTable = host.origin.kind !== 'live' || host.origin.root === '/';
  const table = isMissing(first) && ownTable ? parseText(host.read('/proc/mounts'), parseMounts) : first;
  const mounts = isMissing(table) ? table : cgroupMountsOf(table);
  return isMissing(mounts) ? mounts : withController(host, mounts);
}

/**
 * That no v1 hierarchy in the mount table has taken the memory controller does not put it on v2: the kernel can be
 * started without it (`cgroup_disable=memory`), and a container need not see every mount. The dying there would be
 * cgroups of other controllers.
 */
function withController(host: Host, mounts: CgroupMounts): Maybe<CgroupMounts> {
  if (mounts.memory.version === 'v1') return mounts;
  const controllers = parseText(host.read(`${mounts.memory.path}/cgroup.controllers`), parseControllers);
  if (isMissing(controllers) || controllers.includes('memory')) return mounts;
  return missing('disabled', `no cgroup mount has the memory controller, ${mounts.memory.path} neither`);
}

/** A hierarchy named by hand: v2 has `cgroup.controllers` in every folder, v1 has not. */
function mountsAt(host: Host, path: string): Maybe<CgroupMounts> {
  const folder = host.dirs(path);
  if ('errno' in folder) return missing('absent', `--cgroup-root ${path}: ${folder.errno}`);
  const version = 'text' in host.read(`${path}/cgroup.controllers`) ? 'v2' : 'v1';
  return {
    memory: { version, path },
    ...(version === 'v2' ? { v2Path: path } : {}),
    hybrid: false,
    v1: version === 'v1' ? [{ controllers: ['memory'], path }] : [],
  };
}

/**
 * Bytes of a page, from the reclaimable slab that meminfo gives in bytes and vmstat in pages. No file names the page
 * size of another machine; the two texts are read one after the other, so that the nearest real size is taken. (Free
 * memory is no such pair: on 6.18 the two files count it differently.)
 */
function pageBytesOf(host: Host): Maybe<number> {
  const meminfo = parseText(host.read('/proc/meminfo'), parseMeminfo);
  const vmstat = parseText(host.read('/proc/vmstat'), parseVmstat);
  if (isMissing(meminfo)) return meminfo;
  if (isMissing(vmstat)) return vmstat;
  return bothKnown(meminfo.sReclaimableBytes, vmstat.nrSlabReclaimablePages, (bytes, pages) => {
    const distance = (size: number) => Math.abs(Math.log2(bytes / Math.max(1, pages) / size));
    const nearest = PAGE_SIZES.reduce((best, size) => (distance(size) < distance(best) ? size : best));
    if (distance(nearest) < 0.5) return nearest;
    return missing('malformed', `meminfo and vmstat disagree: ${bytes} bytes of slab in ${pages} pages`);
  });
}
