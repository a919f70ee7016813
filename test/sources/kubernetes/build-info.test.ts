import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBuildInfo } from '../../../src/sources/kubernetes/build-info.ts';
import { nonsense } from '../../support/nonsense.ts';

const FLAGS =
  "build\t-ldflags=\"all=-X 'k8s.io/component-base/version.buildDate=2024-03-14T00:00:00Z' " +
  "-X 'k8s.io/component-base/version.gitVersion=v1.26.15' -X 'k8s.io/component-base/version.gitMajor=1'\"";

test('the release that the linker was told, of kubelet and of k3s', () => {
  expect(
    parseBuildInfo(`go\tgo1.21.8\npath\tk8s.io/kubernetes/cmd/kubelet\nmod\tk8s.io/kubernetes\t(devel)\n${FLAGS}`),
  ).toBe('v1.26.15');
  expect(parseBuildInfo('build\t-ldflags="-X github.com/k3s-io/k3s/pkg/version.Version=v1.27.4+k3s1 -w"')).toBe(
    'v1.27.4+k3s1',
  );
});

test('the release of the module, where it was built from one', () => {
  expect(parseBuildInfo('mod\tk8s.io/kubernetes\tv1.30.2\th1:abc=')).toBe('v1.30.2');
});

test('absent where nothing is told, or something that is no release', () => {
  for (const text of ['', 'mod\tk8s.io/kubernetes\t(devel)\t', 'build\t-ldflags="-X x/version.gitVersion=main"']) {
    expect(parseBuildInfo(text)).toMatchObject({ unavailable: 'absent' });
  }
});

test('never throws, whatever the text', () => {
  fc.assert(fc.property(nonsense(FLAGS), (text) => parseBuildInfo(text) !== undefined));
});
