import { expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '../../src/diagnosis/diagnose.ts';
import { say } from '../../src/diagnosis/prose/say.ts';
import type { RuleId } from '../../src/diagnosis/rules/rules.ts';
import * as quantity from '../../src/format/quantity.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { publicReport } from '../support/captures.ts';
import { type Observed, observeFixture } from '../support/observe.ts';

interface Seen extends Diagnosis, Observed {
  readonly verdict: string;
  readonly severityOf: (id: RuleId) => string | undefined;
  readonly text: (id: RuleId) => string;
}

/** Two looks, as `check` takes them. */
function look(name: string): Seen {
  const seen = observeFixture(publicReport(name), 2);
  const diagnosis = diagnose(seen.model, seen.observer.history, DEFAULT_THRESHOLDS);
  const of = (id: RuleId) => diagnosis.findings.find((finding) => finding.id === id);
  return {
    ...seen,
    ...diagnosis,
    verdict: say(diagnosis.headline, quantity),
    severityOf: (id) => of(id)?.severity,
    text: (id) => [of(id)?.title, ...(of(id)?.details ?? [])].map((each) => each && say(each, quantity)).join('\n'),
  };
}

test('kind 421, a nested node on v1: only a part is seen, so that dying is unknown and no drop is recommended', () => {
  const { overall, verdict, model, recommendedDrop } = look('01-kind421-nested-v1');
  expect(model.memcg.dying).toMatchObject({ unavailable: 'partial' });
  expect(overall).toBe('unknown');
  expect(verdict).toContain('--host-root');
  expect(recommendedDrop).toHaveProperty('none');
});

test('coreos 1927: one cache is out of proportion, and what it is', () => {
  const { overall, verdict } = look('06-coreos1927-kernfs');
  expect(overall).toBe('warning');
  expect(verdict).toMatch(/^one slab cache, kernfs_node_cache, takes 3.57 GiB/);
});

test('perf-tools 78, 14 GiB of slab: dentries dominate', () => {
  expect(look('07-perftools78-slab15g').verdict).toMatch(/^13.8 GiB of 14.2 GiB slab are dentries/);
});

test('kube-aws 954: the dying are pinned by slab, and mode 2 helps', () => {
  const { model, verdict, recommendedDrop, pins } = look('08-kubeaws954-kmem_cache');
  expect(model.memcg.dying).toBe(25_240);
  expect(verdict).toMatch(/^25,240 dying memory cgroups make memory.stat slow/);
  expect(pins).toMatchObject({ by: 'slab' });
  expect(recommendedDrop).toMatchObject({ request: { mode: 2 } });
});

test('opencloudtouch 387, arm64: 2.3 million negative dentries', () => {
  const { severityOf, text } = look('09-opencloudtouch387-negative');
  expect(severityOf('negative-dentries')).toBe('info');
  expect(text('negative-dentries')).toMatch(/^2,3\d\d,\d\d\d negative dentries/);
});

test('node_exporter 3506: two caches of one name are two rows', () => {
  const { model } = look('11-nodeexporter3506-dup-slabs');
  const names = 'unavailable' in model.slab.caches ? [] : model.slab.caches.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.endsWith(' (2)'))).not.toEqual([]);
});

test('below 8121: units with colons and escapes in their names are live cgroups', () => {
  const { model, overall } = look('13-below8121-colons');
  const paths = 'unavailable' in model.memcg.cgroups ? [] : model.memcg.cgroups.map(({ path }) => path);
  expect(paths.filter((path) => path.includes(':'))).not.toEqual([]);
  expect(paths).toHaveLength(7);
  expect(model.memcg.dying).toBe(3);
  expect(overall).toBe('ok');
});

test('runc 2751: further lines of numa_stat do no harm', () => {
  const { model, verdict } = look('14-runc2751-numa-extra');
  expect(model.memcg.dying).toBe(6_400);
  expect(verdict).toMatch(/^6,400 dying memory cgroups make memory.stat slow/);
});

test('lxc 1443: 65,535 memory cgroups on 3.19, nearly all of them dying', () => {
  const { model, overall, verdict, severityOf } = look('17-lxc1443-65535');
  expect(model.memcg.total).toBe(65_535);
  expect(overall).toBe('critical');
  expect(severityOf('memcg-ids')).toBe('critical');
  expect(verdict).toMatch(/dying memory cgroups make memory.stat slow: root read 3.10 s/);
});

test.each(['20-containerd3133-hyperkube', '20b-incident-two-instants'])(
  '%s: at the first look the reads explain at least so much, and not "do not explain"',
  (name) => {
    const { overall, verdict, text } = look(name);
    expect(overall).toBe('critical');
    expect(verdict).toMatch(/explains at least \d/);
    expect(text('kubelet-attribution')).toMatch(/^reads of cgroup files explain at least/);
  },
);

test('cAdvisor 3233: kubelet is bound in the kernel, and it is not the dying', () => {
  const { overall, verdict, severityOf } = look('28-cadvisor3233-fds');
  expect(overall).toBe('warning');
  expect(verdict).toMatch(/^kubelet spends 150.0 % of a core in the kernel/);
  expect(severityOf('dying-cgroups')).toBe('ok');
  expect(severityOf('slow-memory-stat')).toBe('ok');
});

test('systemd 16728: PID 1 is the hot one, and is named in the verdict', () => {
  const { overall, verdict } = look('31-systemd16728-pid1');
  expect(overall).toBe('warning');
  expect(verdict).toMatch(/^systemd \(pid 1\) takes 85.0 % of a core, .*mount table/);
});

test('a burst of 68,680 cgroups: critical by numa_stat, and nothing beside it says that this is no incident', () => {
  const seen = look('34-pinterest-burst');
  expect(seen.overall).toBe('critical');
  expect(seen.verdict).toMatch(/memory.numa_stat/);
  expect(seen.severityOf('slow-numa-stat')).toBe('critical');
  for (const { id } of seen.findings) expect(seen.text(id as RuleId), id).not.toContain('no incident');
});

test('origin 14514: "openshift start node" is the kubelet', () => {
  const { model } = look('36-origin14514-openshift-node');
  expect(model.kubelet).toMatchObject({ pid: 1700, found: 'openshift', cpuPct: expect.closeTo(60, 0) });
});

test('icp 181, ppc64le with pages of 64 KiB: the dying are told, and the cache that holds 109 GiB is named', () => {
  const { model, verdict, severityOf, text } = look('37-icp181-ppc64le-64k');
  expect(model.memcg.dying).toBe(23_910);
  expect(verdict).toMatch(/^23,910 dying memory cgroups make memory.stat slow/);
  expect(severityOf('slab-out-of-proportion')).toBe('warning');
  expect(text('slab-out-of-proportion')).toContain('kmalloc-8192');
});
