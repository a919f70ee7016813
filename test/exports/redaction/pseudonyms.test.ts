import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pseudonyms } from '../../../src/exports/redaction/pseudonyms.ts';
import { parseKubepodsPath } from '../../../src/sources/kubernetes/kubepods.ts';

const UID = '4f1c2a3b-5d6e-4789-8abc-0123456789ab';
const ID = 'a3f1'.repeat(16);

test('a name has one pseudonym, wherever and however it is written', () => {
  const pseudonyms = new Pseudonyms();
  pseudonyms.learn('node', 'frankfurt-17');
  pseudonyms.learn('namespace', 'payments');
  pseudonyms.learn('pod', 'payments-api-x2x9z');
  expect(pseudonyms.text('Frankfurt-17: payments/payments-api-x2x9z')).toBe('node-1: namespace-1/pod-1');
  expect(pseudonyms.text('/system.slice/payments.service')).toBe('/system.slice/namespace-1.service');
  expect(pseudonyms.text('frankfurt-17.corp.example.org')).toBe('node-1');
  expect(pseudonyms.learn('pod', 'payments-api-x2x9z')).toBe('pod-1');
});

test('a name inside a longer word is another word', () => {
  const pseudonyms = new Pseudonyms();
  pseudonyms.learn('pod', 'ledger');
  expect(pseudonyms.text('ledgers subledger ledger_cache ledger-db')).toBe('ledgers subledger ledger_cache pod-1-db');
});

test('words of the kernel and of every cluster stay, though a pod may be named so', () => {
  const pseudonyms = new Pseudonyms();
  for (const name of ['memory', 'kubelet', 'default', 'db', '42']) pseudonyms.learn('pod', name);
  const text = '/sys/fs/cgroup/memory/system.slice/kubelet.service 42 db default';
  expect(pseudonyms.text(text)).toBe(text);
});

test.each([
  `/kubepods/burstable/pod${UID}/${ID}`,
  `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID.replaceAll('-', '_')}.slice/cri-containerd-${ID}.scope`,
  `/kubepods/pod${'0f'.repeat(16)}/${ID}`,
])('%s keeps its form', (path) => {
  const redacted = new Pseudonyms().text(path);
  expect(redacted).not.toContain(ID.slice(0, 12));
  expect(redacted).not.toMatch(/4f1c2a3b|0f0f0f/);
  const [before, after] = [parseKubepodsPath(path), parseKubepodsPath(redacted)];
  expect(after).toMatchObject({ kind: 'container', qos: Reflect.get(Object(before), 'qos') });
});

test('short forms of an id become short forms of its pseudonym', () => {
  const pseudonyms = new Pseudonyms();
  pseudonyms.learnIds(`/docker/${ID}`);
  const long = pseudonyms.text(ID);
  expect(pseudonyms.text(`shim-${ID.slice(0, 12)} ${ID.slice(0, 13)}`)).toBe(
    `shim-${long.slice(0, 12)} ${long.slice(0, 13)}`,
  );
  expect(pseudonyms.text(ID.slice(0, 8))).toBe(long.slice(0, 8));
  expect(pseudonyms.text('913543168000 12345678')).toBe('913543168000 12345678');
  expect(pseudonyms.text('0123456789ab')).not.toContain('123456789ab');
});

test('different ids stay different in all their forms', () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
  fc.assert(
    fc.property(fc.uniqueArray(hex(64), { selector: (id) => id.slice(0, 12), minLength: 2, maxLength: 40 }), (ids) => {
      const pseudonyms = new Pseudonyms();
      const redacted = pseudonyms.text(ids.join(' ')).split(' ');
      expect(new Set(redacted.map((id) => id.slice(0, 12))).size).toBe(ids.length);
      expect(pseudonyms.text(ids.join(' '))).toBe(redacted.join(' '));
      expect(pseudonyms.counts().containerId).toBe(ids.length);
    }),
  );
});
