import { type Maybe, missing } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';

/**
 * Parses the names in `/var/log/pods/NAMESPACE_POD_UID/CONTAINER`, one a line, into the container's restart count: the
 * highest N of `N.log`. Rotated logs (`N.log.20260101-000000.gz`) count as well; anything else is ignored. `absent`
 * while kubelet has made the folder and the runtime no log yet.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/kuberuntime/helpers.go (BuildContainerLogsDirectory)
 */
export function parseContainerLogFolder(text: string): Parsed<Maybe<number>> {
  const counts = text.split('\n').flatMap((name) => {
    const [, count] = LOG.exec(name) ?? [];
    return count === undefined ? [] : [Number(count)];
  });
  if (counts.length === 0) return { value: missing('absent', 'the container has no log yet'), issues: [] };
  return { value: counts.reduce((most, count) => Math.max(most, count)), issues: [] };
}

const LOG = /^(\d{1,9})\.log(?:\.|$)/;
