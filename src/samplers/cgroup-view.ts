import { isMissing, knownOr, type Maybe, missing } from '../core/missing.ts';
import { type Reading, textOf } from '../core/reading.ts';
import type { Host } from '../host/host.ts';
import { parseMountinfo } from '../sources/proc/mountinfo.ts';
import type { MemoryHierarchy } from './args.ts';
import { parseText } from './parse-reading.ts';

/**
 * How much of the memory hierarchy stands at its mount point: the whole of it, or a container's part. `/proc/cgroups`
 * counts the whole machine whatever is mounted, so that in a part every live cgroup outside of it looks dying.
 */
export type CgroupView = 'whole' | 'part';

/**
 * Tells whether the mounted root is the hierarchy's root. The kernel's own files decide: `release_agent` stands in a
 * v1 root alone (CFTYPE_ONLY_ON_ROOT), `cgroup.events` in every v2 cgroup but the root (CFTYPE_NOT_ON_ROOT). The root
 * field of mountinfo says it too, unless the reader has a cgroup namespace of its own. Missing where nothing tells: in
 * captures and recordings that do not have these files.
 */
export function cgroupView(host: Host, memory: MemoryHierarchy): Maybe<CgroupView> {
  const root = mountedRoot(host, memory);
  if (root !== undefined && root !== '/' && !root.startsWith('/..')) return 'part';
  return memory.version === 'v1' ? viewOfV1(host, memory.path) : viewOfV2(host, memory.path);
}

/** The part of the hierarchy that is mounted, as mountinfo of the node's first process shows it. */
function mountedRoot(host: Host, memory: MemoryHierarchy): string | undefined {
  const fsType = memory.version === 'v1' ? 'cgroup' : 'cgroup2';
  const mounts = knownOr(parseText(host.read('/proc/1/mountinfo'), parseMountinfo), []);
  return mounts.findLast((mount) => mount.path === memory.path && mount.fsType === fsType)?.root;
}

function viewOfV1(host: Host, path: string): Maybe<CgroupView> {
  const onRootAlone = host.read(`${path}/release_agent`);
  if ('text' in onRootAlone) return 'whole';
  // Every v1 cgroup has this one: where it is there, the other is not there because this is no root.
  const everywhere = textOf(host.read(`${path}/notify_on_release`));
  if (!isMissing(everywhere) && isNotThere(onRootAlone)) return 'part';
  return notTold(onRootAlone);
}

function viewOfV2(host: Host, path: string): Maybe<CgroupView> {
  const belowRootAlone = host.read(`${path}/cgroup.events`);
  if ('text' in belowRootAlone) return 'part';
  return isNotThere(belowRootAlone) ? 'whole' : notTold(belowRootAlone);
}

/** What the kernel itself says; a recording that does not have the answer says something else. */
function isNotThere(reading: Reading): boolean {
  return 'errno' in reading && reading.errno === 'ENOENT';
}

function notTold(reading: Reading): Maybe<CgroupView> {
  const reason = textOf(reading);
  return isMissing(reason) ? reason : missing('malformed', reading.path);
}
