import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { RULES } from '../../../src/diagnosis/rules/rules.ts';
import { FAMILIES } from '../../../src/exports/metrics/families.ts';
import { alerts } from '../../../src/exports/rollout/alerts.ts';
import { encodePrometheusRules } from '../../../src/exports/rollout/prometheus-rules.ts';
import { recordingRules } from '../../../src/exports/rollout/records.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { makeFolder } from '../../support/cleanup.ts';
import { programMissing } from '../../support/program-missing.ts';

const folder = makeFolder(tmpdir(), 'rules');
afterAll(folder.remove);

const text = encodePrometheusRules(DEFAULT_THRESHOLDS, '1.0.0');
const file = join(folder.path, 'rules.yml');
writeFileSync(file, text);

const noPromtool = programMissing('promtool');

test('the thresholds in the rules are those of the program', () => {
  const changed = encodePrometheusRules(
    { ...DEFAULT_THRESHOLDS, dyingCritical: 7777, readWarningSeconds: 0.25 },
    '1.0.0',
  );
  expect(changed).toContain('>= 7777');
  expect(changed).toContain('slabtop_stat_read_worst_seconds >= 0.25');
  expect(text).toContain(`>= ${DEFAULT_THRESHOLDS.dyingCritical}`);
});

test('every series and every rule that is named is there', () => {
  const known = new Set(
    FAMILIES.flatMap(({ name, type }) => (type === 'summary' ? [`${name}_sum`, `${name}_count`] : [name])),
  );
  const expressions = [...alerts(DEFAULT_THRESHOLDS), ...recordingRules(DEFAULT_THRESHOLDS)].map(({ expr }) => expr);
  for (const [series] of expressions.join('\n').matchAll(/\bslabtop_[a-z_0-9]+/g)) expect(known).toContain(series);
  const ids = RULES.map(({ id }) => id as string);
  for (const [, rule] of expressions.join('\n').matchAll(/rule="([^"]+)"/g)) expect(ids).toContain(rule);
});

test('no rule matches on the job, and each alert says what comes next', () => {
  for (const alert of alerts(DEFAULT_THRESHOLDS)) {
    expect(alert.expr, alert.alert).not.toContain('job=');
    expect(alert.description, alert.alert).toContain('kubectl slabtop');
  }
});

test.skipIf(noPromtool)('promtool takes them', () => {
  expect(execFileSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })).toContain('SUCCESS');
});

/** Series of one node, as a scrape makes them. */
function series(node: string, name: string, values: string, labels = ''): { series: string; values: string } {
  return { series: `${name}{job="slabtop-k8s",instance="${node}",node="${node}"${labels}}`, values };
}

/** What promtool finds where it evaluates the rules over the series and holds these tests against them. */
function expectRules(input: { series: string; values: string }[], wanted: object): void {
  const bare = structuredClone(parse(text));
  for (const { rules } of bare.groups) for (const rule of rules) rule.annotations = undefined;
  writeFileSync(join(folder.path, 'bare.yml'), stringify(JSON.parse(JSON.stringify(bare))));
  const tests = {
    rule_files: ['bare.yml'],
    evaluation_interval: '1m',
    tests: [{ interval: '1m', input_series: input, ...wanted }],
  };
  const testFile = join(folder.path, 'test.yml');
  writeFileSync(testFile, stringify(tests));
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', testFile], { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
}

/** Names of the alerts that fire for each node at a time, as promtool evaluates the rules over the series. */
function expectAlerts(
  input: { series: string; values: string }[],
  at: string,
  firing: Readonly<Record<string, readonly string[]>>,
) {
  const names = alerts(DEFAULT_THRESHOLDS).map(({ alert }) => alert);
  const { groups } = parse(text);
  const alertRules: { alert?: string; annotations: unknown; labels: { severity: string } }[] = groups.flatMap(
    ({ rules }: { rules: unknown[] }) => rules,
  );
  const severityOf = (name: string) => alertRules.find(({ alert }) => alert === name)?.labels.severity;
  expectRules(input, {
    alert_rule_test: names.map((alertname) => ({
      eval_time: at,
      alertname,
      exp_alerts: (firing[alertname] ?? []).map((labels) => ({
        exp_labels: { severity: severityOf(alertname), job: 'slabtop-k8s', ...JSON.parse(labels) },
      })),
    })),
  });
}

const on = (node: string, more: Readonly<Record<string, string>> = {}) =>
  JSON.stringify({ instance: node, node, ...more });

test.skipIf(noPromtool)('a node that is critical for long pages; one that was relieved in time does not', () => {
  const info = ',kernel="4.4.227",cgroup="v1"';
  expectAlerts(
    [
      series('a', 'slabtop_verdict_severity', '0x10 4x60'),
      series('b', 'slabtop_verdict_severity', '0x5 4x10 0x60'),
      series('c', 'slabtop_verdict_severity', '2x80'),
      ...['a', 'b', 'c'].map((node) => series(node, 'slabtop_node_info', '1x80', info)),
    ],
    '65m',
    { SlabtopNodeCritical: [on('a')], SlabtopVerdictUnknown: [on('c')] },
  );
});

test.skipIf(noPromtool)('growth warns a day ahead, only where the kernel walks the dying', () => {
  const dying = (node: string, values: string) => series(node, 'slabtop_memcgs', values, ',state="dying"');
  const affected = (node: string, value: number) =>
    series(node, 'slabtop_kernel_affected', `${value}x500`, ',item="memory.stat"');
  expectAlerts(
    [
      ...[dying('g', '1000+4x500'), dying('h', '1000+4x500'), dying('i', '2000x500')],
      ...[affected('g', 1), affected('h', 0), affected('i', 1)],
      ...['g', 'h', 'i'].map((node) => series(node, 'slabtop_verdict_severity', '1x500')),
    ],
    '8h',
    { SlabtopDyingCgroupsWillBeCritical: [on('g', { state: 'dying' })] },
  );
});

test.skipIf(noPromtool)('a hot kubelet is told apart by whether the reads explain it', () => {
  const found = (node: string, rule: string, value: number) =>
    series(node, 'slabtop_finding_severity', `${value}x60`, `,rule="${rule}"`);
  expectAlerts(
    [
      ...[found('x', 'kubelet-in-kernel', 3), found('x', 'kubelet-attribution', 4)],
      ...[found('y', 'kubelet-in-kernel', 3), found('y', 'kubelet-attribution', 0)],
      ...[found('z', 'kubelet-in-kernel', 3), found('z', 'kubelet-attribution', 2)],
    ],
    '50m',
    {
      SlabtopKubeletHotExplained: [on('x', { rule: 'kubelet-in-kernel' })],
      SlabtopKubeletHotUnexplained: [on('y', { rule: 'kubelet-in-kernel' })],
    },
  );
});

test.skipIf(noPromtool)('slab out of proportion and leftover pods warn once they stay', () => {
  const found = (node: string, rule: string, values: string) =>
    series(node, 'slabtop_finding_severity', values, `,rule="${rule}"`);
  expectAlerts(
    [
      ...[found('x', 'slab-out-of-proportion', '3x90'), found('x', 'leftover-pods', '3x90')],
      ...[found('y', 'slab-out-of-proportion', '0x90'), found('y', 'leftover-pods', '1x90')],
    ],
    '75m',
    {
      SlabtopSlabOutOfProportion: [on('x', { rule: 'slab-out-of-proportion' })],
      SlabtopLeftoverPods: [on('x', { rule: 'leftover-pods' })],
    },
  );
});

test.skipIf(noPromtool)('a node that vanished is silent, and drops by others are counted', () => {
  expectAlerts(
    [
      series('v', 'slabtop_verdict_severity', '0x20'),
      series('w', 'slabtop_verdict_severity', '0x200'),
      series('w', 'slabtop_cache_drops_total', '0+1x200', ',kind="slab"'),
    ],
    '75m',
    {
      SlabtopNodeSilent: [on('v')],
      SlabtopCachesDroppedByOthers: [on('w', { kind: 'slab' })],
    },
  );
});

test.skipIf(noPromtool)('a roll-out of the exporter, whose pods and addresses are new, makes no node silent', () => {
  const pod = (instance: string, name: string, values: string) => ({
    series: `slabtop_verdict_severity{job="slabtop-k8s",instance="${instance}",node="n",pod="${name}"}`,
    values,
  });
  const bare = (name: string, values: string) => ({
    series: `slabtop_verdict_severity{job="slabtop-k8s",instance="b",pod="${name}"}`,
    values,
  });
  expectAlerts(
    [
      ...[pod('10.0.0.1:10047', 'slabtop-k8s-1', '0x40 stale'), pod('10.0.0.9:10047', 'slabtop-k8s-2', '_x41 0x200')],
      ...[bare('slabtop-k8s-1', '0x40 stale'), bare('slabtop-k8s-2', '_x41 0x200')],
    ],
    '75m',
    {},
  );
});

test.skipIf(noPromtool)('two clusters with nodes of the same names are recorded apart, and judged by their own', () => {
  const of = (cluster: string, name: string, value: number, labels = '') => ({
    series: `${name}{job="j",instance="a",node="a",pod="p-${cluster}",cluster="${cluster}"${labels}}`,
    values: `${value}x60`,
  });
  const info = ',nodename="a",kernel="4.4.227",distribution="",cgroup="v1",kubelet_version="v1.27.3"';
  const found = (cluster: string, rule: string, value: number) =>
    of(cluster, 'slabtop_finding_severity', value, `,rule="${rule}"`);
  const counted = (cluster: string, level: string, more = '') => ({
    labels: `{cluster="${cluster}",job="j",level="${level}"${more}}`,
    value: 1,
  });
  const kernel = ',kernel="4.4.227",cgroup="v1"';
  expectRules(
    [
      ...[of('one', 'slabtop_verdict_severity', 4), of('two', 'slabtop_verdict_severity', 0)],
      ...[of('one', 'slabtop_node_info', 1, info), of('two', 'slabtop_node_info', 1, info)],
      ...[found('one', 'kubelet-in-kernel', 3), found('two', 'kubelet-attribution', 4)],
    ],
    {
      promql_expr_test: [
        {
          expr: 'sum without () (level:slabtop_nodes:count)',
          eval_time: '50m',
          exp_samples: [counted('one', '4'), counted('two', '0')],
        },
        {
          expr: 'sum without () (kernel_level:slabtop_nodes:count)',
          eval_time: '50m',
          exp_samples: [counted('one', '4', kernel), counted('two', '0', kernel)],
        },
        {
          expr: 'count(ALERTS{alertname="SlabtopKubeletHotExplained"}) or vector(0)',
          eval_time: '50m',
          exp_samples: [{ labels: '{}', value: 0 }],
        },
      ],
    },
  );
});
