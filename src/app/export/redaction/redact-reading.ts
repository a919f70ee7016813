import { isKnown, isMissing, type Maybe } from '../../../core/missing.ts';
import type { Question, ReadCost, Reading } from '../../../core/reading.ts';
import { redactArguments, redactBootCommand, redactProgram } from '../../../exports/redaction/command-flags.ts';
import type { Pseudonyms } from '../../../exports/redaction/pseudonyms.ts';
import { ETC_HOSTNAME, KERNEL_HOSTNAME } from '../../../samplers/node-name.ts';
import { CONTAINER_LOGS, POD_LOGS } from '../../../samplers/pods.ts';
import { parseContainerLogLinks } from '../../../sources/kubernetes/container-log-links.ts';
import { parsePodLogFolders } from '../../../sources/kubernetes/pod-log-folders.ts';
import { cgroupMountinfo } from '../../../sources/proc/mountinfo.ts';

/** Tables of numbers: their words are the kernel's. The slab tables of old kernels name cgroups by their ids. */
const TABLES =
  /^\/proc\/(?:meminfo|vmstat|stat|loadavg|uptime|slabinfo|cgroups|pressure\/\w+|sys\/fs\/[a-z-]+)$|\/(?:memory\.[a-z_.]+|cgroup\.[a-z.]+)$/;

const MOUNTS = /^\/proc\/(?:1\/)?mounts$/;
/** The files that hold the node's name and nothing else. */
const NODE_NAMES: ReadonlySet<string> = new Set([KERNEL_HOSTNAME, ETC_HOSTNAME]);

const DESCRIPTORS = /^\/proc\/\d+\/fd$/;
const ARGUMENTS = /^\/proc\/\d+\/cmdline$/;
const VERSION = /^(Linux version [\w.+~:-]+).*/s;
const MOUNT_INFO = /^\/proc\/\d+\/mountinfo$/;
const MEMORY_FILE = /^\S+ \/sys\/fs\/cgroup\/(?:\S*\/)?memory\.[a-z_.]+(?: \(deleted\))?$/;

/** A reading with all names and ids replaced in path and answer, and what only tells about the node left out. */
export function redactReading(pseudonyms: Pseudonyms, reading: Reading): Reading {
  const { question, cost } = reading;
  const asked = { question, path: pathOf(pseudonyms, reading.path) };
  const known = cost === undefined ? asked : { ...asked, cost: redactCost(pseudonyms, cost) };
  return 'text' in reading ? { ...known, text: textOf(pseudonyms, reading) } : { ...known, errno: reading.errno };
}

/** A value whose reason may name the path that it was asked of. */
export function redactReason<T>(pseudonyms: Pseudonyms, value: Maybe<T>): Maybe<T> {
  if (!isMissing(value) || value.detail === undefined) return value;
  return { ...value, detail: pseudonyms.text(value.detail) };
}

function redactCost(pseudonyms: Pseudonyms, { wallSeconds, cpuSeconds, systemSeconds }: ReadCost): ReadCost {
  return {
    wallSeconds: redactReason(pseudonyms, wallSeconds),
    cpuSeconds: redactReason(pseudonyms, cpuSeconds),
    systemSeconds: redactReason(pseudonyms, systemSeconds),
  };
}

function textOf(
  pseudonyms: Pseudonyms,
  { question, path, text }: { readonly question: Question; readonly path: string; readonly text: string },
): string {
  if (TABLES.test(path)) return pseudonyms.ids(text);
  if (NODE_NAMES.has(path)) return nodeName(pseudonyms, text);
  if (path === POD_LOGS)
    return text
      .split('\n')
      .map((line) => podFolder(pseudonyms, line))
      .join('\n');
  if (path.startsWith(`${POD_LOGS}/`)) return podLogs(pseudonyms, path, text);
  if (path === CONTAINER_LOGS) return containerLinks(pseudonyms, text);
  if (path === '/proc/cmdline') return pseudonyms.text(redactBootCommand(text));
  if (ARGUMENTS.test(path)) return pseudonyms.text(redactArguments(text.split('\0')).join('\0'));
  // File servers and volumes stand in the other mounts; what processes have open is as telling.
  if (MOUNTS.test(path)) return pseudonyms.text(cgroupMounts(text));
  if (MOUNT_INFO.test(path)) return pseudonyms.text(cgroupMountInfo(text));
  if (path === '/proc/version') return pseudonyms.text(text.replace(VERSION, '$1 (redacted)\n'));
  if (path.endsWith('/release_agent')) return text.trim() === '' ? text : '/redacted\n';
  if (question === 'buildInfo') return buildInfo(text);
  if (question === 'link') return pseudonyms.text(redactProgram(text));
  if (DESCRIPTORS.test(path)) return pseudonyms.text(linesWith(text, MEMORY_FILE));
  return pseudonyms.text(text);
}

function nodeName(pseudonyms: Pseudonyms, text: string): string {
  const name = text.trim();
  return name === '' ? text : `${pseudonyms.learn('node', name)}${text.endsWith('\n') ? '\n' : ''}`;
}

/** Replaced part by part, as in the list that named it: so that a replay finds it. */
function pathOf(pseudonyms: Pseudonyms, path: string): string {
  if (!path.startsWith(`${POD_LOGS}/`)) return pseudonyms.text(path);
  const [folder = '', ...containers] = path.slice(POD_LOGS.length + 1).split('/');
  return [POD_LOGS, podFolder(pseudonyms, folder), ...containers.map((name) => container(pseudonyms, name))].join('/');
}

/** The containers of a pod, or the logs of a container. */
function podLogs(pseudonyms: Pseudonyms, path: string, text: string): string {
  const names = text === '' ? [] : text.split('\n');
  const ofPod = !path.slice(POD_LOGS.length + 1).includes('/');
  if (ofPod) return names.map((name) => container(pseudonyms, name)).join('\n');
  return names.filter((name) => /^\d+\.log$/.test(name)).join('\n');
}

/** `pod_namespace_container-id.log`; whatever else lies there is left out. */
function containerLinks(pseudonyms: Pseudonyms, text: string): string {
  const { value } = parseContainerLogLinks(text);
  const links = isKnown(value) ? [...value] : [];
  return links
    .map(([id, { pod, namespace, container: name }]) => {
      const [ofPod, ofNamespace] = [pseudonyms.learn('pod', pod), pseudonyms.learn('namespace', namespace)];
      return `${ofPod}_${ofNamespace}_${container(pseudonyms, name)}-${pseudonyms.ids(id)}.log`;
    })
    .join('\n');
}

/** Of how a program was built only what tells its release: flags have the folders of whoever built it. */
function buildInfo(text: string): string {
  const [module = ''] = /^mod\tk8s\.io\/kubernetes\t\S+/m.exec(text) ?? [];
  const [assigned = ''] = /version\.(?:gitVersion|Version)=[\w.+-]+/.exec(text) ?? [];
  return [module, assigned === '' ? '' : `build\t-ldflags=${assigned}`].filter((line) => line !== '').join('\n');
}

/** A container is often named like what it runs. */
function container(pseudonyms: Pseudonyms, name: string): string {
  return pseudonyms.learn('container', name);
}

/** `namespace_pod_uid`; whatever else lies there is left out, since its name may be anything. */
function podFolder(pseudonyms: Pseudonyms, line: string): string {
  const { value } = parsePodLogFolders(line);
  const [entry] = isKnown(value) ? value : [];
  if (entry === undefined) return '';
  const [uid, name] = entry;
  if (!isKnown(name)) return pseudonyms.ids(uid);
  const [namespace, pod] = [pseudonyms.learn('namespace', name.namespace), pseudonyms.learn('pod', name.pod)];
  return `${namespace}_${pod}_${pseudonyms.ids(uid)}`;
}

/** Source and options are anybody's: a name of a hierarchy, the program that is run when a cgroup gets empty. */
function cgroupMounts(text: string): string {
  return linesWith(text, /^\S+ \S+ cgroup2? /).replace(
    /^\S+ (\S+) (cgroup2?) (\S+)/gm,
    (_, target: string, type: string, options: string) => `${type} ${target} ${type} ${mountOptions(options)}`,
  );
}

/** `29 23 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory`, proc_pid_mountinfo(5). */
function cgroupMountInfo(text: string): string {
  return cgroupMountinfo(text).replace(
    / - (cgroup2?) \S+ (\S+)/g,
    (_, type: string, options: string) => ` - ${type} ${type} ${mountOptions(options)}`,
  );
}

function mountOptions(options: string): string {
  const kept = options.split(',').filter((option) => !option.includes('=') || option === 'name=systemd');
  return kept.join(',');
}

function linesWith(text: string, wanted: RegExp): string {
  return text
    .split('\n')
    .filter((line) => line === '' || wanted.test(line))
    .join('\n');
}
