import { expect, test } from 'vitest';
import { workloadOf } from '../../../src/exports/metrics/workload.ts';

test.each([
  ['payments-6d5f9c7b8-x2x9z', 'payments', 'a Deployment'],
  ['coredns-78fcd69978-6vgtr', 'coredns', 'a Deployment'],
  ['report-28714421-x7x2p', 'report', 'a CronJob'],
  ['node-exporter-7d8qz', 'node-exporter', 'a DaemonSet'],
  ['db-0', 'db', 'a StatefulSet'],
  ['etcd-backup', 'etcd-backup', 'a pod of its own: vowels are never random'],
  ['web', 'web', 'a pod of its own'],
  ['-zxzxz', '-zxzxz', 'nothing would be left'],
])('%s belongs to %s (%s)', (pod, workload) => expect(workloadOf(pod)).toBe(workload));

test('a static pod bears the name of its node', () => {
  expect(workloadOf('kube-apiserver-master-1', 'master-1')).toBe('kube-apiserver');
});
