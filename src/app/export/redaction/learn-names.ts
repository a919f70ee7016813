import { isKnown } from '../../../core/missing.ts';
import type { Reading } from '../../../core/reading.ts';
import type { Pseudonyms } from '../../../exports/redaction/pseudonyms.ts';
import { ETC_HOSTNAME, KERNEL_HOSTNAME } from '../../../samplers/node-name.ts';
import { CONTAINER_LOGS, POD_LOGS } from '../../../samplers/pods.ts';
import { parseContainerLogLinks } from '../../../sources/kubernetes/container-log-links.ts';
import { type PodName, parsePodLogFolders } from '../../../sources/kubernetes/pod-log-folders.ts';
import { learnCgroups } from './learn-cgroups.ts';

/** The kernel cuts the name of a process at this many bytes (TASK_COMM_LEN less its NUL). */
const COMM_BYTES = 15;

/** Flags whose value is the node's name. */
const NAMING_FLAGS = /^--(?:kubelet-arg=)?(?:hostname-override|node-name)[= ](.+)$/;

/** Learns from one reading which names and ids there are to replace. */
export function learnNames(pseudonyms: Pseudonyms, reading: Reading): void {
  pseudonyms.learnIds(reading.path);
  learnCgroups(pseudonyms, reading);
  if (!('text' in reading)) return;
  const { path, text } = reading;
  pseudonyms.learnIds(text);
  if (path === KERNEL_HOSTNAME || path === ETC_HOSTNAME) learnNode(pseudonyms, text.trim());
  else if (path === POD_LOGS) learnPods(pseudonyms, text);
  else if (path.startsWith(`${POD_LOGS}/`)) learnContainers(pseudonyms, path, text);
  else if (path === CONTAINER_LOGS) learnLinks(pseudonyms, text);
  else if (path.endsWith('/cmdline')) {
    const words = text.split('\0');
    words.forEach((word, index) => {
      const name = NAMING_FLAGS.exec(word)?.[1] ?? NAMING_FLAGS.exec(`${word} ${words[index + 1] ?? ''}`)?.[1];
      if (name !== undefined) learnNode(pseudonyms, name);
    });
  }
}

/** Learns the node's name where a sampler was told it: the variable NODE_NAME. */
export function learnNamesOfArgs(pseudonyms: Pseudonyms, args: string): void {
  pseudonyms.learnIds(args);
  const [, name] = /"nodeName":"([^"\\]+)"/.exec(args) ?? [];
  if (name !== undefined) learnNode(pseudonyms, name);
}

function learnNode(pseudonyms: Pseudonyms, name: string): void {
  if (name === '') return;
  const pseudonym = pseudonyms.learn('node', name);
  const [short = name] = name.split('.', 1);
  pseudonyms.learnAlias(short, pseudonym);
}

function learnPods(pseudonyms: Pseudonyms, text: string): void {
  const { value } = parsePodLogFolders(text);
  if (!isKnown(value)) return;
  for (const name of value.values()) if (isKnown(name)) learnPod(pseudonyms, name);
}

function learnPod(pseudonyms: Pseudonyms, { namespace, pod }: PodName): void {
  learnCut(pseudonyms, namespace, pseudonyms.learn('namespace', namespace));
  learnCut(pseudonyms, pod, pseudonyms.learn('pod', pod));
  const workload = workloadOf(pod);
  if (workload !== pod) learnCut(pseudonyms, workload, pseudonyms.learn('workload', workload));
}

function learnLinks(pseudonyms: Pseudonyms, text: string): void {
  const { value } = parseContainerLogLinks(text);
  if (!isKnown(value)) return;
  for (const link of value.values()) {
    learnPod(pseudonyms, link);
    pseudonyms.learn('container', link.container);
  }
}

/** The folders in a pod's folder are named after its containers. */
function learnContainers(pseudonyms: Pseudonyms, path: string, text: string): void {
  if (path.slice(POD_LOGS.length + 1).includes('/')) return;
  for (const name of text.split('\n')) if (name !== '') pseudonyms.learn('container', name);
}

/** A process is often named like its pod or workload, and then cut. */
function learnCut(pseudonyms: Pseudonyms, name: string, pseudonym: string): void {
  if (name.length > COMM_BYTES) pseudonyms.learnAlias(name.slice(0, COMM_BYTES), pseudonym);
}

/** What made the pod: `payments` of `payments-6d5f9c7b8-x2x9z`, `db` of `db-0`. Containers are often named so. */
function workloadOf(pod: string): string {
  return pod.replace(/-[0-9]{1,10}(?:-[a-z0-9]{5})?$|(?:-[a-f0-9]{6,10})?-[a-z0-9]{5}$/, '');
}
