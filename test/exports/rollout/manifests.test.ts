import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { SESSION_LABELS } from '../../../src/app/kubectl/pod.ts';
import { encodeGrafanaDashboard } from '../../../src/exports/rollout/grafana-dashboard.ts';
import { encodeManifests } from '../../../src/exports/rollout/kubernetes.ts';
import { encodeSystemdUnit } from '../../../src/exports/rollout/systemd-unit.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { makeFolder } from '../../support/cleanup.ts';
import { programMissing } from '../../support/program-missing.ts';

const folder = makeFolder(tmpdir(), 'manifests');
afterAll(folder.remove);

const OPTIONS = { image: 'example.org/slabtop-k8s:1.0.0', namespace: 'monitoring', podMonitor: false };
const text = encodeManifests(OPTIONS, '1.0.0');
const documents = parseAllDocuments(text).map((each) => each.toJS());

test('namespace, DaemonSet, Service; a PodMonitor where it is asked for', () => {
  expect(documents.map(({ kind }) => kind)).toEqual(['Namespace', 'DaemonSet', 'Service']);
  expect(encodeManifests({ ...OPTIONS, podMonitor: true }, '1.0.0')).toContain('kind: PodMonitor');
});

test('the pod has no token, writes nothing, and no privilege but the root user and the root folder, read-only', () => {
  const { spec } = documents[1].spec.template;
  expect(spec.automountServiceAccountToken).toBe(false);
  for (const key of ['hostPID', 'hostNetwork', 'hostIPC', 'serviceAccountName', 'initContainers']) {
    expect(spec, key).not.toHaveProperty(key);
  }
  const [container, ...others] = spec.containers;
  expect(others).toEqual([]);
  expect(container.securityContext).toEqual({
    runAsUser: 0,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(container.volumeMounts).toEqual([
    { name: 'root', mountPath: '/host', readOnly: true, mountPropagation: 'HostToContainer' },
  ]);
  expect(spec.volumes).toEqual([{ name: 'root', hostPath: { path: '/', type: 'Directory' } }]);
  expect(container.args).toContain('--read-only');
});

test('a pod of kubectl slabtop in the same namespace is none of the DaemonSet, nor a target', () => {
  const monitor = parseAllDocuments(encodeManifests({ ...OPTIONS, podMonitor: true }, '1.0.0'))
    .at(-1)
    ?.toJS();
  const [, daemonSet, service] = documents;
  for (const labels of [
    daemonSet.spec.selector.matchLabels,
    service.spec.selector,
    monitor.spec.selector.matchLabels,
  ]) {
    const taken = Object.entries(labels).every(([label, value]) =>
      Object.entries(SESSION_LABELS).some(([l, v]) => l === label && v === value),
    );
    expect(taken).toBe(false);
  }
});

test('a scraper that goes by annotations finds each node once, not by its pod and by the Service', () => {
  const annotated = documents.filter((document) => JSON.stringify(document).includes('prometheus.io/scrape'));
  expect(annotated.map(({ kind }) => kind)).toEqual(['Service']);
});

test('an operator that adds the namespace of the pod leaves ours, which is that of the workload', () => {
  const monitor = parseAllDocuments(encodeManifests({ ...OPTIONS, podMonitor: true }, '1.0.0'))
    .at(-1)
    ?.toJS();
  expect(monitor.spec.podMetricsEndpoints).toMatchObject([{ honorLabels: true }]);
});

const noKubectl = programMissing('kubectl');
test.skipIf(noKubectl)('kubectl reads them', () => {
  const file = join(folder.path, 'manifests.yaml');
  writeFileSync(file, text);
  const named = execFileSync('kubectl', ['label', '--local', '-f', file, 'a=b', '-o', 'name'], { encoding: 'utf8' });
  expect(named.trim().split('\n')).toEqual([
    'namespace/monitoring',
    'daemonset.apps/slabtop-k8s',
    'service/slabtop-k8s',
  ]);
});

test('the dashboard: ids are unique, every target has a refId and the chosen datasource', () => {
  const dashboard = JSON.parse(encodeGrafanaDashboard(DEFAULT_THRESHOLDS, '1.0.0'));
  const ids: number[] = dashboard.panels.map(({ id }: { id: number }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const panel of dashboard.panels.filter(({ type }: { type: string }) => type !== 'row')) {
    expect(panel.targets, panel.title).toHaveLength(1);
    expect(panel.targets[0]).toMatchObject({ refId: 'A', datasource: { type: 'prometheus' } });
  }
});

const noAnalyze = programMissing('systemd-analyze');
test.skipIf(noAnalyze)('systemd calls the unit well protected', () => {
  const file = join(folder.path, 'slabtop-k8s.service');
  writeFileSync(file, encodeSystemdUnit('/bin/true', '1.0.0'));
  const said = execFileSync('systemd-analyze', ['security', '--offline=true', file], { encoding: 'utf8' });
  expect(Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(said)?.[1])).toBeLessThan(3);
});
