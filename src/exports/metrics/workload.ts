/** The letters and digits of which Kubernetes makes random names: no vowels, so that they spell nothing. */
const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';

/**
 * Endings that Kubernetes gives to the pods of a workload, longest first: a Deployment's hash and suffix, a CronJob's
 * minute and suffix, the suffix of a DaemonSet or Job, the ordinal of a StatefulSet.
 * https://kubernetes.io/docs/concepts/workloads/
 */
const ENDINGS = [
  new RegExp(`-${SAFE}{6,10}-${SAFE}{5}$`),
  new RegExp(`-\\d{8,10}-${SAFE}{5}$`),
  new RegExp(`-${SAFE}{5}$`),
  /-\d{1,5}$/,
];

/**
 * What made a pod, by the pod's name: `payments` of `payments-6d5f9c7b8-x2x9z`, `db` of `db-0`. A static pod bears the
 * node's name at its end. A name that only looks like one with an ending is cut too.
 */
export function workloadOf(pod: string, nodeName?: string): string {
  const own = nodeName === undefined ? undefined : `-${nodeName}`;
  if (own !== undefined && pod.endsWith(own) && pod.length > own.length) return pod.slice(0, -own.length);
  const ending = ENDINGS.find((each) => each.test(pod) && each.exec(pod)?.index !== 0);
  return ending === undefined ? pod : pod.replace(ending, '');
}
