import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { textOf } from '../diagnosis/a-node.ts';
import { caseHost, cgroupsOfV1 } from '../support/case-host.ts';
import { observeHost } from '../support/observe.ts';

function found(name: string) {
  const { model, observer } = observeHost(caseHost(name, { files: cgroupsOfV1(['/kubepods']) }), 2);
  const { overall, findings } = diagnose(model, observer.history, DEFAULT_THRESHOLDS);
  const finding = findings.find(({ id }) => id === 'slab-out-of-proportion');
  if (finding === undefined) throw new Error('the rule answers always');
  return { overall, severity: finding.severity, text: textOf(finding) };
}

test('39 million kernfs nodes are a cache out of proportion: what it is, and who makes it', () => {
  const { overall, severity, text } = found('kernfs-nodes');
  expect(overall).toBe('warning');
  expect(severity).toBe('warning');
  expect(text).toContain('one slab cache, kernfs_node_cache, takes 3.57 GiB, 46.8 % of memory');
  expect(text).toContain('holds files and folders of cgroups and of sysfs');
});

test('109 GiB of kmalloc-8192 with 64 KiB pages are named', () => {
  const { severity, text } = found('kmalloc-8192');
  expect(severity).toBe('warning');
  expect(text).toContain('one slab cache, kmalloc-8192, takes 109 GiB, 85.6 % of memory');
  expect(text).toContain('a driver, a network card, an eBPF program');
});
