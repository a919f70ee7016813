import { type Maybe, missing } from '../../core/missing.ts';
import type { Issue, Parsed } from '../../core/parsed.ts';
import { quoted } from '../text.ts';

/** What a pod is called in its cluster. */
export interface PodName {
  readonly namespace: string;
  readonly pod: string;
}

/**
 * Parses the names of the folders in `/var/log/pods`, one a line, into pod names by uid: the only way to them without
 * the API server. `kube-system_etcd-node-7_1b5a...` is namespace, pod and uid; neither of the names can hold a `_`.
 * A bare uid is what kubelet made up to 1.13: its name is `absent`. Anything else in there is ignored, except what
 * has one `_` only, which is an issue.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/kuberuntime/helpers.go (BuildPodLogsDirectory)
 */
export function parsePodLogFolders(text: string): Parsed<ReadonlyMap<string, Maybe<PodName>>> {
  const names = new Map<string, Maybe<PodName>>();
  const issues: Issue[] = [];
  text.split('\n').forEach((folder, index) => {
    const first = folder.indexOf('_');
    const last = folder.lastIndexOf('_');
    if (first < 0) {
      if (BARE_UID.test(folder)) names.set(folder, missing('absent', "this kubelet's log folders carry no pod names"));
      return;
    }
    const namespace = folder.slice(0, first);
    const pod = folder.slice(first + 1, last);
    const uid = folder.slice(last + 1);
    if (namespace === '' || pod === '' || uid === '' || first === last) {
      issues.push({ line: index + 1, message: `expected namespace_pod_uid, got ${quoted(folder)}` });
    } else {
      names.set(uid, { namespace, pod });
    }
  });
  return { value: names, issues };
}

const BARE_UID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
