import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { compareDocuments } from '../../../src/exports/diff/comparison.ts';
import { encodeDiffJson } from '../../../src/exports/diff/diff-json.ts';
import { encodeDiffMarkdown } from '../../../src/exports/diff/diff-markdown.ts';
import { encodeDiffText } from '../../../src/exports/diff/diff-text.ts';
import { parseSnapshotDocument } from '../../../src/exports/diff/snapshot-document.ts';
import { encodeJson, printJson } from '../../../src/exports/json.ts';
import { printPlain } from '../../../src/exports/styled-text.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/model/thresholds.ts';
import { captured } from '../../support/captures.ts';
import { observeFixture } from '../../support/observe.ts';

const AT = '2026-11-23T14:00:00.000Z';

function documentOf(json: object) {
  const document = parseSnapshotDocument(JSON.stringify({ schema: 'slabtop-k8s/1', at: AT, ...json }));
  if (isMissing(document)) throw new Error(document.detail);
  return document;
}

function compared(a: object, b: object, redacted = false) {
  return compareDocuments(
    { name: 'a.json', document: documentOf(a), redacted: false },
    { name: 'b.json', document: documentOf(b), redacted },
  );
}

const sick = (dying: number, wallSeconds: number) => ({
  memcg: { dying },
  reads: [{ path: '/', file: 'memory.stat', wallSeconds }],
});

test.each([
  [sick(20_000, 4), sick(2, 0.03), /The dying cgroups went, and the reads are quick again/],
  [sick(100, 0.03), sick(20_000, 4), /More cgroups are dying, and the reads slow down with them/],
  [sick(100, 0.003), sick(20_000, 0.004), /but the reads are not slower/],
  [sick(20_000, 4), sick(2, 4), /but the reads are not quicker/],
  [sick(20_000, 1), sick(20_000, 4), /The reads are slower with as many dying cgroups/],
  [sick(20_000, 4), sick(20_000, 1), /The reads are quicker with as many dying cgroups/],
  [sick(20_000, 4), sick(19_000, 3.5), /Neither .* moved much/],
  [sick(20_000, 4), { memcg: { dying: 3 } }, /together is unknown/],
])('%j and %j together mean something', (a, b, sentence) => {
  expect(compared(a, b).conclusions.join('\n')).toMatch(sentence);
});

test('growth is told by the hour', () => {
  const later = { ...sick(12_000, 4), at: '2026-11-23T16:00:00.000Z' };
  expect(compared(sick(10_000, 1), later).conclusions.join('\n')).toContain('1,000 more dying cgroups an hour');
});

test('a finding that a document has not is neither new nor over', () => {
  const finding = (id: string, severity: string) => ({ id, severity, title: `${id} is ${severity}` });
  const { findings } = compared(
    { findings: [finding('a', 'critical'), finding('b', 'ok'), finding('c', 'warning'), finding('d', 'ok')] },
    { findings: [finding('a', 'ok'), finding('b', 'warning'), finding('c', 'critical'), finding('e', 'critical')] },
  );
  expect(isMissing(findings) ? findings : findings.map(({ id, change }) => `${id} ${change}`)).toEqual([
    'a cleared',
    'b appeared',
    'c worse',
  ]);
});

test('a node that was started again, and a kubelet that was, are told', () => {
  const at = '2026-11-23T15:00:00.000Z';
  const host = (uptimeSeconds: number) => ({ host: { name: 'n', uptimeSeconds } });
  expect(compared(host(9000), { ...host(600), at }).relation.sentences.join()).toContain('The node was started again');
  expect(compared(host(9000), { ...host(12_600), at }).relation.sentences.join()).not.toContain('started again');
  const kubelet = (pid: number) => ({ kubelet: { pid, startTicks: pid } });
  expect(compared(kubelet(1), kubelet(2)).relation.sentences.join()).toContain('kubelet was started again');
});

test('pseudonyms are not matched with names', () => {
  const held = (path: string) => ({
    memcg: { heldByDying: { where: [{ path, bytes: 5_000_000 }] } },
    host: { name: 'n' },
  });
  const pod = '/kubepods/pod00000000-0000-4000-8000-000000000001';
  const { relation, held: rows } = compared(held(pod), held('/kubepods'), true);
  expect(relation.sameNode).toBeUndefined();
  expect(relation.sentences.join()).toContain('Names are pseudonyms');
  expect(rows).toEqual([{ name: '/kubepods', before: 0, after: 5_000_000 }]);
});

test('the captured moments: text fits any width and says what the numbers are', () => {
  const moment = (name: 'incident' | 'after-drop') => {
    const { model, observer } = observeFixture(captured(name));
    const diagnosis = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
    const document = parseSnapshotDocument(printJson(encodeJson({ model, diagnosis, toolVersion: '1.0.0' })));
    if (isMissing(document)) throw new Error(document.detail);
    return { name, document, redacted: false };
  };
  const comparison = compareDocuments(moment('incident'), moment('after-drop'));
  for (const columns of [60, 80, 150, 220]) {
    const text = printPlain(encodeDiffText(comparison, columns));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(text).toMatch(/19,896/);
    expect(text).toMatch(/removed but are kept alive/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  }
  expect(comparison.findings).toContainEqual(
    expect.objectContaining({ id: 'slow-memory-stat', before: 'critical', after: 'ok', change: 'cleared' }),
  );
});

test('any JSON that calls itself a document is compared without a throw', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom('host', 'memcg', 'reads', 'slab', 'findings', 'kubelet', 'overall'),
        fc.jsonValue(),
      ),
      (any, parts) => {
        const comparison = compared({ memcg: any, reads: any, findings: any }, parts);
        expect(JSON.parse(encodeDiffJson(comparison))).toMatchObject({ schema: 'slabtop-k8s-diff/1' });
        expect(encodeDiffMarkdown(comparison)).toMatch(/^# /);
        expect(encodeDiffText(comparison, 80).length).toBeGreaterThan(3);
      },
    ),
  );
});

test.each([
  '',
  'x',
  '[]',
  '{}',
  '{"schema":"other/1","at":"2026-11-23T14:00:00Z"}',
  '{"schema":"slabtop-k8s/1","at":"yesterday"}',
])('%j is no document', (text) => {
  expect(parseSnapshotDocument(text)).toMatchObject({ unavailable: 'malformed' });
});

test('of documents one a line the last counts', () => {
  const line = (at: string) => JSON.stringify({ schema: 'slabtop-k8s/1', at });
  expect(parseSnapshotDocument(`${line('2026-11-23T14:00:00Z')}\n${line('2026-11-23T14:00:01Z')}\n`)).toMatchObject({
    at: '2026-11-23T14:00:01Z',
  });
});
