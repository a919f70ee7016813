import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { textOf } from '../core/reading.ts';
import type { Host } from '../host/host.ts';

/** The name of whoever reads it: it answers for the reader's UTS namespace, whatever folder it is read through. */
export const KERNEL_HOSTNAME = '/proc/sys/kernel/hostname';

/** The name that the node was given, hostname(5). */
export const ETC_HOSTNAME = '/etc/hostname';

/**
 * The node's name. Where the node's files stand in a folder of a container's, the kernel would name the container (a pod
 * without hostNetwork): the node's own file does not. On the node itself the kernel's is the one that is in force.
 */
export function nodeName(host: Host, told: string | undefined): Maybe<string> {
  if (told !== undefined) return told;
  const inContainer = host.origin.kind !== 'live' || host.origin.root !== '/';
  const given = inContainer ? nameIn(textOf(host.read(ETC_HOSTNAME))) : missing('absent', ETC_HOSTNAME);
  // What every machine is called names none.
  const names = !isMissing(given) && !/^localhost(?:$|\.)/.test(given);
  return names ? given : nameIn(textOf(host.read(KERNEL_HOSTNAME)));
}

/** The first line that is no comment. */
function nameIn(text: Maybe<string>): Maybe<string> {
  if (isMissing(text)) return text;
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('#')) ?? missing('absent', 'the file names none');
}
