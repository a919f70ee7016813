import { printable } from '../core/printable.ts';

/** Ids are cut to as much as tells them apart on one node; crictl shows 13 characters. */
const SHORT = 8;

const POD_UID = /(pod[0-9a-f]{8})[0-9a-f_-]{24,28}/g;
const CONTAINER_ID = new RegExp(`([0-9a-f]{${SHORT}})[0-9a-f]{56}`, 'g');

/** A cgroup's path, or a part of it, with pod and container ids shortened: `/kubepods/burstable/pod0157b45a/2a85ba18`. */
export function cgroupName(path: string): string {
  return printable(path).replace(POD_UID, '$1').replace(CONTAINER_ID, '$1');
}
