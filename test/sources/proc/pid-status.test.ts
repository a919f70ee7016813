import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidStatus } from '../../../src/sources/proc/pid-status.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

const SLEEP = textOfLinux618('/proc/12365/status');

test('a process of a 6.18 kernel', () => {
  expect(parsePidStatus(SLEEP)).toEqual({
    value: {
      name: 'sleep',
      tgid: 12365,
      uid: 0,
      vmRssBytes: 1888 * 1024,
      vmHwmBytes: 1888 * 1024,
      threads: 1,
      voluntaryCtxtSwitches: 3,
      nonvoluntaryCtxtSwitches: 0,
      nsPid: [12365],
    },
    issues: [],
  });
});

test('a kernel thread has no Vm rows: absent, not 0 and not an issue', () => {
  const { value, issues } = parsePidStatus(textOfLinux618('/proc/2/status'));
  expect(value).toMatchObject({
    name: 'kthreadd',
    vmRssBytes: { unavailable: 'absent' },
    vmHwmBytes: { unavailable: 'absent' },
  });
  expect(issues).toEqual([]);
});

test('the reader of memory.stat on 4.4.155, whose VmLib has wrapped below zero', () => {
  const { value, issues } = parsePidStatus(incident('proc/18698/status'));
  expect(value).toMatchObject({
    name: 'cadvisor-loop',
    vmRssBytes: 4096,
    voluntaryCtxtSwitches: 7,
    nonvoluntaryCtxtSwitches: 8,
    nsPid: [18698],
  });
  expect(issues).toEqual([]);
});

test('a process in two nested pid namespaces, run by a user, with a newline and a backslash in its name', () => {
  const text = 'Name:\ta\\nb\\\\n\nTgid:\t77\nUid:\t1000\t0\t0\t0\nNSpid:\t77\t12\t1\n';
  expect(parsePidStatus(text).value).toMatchObject({ name: 'a\nb\\n', uid: 1000, nsPid: [77, 12, 1] });
});

test('before 4.1 there is no NSpid', () => {
  const { value } = parsePidStatus('Name:\tkubelet\nTgid:\t1342\nThreads:\t38\n');
  expect(value).toMatchObject({ threads: 38, nsPid: { unavailable: 'absent' }, uid: { unavailable: 'absent' } });
});

test('rows that hold no number are malformed and named with their lines', () => {
  const { value, issues } = parsePidStatus('Name:\tx\nUid:\t-1\nVmRSS:\t12 MB\nThreads:\t\nNSpid:\t1 b\nTgid:\t5');
  expect(value).toMatchObject({
    uid: { unavailable: 'malformed' },
    vmRssBytes: { unavailable: 'malformed' },
    threads: { unavailable: 'malformed' },
    nsPid: { unavailable: 'malformed' },
    tgid: { unavailable: 'malformed' },
  });
  expect(new Set(issues.map(({ line }) => line))).toEqual(new Set([2, 3, 4, 5, 6]));
});

test('a row torn in the middle is malformed, not absent', () => {
  const { value, issues } = parsePidStatus('Name:\tx\nUid:\t1000\t10');
  expect(value).toMatchObject({ uid: { unavailable: 'malformed' }, nsPid: { unavailable: 'absent' } });
  expect(issues.map(({ line }) => line)).toEqual([2]);
});

test('nothing of the file is malformed', () => {
  expect(parsePidStatus('').value).toMatchObject({ unavailable: 'malformed' });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(SLEEP), (text) => {
      const { value, issues } = parsePidStatus(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
