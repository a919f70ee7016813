import type { Reading } from '../../../core/reading.ts';
import type { Pseudonyms } from '../../../exports/redaction/pseudonyms.ts';

/** Where a memory hierarchy may be mounted; in a debug pod too, since paths are the node's. */
const BELOW_MOUNT = /^\/sys\/fs\/cgroup\/(.*)$/s;

/** Controllers of v1, alone or together, and what systemd calls its own. */
const HIERARCHY = /^(?:[a-z_]+(?:,[a-z_]+)*|name=systemd)$/;

/** Parts of paths that every node has: QoS classes, what kubelet, systemd and container runtimes make. */
const PUBLIC =
  /^(?:kubepods|besteffort|burstable|guaranteed|kubelet|kube|runtime|podruntime|system|user|init|docker|containerd|crio|machine|lxc(?:\.payload|\.monitor|\.pivot)?|supervisor|payload|k8s\.io)$/;

/** A unit of systemd, which is left as it is, but for those that are named by a machine or container. */
const UNIT = /\.(?:slice|scope|service|mount|socket|swap|target|timer|device|automount|path)$/;
const MACHINE = /^(?:machine-|systemd-nspawn@|lxc)/;

/** A file of a cgroup; a folder may be named like one. */
const FILE = /^(?:[a-z]+\.[a-z_.0-9]+|tasks|notify_on_release|release_agent)$/;

/** Ids are known by their form: uids of pods, and twelve hex digits or more of a container's. */
const ID = /[0-9a-f]{8}([-_])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}|[0-9a-f]{12,}/i;

/** What runtimes and systemd write around ids. */
const AROUND_ID =
  /^(?:(?:cri|crio|conmon|containerd|docker|libpod|nerdctl|podman|buildkit|kubepods|besteffort|burstable|guaranteed|pod|session|run|rootless|ctr|init|slice|scope|service|mount)(?:[-_.:@]|$))+/i;

/**
 * Learns the names of cgroups that are neither a pod's nor a unit's, from the paths that were asked for, the folders
 * that were found and the memberships of processes: `lxc.payload.NAME`, `machine-qemu\x2d1\x2dNAME.scope`.
 */
export function learnCgroups(pseudonyms: Pseudonyms, reading: Reading): void {
  const path = BELOW_MOUNT.exec(reading.path)?.[1];
  if (path !== undefined) {
    const parts = path.split('/').slice(HIERARCHY.test(path.split('/', 1)[0] ?? '') ? 1 : 0);
    const isFile = reading.question === 'read' || reading.question === 'timed';
    learnPath(pseudonyms, isFile && FILE.test(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts);
  }
  if (!('text' in reading)) return;
  if (path !== undefined && reading.question === 'dirs') {
    learnPath(
      pseudonyms,
      reading.text.split('\n').map((line) => line.slice(line.indexOf(' ') + 1)),
    );
  }
  // `4:memory:/lxc/NAME`, cgroups(7).
  if (/^\/proc\/\d+\/cgroup$/.test(reading.path)) {
    for (const line of reading.text.split('\n')) learnPath(pseudonyms, line.split(':').slice(2).join(':').split('/'));
  }
}

function learnPath(pseudonyms: Pseudonyms, parts: readonly string[]): void {
  for (const part of parts) {
    const name = part.replace(/ \(deleted\)$/, '');
    if (ID.test(name)) for (const own of besideIds(name)) pseudonyms.learn('cgroup', own);
    if (!isPrivate(name)) continue;
    // The form of a unit stays, and what it is a unit of.
    const [, own = name] =
      /^(?:machine-(?:qemu|lxc|libvirt)?(?:\\x2d|-)?(?:\d+(?:\\x2d|-))?|systemd-nspawn@|lxc\.[a-z]+\.)(.+?)(?:\.[a-z]+)?$/.exec(
        name,
      ) ?? [];
    pseudonyms.learn('cgroup', own.replaceAll('\\x2d', '-'));
  }
}

function isPrivate(name: string): boolean {
  if (name === '' || PUBLIC.test(name) || ID.test(name)) return false;
  return !UNIT.test(name) || MACHINE.test(name);
}

/** What somebody named in the name of a cgroup that holds an id: `payroll` of `crio-payroll-3f5a9c0b1d2e.scope`. */
function besideIds(name: string): string[] {
  const all = new RegExp(ID.source, 'gi');
  const pieces = name.replaceAll('\\x2d', '-').replace(all, '\0').split('\0');
  return pieces
    .map((piece) => piece.replace(/^[-_.:@]+|[-_.:@]+$/g, '').replace(AROUND_ID, ''))
    .filter((piece) => piece !== '');
}
