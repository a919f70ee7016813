import { expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '../../src/diagnosis/diagnose.ts';
import { say } from '../../src/diagnosis/prose/say.ts';
import * as quantity from '../../src/format/quantity.ts';
import { DEFAULT_THRESHOLDS } from '../../src/model/thresholds.ts';
import { textOf } from '../diagnosis/a-node.ts';
import { type CaseParts, caseHost, cgroupsOfV1 } from '../support/case-host.ts';
import { observeHost } from '../support/observe.ts';

const MOUNT = '/sys/fs/cgroup/memory';

function diagnosed(name: string, live: number, parts: CaseParts = {}): Diagnosis {
  const scopes = Array.from({ length: live - 2 }, (_, n) => `/system.slice/run-r${n}.scope`);
  const files = { ...cgroupsOfV1(['/system.slice', ...scopes]), ...parts.files };
  const { model, observer } = observeHost(caseHost(name, { ...parts, files }), 2);
  expect(model.memcg.live).toBe(live);
  return diagnose(model, observer.history, DEFAULT_THRESHOLDS);
}

const found = ({ findings }: Diagnosis, id: string) => {
  const finding = findings.find((each) => each.id === id);
  if (finding === undefined) throw new Error(`no finding of ${id}`);
  return { severity: finding.severity, text: textOf(finding) };
};

test('8,784 live scopes and 3 dying: the live ones make the reads slow, and the verdict says so', () => {
  const diagnosis = diagnosed('live-scopes', 8784, { seconds: { [`${MOUNT}/memory.stat`]: 0.42 } });
  expect(say(diagnosis.headline, quantity)).toBe('8,784 live memory cgroups make memory.stat slow: root read 420 ms');
  const read = found(diagnosis, 'slow-memory-stat');
  expect(read.text).not.toContain('another cause');
  expect(read.text).toContain('while there are many cgroups, most of them live');
  const leftovers = found(diagnosis, 'leftover-directories');
  expect(leftovers.text).toContain('reads walk them like the dying: memory.stat of / takes 420 ms');
  expect(diagnosis.remedies).toContain('remove-leftovers');
  expect(diagnosis.remedies.filter((id) => id.startsWith('drop-'))).toEqual([]);
});

test('ids are judged by all that hold one: 65,423 live cgroups leave none, whatever the kernel gives back', () => {
  const files = {
    '/proc/version': 'Linux version 4.19.0-21-amd64 (builder@host) (gcc) #1 SMP\n',
    '/proc/cgroups': '#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t5\t65430\t1\n',
  };
  const diagnosis = diagnosed('live-scopes', 65_423, { files });
  expect(diagnosis.overall).toBe('critical');
  expect(found(diagnosis, 'memcg-ids')).toEqual({
    severity: 'critical',
    text: 'live cgroups take 65,423 of 65,535 memory cgroup ids (99.8 %); with none left no pod starts',
  });
});

test('65,535 memory cgroups on a kernel that nobody verified are all ids there are', () => {
  const diagnosis = diagnosed('ids-gone', 93, { seconds: { [`${MOUNT}/memory.stat`]: 3.1 } });
  expect(found(diagnosis, 'memcg-ids')).toMatchObject({ severity: 'critical' });
  expect(found(diagnosis, 'memcg-ids').text).toContain('none is left');
});

test('reads that are slow by numa_stat alone are an incident, and nothing says that it is none', () => {
  const diagnosis = diagnosed('numa-stat-walks', 228, { seconds: { [`${MOUNT}/memory.numa_stat`]: 6.2 } });
  expect(say(diagnosis.headline, quantity)).toBe(
    '68,452 dying memory cgroups make memory.numa_stat slow: root read 6.20 s',
  );
  expect(found(diagnosis, 'dying-cgroups')).toEqual({
    severity: 'critical',
    text: '68,452 dying memory cgroups, 99.7 % of all\nreads of memory.stat stay fast, reads of memory.numa_stat do not',
  });
});
