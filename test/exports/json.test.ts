import { expect, test } from 'vitest';
import { missing } from '../../src/core/missing.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { RULES } from '../../src/diagnosis/rules/rules.ts';
import { documentFields, encodeFieldTable } from '../../src/exports/document-fields.ts';
import { encodeJson, printJson } from '../../src/exports/json.ts';
import type { Report } from '../../src/exports/report.ts';
import type { Drop } from '../../src/model/drop.ts';
import { isFieldId } from '../../src/model/fields.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { captured } from '../support/captures.ts';
import { leavesOf } from '../support/leaves.ts';
import { observeFixture } from '../support/observe.ts';

const { model, observer } = observeFixture(captured('incident'), 2);
const diagnosis = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
const report: Report = { model, diagnosis, toolVersion: '1.0.0' };
const read = (text: string): unknown => JSON.parse(text);

const NUMBERS = {
  at: model.instant.at,
  slabBytes: 1,
  dentries: 2,
  dying: 3,
  heldKmemBytes: 5,
  rootReadSeconds: 4,
  kubeletSystemPct: missing('absent'),
};

const DROP: Drop = {
  id: 'drop-1',
  request: { mode: 2, sync: false },
  startedAt: model.instant.at,
  startedMonotonicSeconds: 7,
  doneAt: model.instant.at,
  phase: 'done',
  rehearsal: false,
  writeSeconds: 12.1,
  before: NUMBERS,
  after: NUMBERS,
  minuteAfter: missing('warming-up'),
};

const full: Report = {
  ...report,
  model: {
    ...model,
    drops: [DROP],
    events: [
      { kind: 'drop', dropId: 'drop-1', ...model.instant },
      { kind: 'drop-by-other', slabDrops: 1, pageCacheDrops: 0, ...model.instant },
      { kind: 'kubelet-restarted', pid: 2, pidBefore: 1, ...model.instant },
      { kind: 'gap', seconds: 12, ...model.instant },
      { kind: 'export', path: '/root/a.md', ...model.instant },
    ],
    probes: {
      ...model.probes,
      inFlight: { topic: 'statReads', what: '/ memory.stat', path: '/', file: 'memory.stat', since: model.instant },
      lock: { heldByPid: 42 },
    },
  },
};

test('the keys of version 1 stand first and in their order', () => {
  const document = encodeJson(report);
  expect(Object.keys(document).slice(0, 11)).toEqual([
    'schema',
    'at',
    'tool',
    'host',
    'kubelet',
    'slab',
    'dentry',
    'memcg',
    'reads',
    'findings',
    'self',
  ]);
  expect(Object.keys(document.host).slice(0, 7)).toEqual([
    'name',
    'kernel',
    'distribution',
    'cgroup',
    'hybrid',
    'cpus',
    'uptimeSeconds',
  ]);
});

test('the incident gives its numbers', () => {
  expect(encodeJson(report)).toMatchObject({
    schema: 'slabtop-k8s/1',
    tool: { version: '1.0.0' },
    host: { name: 'node-sick', kernel: '4.4.155', cgroup: 'v1', hybrid: false },
    slab: { totalBytes: 913_543_168 },
    dentry: { objects: 3_083_199, negative: { unavailable: 'unsupported' } },
    memcg: {
      total: 20_082,
      live: 186,
      dying: 19_896,
      heldByDying: { kmemBytes: 654_753_792, pinnedBy: 'slab', where: [{ path: '/kubepods/burstable' }] },
    },
    overall: 'critical',
  });
});

test('every value of the document has a field, and of the kind that its unit says', () => {
  const units = new Map(documentFields().map(([id, { unit }]) => [id, unit]));
  const leaves = leavesOf(read(printJson(encodeJson(full, { cgroups: true }))));
  expect(leaves.length).toBeGreaterThan(2500);
  for (const { id, value } of leaves) {
    const unit = units.get(id);
    expect(unit, id).toBeDefined();
    expect(value, id).not.toBeNull();
    if (unit === 'time') expect(value, id).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    else if (unit === 'flag') expect(typeof value, id).toBe('boolean');
    else if (unit !== 'label' && unit !== 'text') expect(typeof value, id).toBe('number');
  }
});

test('what findings rest on can be looked up', () => {
  const fields = diagnosis.findings.flatMap(({ evidence }) => evidence.map(({ field }) => field));
  const inputs = RULES.flatMap((rule) => rule.inputs);
  expect(fields.length).toBeGreaterThan(10);
  for (const id of [...fields, ...inputs]) expect(isFieldId(id), id).toBe(true);
});

test('what is missing stands as its reason in its place', () => {
  const { kubelet, host } = encodeJson(report);
  expect(kubelet).toMatchObject({ unavailable: 'absent', detail: expect.stringContaining('kubelet') });
  expect(host.distribution).toEqual({ unavailable: 'absent', detail: '/etc/os-release: ENOENT' });
});

test('live cgroups are in it only when asked for', () => {
  expect(encodeJson(report).memcg).not.toHaveProperty('cgroups');
  expect(encodeJson(report, { cgroups: true }).memcg).toHaveProperty('cgroups.length', 186);
});

test('a document is one line, and the same bytes every time', () => {
  const text = printJson(encodeJson(report));
  expect(text).not.toContain('\n');
  expect(printJson(encodeJson(report))).toBe(text);
  expect(read(printJson(encodeJson(report), 'indented'))).toEqual(read(text));
});

test('names from the node reach no terminal as commands, and are unchanged for who parses them', () => {
  const hostile = 'a\u001b]0;x\u0007\u009b31m\u007f\u202e\u2028"\\\n\ufeffz';
  const text = printJson(encodeJson({ ...report, model: { ...model, host: { ...model.host, name: hostile } } }));
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/);
  expect(read(text)).toMatchObject({ host: { name: hostile } });
});

test('a number that is none is a reason, not null', () => {
  const text = printJson(
    encodeJson({ ...report, model: { ...model, slab: { ...model.slab, totalBytes: Number.NaN } } }),
  );
  expect(read(text)).toMatchObject({ slab: { totalBytes: { unavailable: 'malformed', detail: 'the number is NaN' } } });
});

test('the table of fields has a row for each, in the order of the document', () => {
  const rows = encodeFieldTable().trim().split('\n').slice(2);
  expect(rows).toHaveLength(documentFields().length);
  expect(rows[0]).toMatch(/^\| `schema` \| label \| .* \|$/);
  const sections = [...new Set(documentFields().map(([id]) => id.split(/[.[]/, 1)[0]))];
  expect(sections).toEqual(Object.keys(encodeJson(report)));
  for (const row of rows) expect(row.split('|')).toHaveLength(7);
});
