import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseKubepodsPath } from '../../../src/sources/kubernetes/kubepods.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';

const UID = '499f39d9-4dcb-11e9-9329-5304f5b02b96';
const SLICE_UID = '499f39d9_4dcb_11e9_9329_5304f5b02b96';
const STATIC_UID = '1b5a4b7e0e7a45a3c1c1d0f3f8c2a9d4';
const ID = 'a73cb32fe851eb7bd1d1f4d42ec1beda34ead7897300e7bb2ec324e1f88e728a';
const SYSTEMD = '/kubepods.slice/kubepods-burstable.slice';
const SYSTEMD_POD = `${SYSTEMD}/kubepods-burstable-pod${SLICE_UID}.slice`;

const burstable = { qos: 'burstable', podUid: UID };

test.each([
  ['cgroupfs root', '/kubepods', { kind: 'root' }],
  ['cgroupfs class', '/kubepods/besteffort', { kind: 'qos', qos: 'besteffort' }],
  ['cgroupfs pod', `/kubepods/burstable/pod${UID}`, { kind: 'pod', ...burstable }],
  [
    'cgroupfs container',
    `/kubepods/burstable/pod${UID}/${ID}`,
    { kind: 'container', ...burstable, container: { id: ID } },
  ],
  [
    'cgroupfs container of CRI-O',
    `/kubepods/burstable/pod${UID}/crio-${ID}`,
    { kind: 'container', ...burstable, container: { id: ID, runtime: 'cri-o' } },
  ],
  ['cgroupfs guaranteed pod', `/kubepods/pod${UID}`, { kind: 'pod', qos: 'guaranteed', podUid: UID }],
  ['static pod', `/kubepods/burstable/pod${STATIC_UID}`, { kind: 'pod', qos: 'burstable', podUid: STATIC_UID }],
  ['systemd root', '/kubepods.slice', { kind: 'root' }],
  ['systemd class', SYSTEMD, { kind: 'qos', qos: 'burstable' }],
  ['systemd pod', SYSTEMD_POD, { kind: 'pod', ...burstable }],
  [
    'systemd guaranteed pod',
    `/kubepods.slice/kubepods-pod${SLICE_UID}.slice`,
    { kind: 'pod', qos: 'guaranteed', podUid: UID },
  ],
  [
    'systemd static pod',
    `${SYSTEMD}/kubepods-burstable-pod${STATIC_UID}.slice`,
    { kind: 'pod', qos: 'burstable', podUid: STATIC_UID },
  ],
  [
    'containerd',
    `${SYSTEMD_POD}/cri-containerd-${ID}.scope`,
    { kind: 'container', ...burstable, container: { id: ID, runtime: 'containerd' } },
  ],
  [
    'CRI-O',
    `${SYSTEMD_POD}/crio-${ID}.scope`,
    { kind: 'container', ...burstable, container: { id: ID, runtime: 'cri-o' } },
  ],
  [
    'Docker',
    `${SYSTEMD_POD}/docker-${ID}.scope`,
    { kind: 'container', ...burstable, container: { id: ID, runtime: 'docker' } },
  ],
  ['the monitor of CRI-O is no container', `${SYSTEMD_POD}/crio-conmon-${ID}.scope`, { kind: 'nested', ...burstable }],
  [
    'a cgroup that the workload made',
    `${SYSTEMD_POD}/crio-${ID}.scope/container/init.scope`,
    { kind: 'nested', ...burstable, container: { id: ID, runtime: 'cri-o' } },
  ],
  [
    'kind, cgroupfs',
    `/docker/${ID}/kubelet/kubepods/burstable/pod${UID}/${ID}`,
    { kind: 'container', ...burstable, container: { id: ID } },
  ],
  [
    'kind, systemd',
    `/system.slice/docker-${ID}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${SLICE_UID}.slice/cri-containerd-${ID}.scope`,
    { kind: 'container', ...burstable, container: { id: ID, runtime: 'containerd' } },
  ],
  ['seen from inside a cgroup namespace', `/../../kubepods/burstable/pod${UID}`, { kind: 'pod', ...burstable }],
  [
    'kubelet on systemd, containerd on cgroupfs',
    `/system.slice/containerd.service/kubepods-burstable-pod${SLICE_UID}.slice:cri-containerd:${ID}`,
    { kind: 'container', ...burstable, container: { id: ID, runtime: 'containerd' } },
  ],
  [
    'a cluster inside a pod belongs to the outer pod',
    `/kubepods/burstable/pod${UID}/${ID}/kubelet/kubepods/besteffort/pod${STATIC_UID}`,
    { kind: 'nested', ...burstable, container: { id: ID } },
  ],
])('%s', (_, path, answer) => {
  expect(parseKubepodsPath(path)).toEqual(answer);
});

test.each([
  '/',
  '',
  '/system.slice/kubelet.service',
  `/docker/${ID}`,
  `/user.slice/pod${UID}`,
  '/kubepods/podx',
  '/kubepods/system',
  '/mykubepods',
  `/system.slice/kubepods-burstable-pod${SLICE_UID}.service`,
])('%j is not of Kubernetes', (path) => {
  expect(parseKubepodsPath(path)).toBe('not-kubernetes');
});

test('the captured 4.4 node: 60 pods of three classes, two containers each', () => {
  const root = `${captured('incident')}/sys/fs/cgroup/memory`;
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${entry.parentPath.slice(root.length)}/${entry.name}`);
  const counts = new Map<string, number>();
  for (const path of paths) {
    const parsed = parseKubepodsPath(path);
    const key = parsed === 'not-kubernetes' ? parsed : 'qos' in parsed ? `${parsed.kind} ${parsed.qos}` : parsed.kind;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    root: 1,
    'qos burstable': 1,
    'qos besteffort': 1,
    'pod guaranteed': 6,
    'pod burstable': 48,
    'pod besteffort': 6,
    'container guaranteed': 12,
    'container burstable': 96,
    'container besteffort': 12,
    'not-kubernetes': 2,
  });
});

test('never throws on any path, however long', () => {
  expect(parseKubepodsPath(`/kubepods${'/kubepods-'.repeat(50_000)}`)).toBe('not-kubernetes');
  fc.assert(
    fc.property(nonsense(`${SYSTEMD_POD}/cri-containerd-${ID}.scope`), (path) => {
      const parsed = parseKubepodsPath(path);
      return parsed === 'not-kubernetes' || !('podUid' in parsed) || parsed.podUid === UID;
    }),
  );
});
