import { type Maybe, missing } from '../../core/missing.ts';

/** A release of Kubernetes, as its own builds and those of k3s, rke2 and OpenShift name it: `v1.26.15+k3s1`. */
const RELEASE = /^v1\.\d{1,3}\.\d{1,3}(?:[-+.][\w.+-]{1,40})?$/;

/**
 * The release of a kubelet in what its executable says of how it was built (lines of `go version -m`): the linker was
 * told `-X k8s.io/component-base/version.gitVersion=v1.26.15`, or k3s's own `-X .../pkg/version.Version=...`; else that
 * of the module `k8s.io/kubernetes`, where it was built from a release of it.
 */
export function parseBuildInfo(text: string): Maybe<string> {
  const assigned = [...text.matchAll(/version\.(?:gitVersion|Version)=([^'"\s]+)/g)].map(([, release = '']) => release);
  const [, module = ''] = /^mod\tk8s\.io\/kubernetes\t(\S+)/m.exec(text) ?? [];
  const release = [...assigned, module].find((each) => RELEASE.test(each));
  return release ?? missing('absent', 'the executable does not tell its release');
}
