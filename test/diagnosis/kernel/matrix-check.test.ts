import { expect, test } from 'vitest';
import { type ReadMeasurement, reconcileKernel } from '../../../src/diagnosis/kernel/matrix-check.ts';
import { parseKernelRelease } from '../../../src/diagnosis/kernel/release.ts';
import { evaluateKernel } from '../../../src/diagnosis/kernel/verdict.ts';

const RELEASE = { affected: '4.4.155', fixed: '5.10.0-8-amd64', unknown: '4.14.186-146.268.amzn2.x86_64' } as const;
type Status = keyof typeof RELEASE;

function reconcile(status: Status, speed: ReadMeasurement['speed'], enoughDying: boolean) {
  const verdict = evaluateKernel(parseKernelRelease(RELEASE[status])).items['memory.stat'];
  expect(verdict.status).toBe(status);
  return reconcileKernel(verdict, { speed, enoughDying });
}

test.each<[Status, ReadMeasurement['speed'], boolean, string, string]>([
  ['affected', 'slow', true, 'yes', 'agree'],
  ['affected', 'slow', false, 'unknown', 'untested'],
  ['affected', 'fast', true, 'no', 'disagree'],
  ['affected', 'fast', false, 'no', 'untested'],
  ['affected', 'not-measured', true, 'unknown', 'untested'],
  ['affected', 'not-measured', false, 'unknown', 'untested'],
  ['fixed', 'slow', true, 'yes', 'disagree'],
  ['fixed', 'slow', false, 'unknown', 'untested'],
  ['fixed', 'fast', true, 'no', 'agree'],
  ['fixed', 'fast', false, 'no', 'untested'],
  ['fixed', 'not-measured', true, 'unknown', 'untested'],
  ['fixed', 'not-measured', false, 'unknown', 'untested'],
  ['unknown', 'slow', true, 'yes', 'untested'],
  ['unknown', 'slow', false, 'unknown', 'untested'],
  ['unknown', 'fast', true, 'no', 'untested'],
  ['unknown', 'fast', false, 'no', 'untested'],
  ['unknown', 'not-measured', true, 'unknown', 'untested'],
  ['unknown', 'not-measured', false, 'unknown', 'untested'],
])('%s, %s, enough dying %s: suffers %s, %s', (status, speed, enoughDying, suffers, agreement) => {
  expect(reconcile(status, speed, enoughDying)).toMatchObject({ item: 'memory.stat', suffers, agreement });
});

test('a disagreement is told, and that the measurement wins', () => {
  expect(reconcile('affected', 'fast', true).statement).toContain(
    'although the matrix calls this kernel affected: the measurement wins',
  );
  expect(reconcile('fixed', 'slow', true).statement).toContain(
    'although the matrix calls this kernel fixed: the measurement wins',
  );
});

test('every statement names the file and what the matrix knows', () => {
  expect(reconcile('affected', 'slow', true).statement).toBe(
    'memory.stat is slow while many cgroups are dying, as expected. ' +
      'This kernel is affected: walks every dying cgroup about 17 times and sums over all possible CPUs.',
  );
});
