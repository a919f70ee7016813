import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { FAMILIES, NO_METRIC } from '../../../src/exports/metrics/families.ts';
import type { MetricContext } from '../../../src/exports/metrics/metric.ts';
import { encodeMetrics } from '../../../src/exports/metrics/text.ts';
import { FIELDS } from '../../../src/model/fields.ts';
import type { Model } from '../../../src/model/model.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { captured } from '../../support/captures.ts';
import { observeFixture } from '../../support/observe.ts';
import { programMissing } from '../../support/program-missing.ts';

const { model, observer } = observeFixture(captured('incident'), 2);

function contextOf(changed: Model): MetricContext {
  const diagnosis = diagnose(changed, observer.history, DEFAULT_THRESHOLDS);
  return {
    report: { model: changed, diagnosis, toolVersion: '1.0.0' },
    nodeVersion: '20.0.0',
    samplerRestarts: 0,
    ticks: 2,
    names: (name) => name,
  };
}

const text = encodeMetrics(FAMILIES, contextOf(model));

/** Samples by series: what a scraper sees. */
function seriesOf(metrics: string): Map<string, number> {
  const lines = metrics.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

test('the incident in metrics: dying, read times and the verdict are those of the report', () => {
  const series = seriesOf(text);
  expect(series.get('slabtop_memcgs{state="live"}')).toBe(186);
  expect(series.get('slabtop_memcgs{state="dying"}')).toBe(19_896);
  expect(series.get('slabtop_stat_read_seconds{file="memory.stat",cgroup="/"}')).toBeCloseTo(3.66, 1);
  expect(series.get('slabtop_verdict_severity')).toBe(4);
  expect(series.get('slabtop_finding_severity{rule="dying-cgroups"}')).toBe(4);
  expect(series.get('slabtop_kernel_affected{item="memory.stat"}')).toBe(1);
});

test('every field of the catalogue has a metric, or it is said why it has none', () => {
  const told = new Set<string>(FAMILIES.flatMap(({ fields }) => fields));
  const excused = (id: string) => Object.keys(NO_METRIC).some((start) => id === start || id.startsWith(start));
  expect(Object.keys(FIELDS).filter((id) => !told.has(id) && !excused(id))).toEqual([]);
  const idle = Object.keys(NO_METRIC).filter((start) => !Object.keys(FIELDS).some((id) => id.startsWith(start)));
  expect(idle, 'excuses for fields that there are not').toEqual([]);
});

test('a value that is missing has no series, and its reason has one', () => {
  const series = seriesOf(text);
  expect([...series.keys()].filter((name) => name.startsWith('slabtop_kubelet_cpu'))).toEqual([]);
  expect([...series.keys()]).toContainEqual(expect.stringMatching(/^slabtop_field_missing\{field="kubelet",/));
});

test('names are legal, series are unique, and no family has more of them than it says', () => {
  for (const family of FAMILIES) {
    expect(family.name).toMatch(/^slabtop_[a-z0-9_]+$/);
    expect(family.type === 'counter', family.name).toBe(family.name.endsWith('_total'));
    expect(family.samples(contextOf(model)).length, family.name).toBeLessThanOrEqual(family.mostSeries);
  }
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(seriesOf(text).size).toBe(lines.length);
  expect(lines.length).toBeLessThanOrEqual(200);
});

test('whatever a name holds, a line stays a line and the series stay apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (nodename, controller) => {
      const changed: Model = {
        ...model,
        host: { ...model.host, name: nodename },
        node: { ...model.node, controllers: [{ name: controller, hierarchy: 1, cgroups: 7 }] },
      };
      for (const line of encodeMetrics(FAMILIES, contextOf(changed)).split('\n')) {
        expect(line).toMatch(
          /^$|^# (HELP|TYPE) slabtop_|^slabtop_[a-z_]+(\{([a-z_]+="([^"\\\n]|\\[\\"n])*",?)*\})? -?[\d.e+-]+$/,
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('no number that is not finite is ever told', () => {
  const changed: Model = {
    ...model,
    node: { ...model.node, inodes: Number.NaN, memoryTotalBytes: Number.POSITIVE_INFINITY },
  };
  expect(encodeMetrics(FAMILIES, contextOf(changed))).not.toMatch(/ (NaN|[+-]?Inf\w*)$/m);
});

const noPromtool = programMissing('promtool');
test.skipIf(noPromtool)('promtool finds nothing to say', () => {
  expect(execFileSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
});
