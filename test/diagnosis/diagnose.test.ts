import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '../../src/diagnosis/diagnose.ts';
import { say } from '../../src/diagnosis/prose/say.ts';
import { RULES } from '../../src/diagnosis/rules/rules.ts';
import * as quantity from '../../src/format/quantity.ts';
import { History } from '../../src/model/history.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { captured } from '../support/captures.ts';
import { makeFolder } from '../support/cleanup.ts';
import { readProcessTemplate, writeProcess } from '../support/generated-processes.ts';
import { observeFixture } from '../support/observe.ts';
import { all, aNode, aRead, dying, MISSING, textOf, withReads } from './a-node.ts';

const diagnosed = (root: string, ticks = 1): Diagnosis => {
  const { model, observer } = observeFixture(root, ticks);
  return diagnose(model, observer.history, DEFAULT_THRESHOLDS);
};

const finding = (diagnosis: Diagnosis, id: string) => {
  const found = diagnosis.findings.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no finding of ${id}`);
  return found;
};

describe('the captured 4.4.155', () => {
  test('its incident is critical by count and read time, pinned by slab below burstable, and mode 2 fits', () => {
    const diagnosis = diagnosed(captured('incident'));
    expect(diagnosis.overall).toBe('critical');
    expect(say(diagnosis.headline, quantity)).toBe(
      '19,896 dying memory cgroups make memory.stat slow: root read 3.66 s',
    );
    expect(finding(diagnosis, 'dying-cgroups').severity).toBe('critical');
    expect(finding(diagnosis, 'slow-memory-stat').severity).toBe('critical');
    expect(finding(diagnosis, 'kubelet-attribution')).toMatchObject({
      severity: 'unknown',
      reason: { unavailable: 'absent' },
    });
    expect(diagnosis.pins.by).toBe('slab');
    expect(diagnosis.pins.where.map(({ path, by }) => ({ path, by }))).toEqual([
      { path: '/kubepods/burstable', by: 'slab' },
    ]);
    expect(diagnosis.pins.where[0]?.bytes).toBeCloseTo(654.8e6, -5);
    expect(diagnosis.recommendedDrop).toMatchObject({ request: { mode: 2, sync: false } });
    expect(diagnosis.remedies[0]).toBe('drop-slab');
    expect(diagnosis.measured.find(({ item }) => item === 'memory.stat')).toMatchObject({
      suffers: 'yes',
      agreement: 'agree',
    });
  });

  test.each(['healthy', 'after-drop'] as const)('%s is ok', (moment) => {
    const diagnosis = diagnosed(captured(moment));
    expect(diagnosis.overall).toBe('ok');
    expect(diagnosis.recommendedDrop).toHaveProperty('none');
    expect(diagnosis.remedies).toEqual([]);
    expect(say(diagnosis.headline, quantity)).toMatch(/^healthy: [02] dying memory cgroups/);
  });
});

test('the incident with a kubelet: the attribution worked out by hand', () => {
  // In 10 s kubelet used 8.9 s of system and 1.2 s of user time: 89 % and 12 % of a core. It reads the root in 3.66 s
  // and kubepods in 3.5996 s, each again after 10 s: 3.66 / 13.66 + 3.5996 / 13.5996 = 26.79 % + 26.47 % = 53.26 %.
  // 53.26 of 89 is 59.8 %.
  const diagnosis = diagnosed(incidentWithKubelet(), 2);
  const attribution = finding(diagnosis, 'kubelet-attribution');
  expect(attribution.severity).toBe('critical');
  expect(textOf(attribution)).toBe(
    [
      "reads of cgroup files explain at least 59.8 % of kubelet's system CPU of 89.0 %",
      'kubelet reads every cgroup every 10.0 s (--housekeeping-interval)',
      '/: 3.66 s / (3.66 s + 10.0 s) = 26.8 % of a core',
      '/kubepods: 3.60 s / (3.60 s + 10.0 s) = 26.5 % of a core',
      'together 53.3 % of 89.0 % observed',
      'it may be more: 183 of the files it reads are not timed yet, /kubepods/besteffort and /kubepods/burstable among them',
      'system CPU is the mean of the last 10 s, the span of the reads',
    ].join('\n'),
  );
  expect(say(diagnosis.headline, quantity)).toBe(
    "19,896 dying memory cgroups make memory.stat slow: root read 3.66 s; explains at least 59.8 % of kubelet's system CPU",
  );
  expect(finding(diagnosis, 'kubelet-in-kernel').severity).toBe('warning');
  expect(finding(diagnosis, 'lookalikes').severity).toBe('ok');
  expect(diagnosis.remedies).toContain('housekeeping-interval');
});

describe('the whole verdict', () => {
  const overall = (
    change: Parameters<typeof aNode>[0],
    history = observeFixture(captured('healthy')).observer.history,
  ) => diagnose(aNode(change), history, DEFAULT_THRESHOLDS).overall;

  test('is ok only where the dying are counted and a read was timed', () => {
    expect(overall((model) => model)).toBe('ok');
    expect(overall(withReads())).toBe('unknown');
    expect(overall((model) => ({ ...model, memcg: { ...model.memcg, dying: MISSING } }))).toBe('unknown');
  });

  test('is the worst that is known, whatever else is missing', () => {
    expect(overall(all(dying(20_000), withReads()))).toBe('warning');
    expect(overall((model) => ({ ...withReads(aRead(4))(model), memcg: { ...model.memcg, dying: MISSING } }))).toBe(
      'critical',
    );
  });

  test('has a finding of every rule, worst first', () => {
    const { findings } = diagnosed(captured('incident'));
    expect(findings.map(({ id }) => id).sort()).toEqual(RULES.map(({ id }) => id).sort());
    expect(findings[0]?.severity).toBe('critical');
    expect(findings.at(-1)?.severity).toBe('ok');
  });
});

/** Derived: the captured incident, twice, ten seconds apart, with a kubelet that burns 89 % of a core in the kernel. */
function incidentWithKubelet(): string {
  const { path: folder } = makeFolder(tmpdir(), 'variant');
  const origin = 'derived: the captured Linux 4.4.155 incident with a kubelet process put in, in two steps';
  writeFileSync(join(folder, 'host.json'), JSON.stringify({ fixture: 'slabtop-k8s/1', origin }));
  const steps = [
    { name: 'step-1', at: '2026-11-23T14:00:00Z', userTicks: 1000, systemTicks: 50_000 },
    { name: 'step-2', at: '2026-11-23T14:00:10Z', userTicks: 1120, systemTicks: 50_890 },
  ];
  for (const { name, at, userTicks, systemTicks } of steps) {
    const root = join(folder, name);
    cpSync(captured('incident'), root, { recursive: true });
    const declared: object = JSON.parse(readFileSync(join(root, 'host.json'), 'utf8'));
    writeFileSync(join(root, 'host.json'), JSON.stringify({ ...declared, origin, at }));
    const proc = join(root, 'proc');
    const argv = ['/usr/bin/kubelet', '--housekeeping-interval=10s'];
    writeProcess(proc, readProcessTemplate(proc).files, { pid: 90_001, argv, threads: 2, opened: [] });
    const stat = join(proc, '90001/stat');
    const [before, after] = readFileSync(stat, 'utf8').split(') ');
    const fields = (after ?? '').split(' ');
    // utime and stime are the 14th and 15th fields of proc(5); these begin at the third.
    fields.splice(11, 2, String(userTicks), String(systemTicks));
    writeFileSync(stat, `${before}) ${fields.join(' ')}`);
  }
  return folder;
}

test('a healthy node whose slowest read waited for a CPU says how little of it was CPU', () => {
  const waited = aRead(0.088, { wallSeconds: 3.09, path: '/kubepods/pod1' });
  const model = aNode(all(dying(0), withReads(aRead(0.001), waited)));
  const { overall, headline } = diagnose(model, new History(), DEFAULT_THRESHOLDS);
  expect(overall).toBe('ok');
  expect(say(headline, quantity)).toBe(
    'healthy: 0 dying memory cgroups, the slowest read of memory.stat takes 88 ms of CPU in 3.09 s',
  );
});
