import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kubeletMetricsSentences } from '../../src/format/kubelet-metrics-sentences.ts';
import { parseKubeletMetrics } from '../../src/profile/kubelet-metrics.ts';
import { nonsense } from '../support/nonsense.ts';

/** Lines as kubelet 1.26 prints them, most of them left out. */
const METRICS = `# HELP kubelet_cgroup_manager_duration_seconds [ALPHA] Duration in seconds for cgroup manager operations.
# TYPE kubelet_cgroup_manager_duration_seconds histogram
kubelet_cgroup_manager_duration_seconds_bucket{operation_type="create",le="0.005"} 480
kubelet_cgroup_manager_duration_seconds_sum{operation_type="create"} 0.9
kubelet_cgroup_manager_duration_seconds_count{operation_type="create"} 500
kubelet_cgroup_manager_duration_seconds_count{operation_type="destroy"} 460
kubelet_cgroup_manager_duration_seconds_count{operation_type="update"} 21000
kubelet_http_requests_total{long_running="false",method="GET",path="metrics/cadvisor",server_type="readwrite"} 6000
kubelet_http_requests_total{long_running="false",method="GET",path="stats/summary",server_type="readwrite"} 1200
kubelet_http_requests_total{long_running="false",method="POST",path="stats/summary",server_type="readwrite"} 1
kubelet_pleg_relist_duration_seconds_sum 2500.5
kubelet_pleg_relist_duration_seconds_count 5000
kubelet_runtime_operations_total{operation_type="create_container"} 1500
kubelet_runtime_operations_total{operation_type="remove_container"} 1400
kubelet_runtime_operations_total{operation_type="run_podsandbox"} 500
kubernetes_build_info{build_date="2024-03-14T00:00:00Z",git_version="v1.26.15",go_version="go1.21.8",major="1",minor="26"} 1
process_start_time_seconds 1.7e+09
go_goroutines 512
`;

test('version, exact counts of cgroups, the time of a relist and who makes it read', () => {
  expect(parseKubeletMetrics(METRICS)).toEqual({
    version: 'v1.26.15',
    startedSeconds: 1_700_000_000,
    podCgroupsCreated: 500,
    podCgroupsRemoved: 460,
    containersCreated: 1500,
    containersRemoved: 1400,
    sandboxesCreated: 500,
    // It comes into being with the first.
    sandboxesRemoved: 0,
    relistSeconds: 0.5001,
    relists: 5000,
    requests: [
      { path: 'metrics/cadvisor', count: 6000 },
      { path: 'stats/summary', count: 1201 },
    ],
  });
});

test('sentences say how many a minute', () => {
  const said = kubeletMetricsSentences(parseKubeletMetrics(METRICS), 1_700_000_000 + 100 * 60);
  expect(said[0]).toMatch(/^kubelet v1.26.15, started .* ago/);
  expect(said).toContain('cgroups of pods: 500 created (5.00 a minute), 460 removed');
  expect(said).toContain('PLEG: 5,000 relists, 500 ms each on average');
  expect(said.at(-1)).toContain('metrics/cadvisor 6,000 (60.00 a minute), stats/summary 1,201');
});

test('what an older kubelet does not have is absent, not 0', () => {
  const metrics = parseKubeletMetrics('go_goroutines 5\n');
  for (const value of Object.values(metrics)) expect(value).toMatchObject({ unavailable: 'absent' });
  for (const sentence of kubeletMetricsSentences(metrics, 0)) expect(sentence).not.toMatch(/undefined|NaN|\b0\b/);
});

test('never throws, whatever the text', () => {
  fc.assert(fc.property(nonsense(METRICS), (text) => kubeletMetricsSentences(parseKubeletMetrics(text), 5).length > 0));
});
