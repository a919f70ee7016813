import { expect, test } from 'vitest';
import { type ReadMeasurement, reconcileKernel } from '../../../src/diagnosis/kernel/matrix-check.ts';
import { parseKernelRelease } from '../../../src/diagnosis/kernel/release.ts';
import { evaluateKernel } from '../../../src/diagnosis/kernel/verdict.ts';

const RELEASE = { affected: '4.4.155', fixed: '5.10.0-8-amd64', unknown: '4.14.186-146.268.amzn2.x86_64' } as const;
type Status = keyof typeof RELEASE;

function reconcile(status: Status, speed: ReadMeasurement['speed'], many: ReadMeasurement['many']) {
  const verdict = evaluateKernel(parseKernelRelease(RELEASE[status])).items['memory.stat'];
  expect(verdict.status).toBe(status);
  return reconcileKernel(verdict, { speed, many });
}

test.each<[Status, ReadMeasurement['speed'], ReadMeasurement['many'], string, string]>([
  ['affected', 'slow', 'dying', 'yes', 'agree'],
  ['affected', 'slow', 'no', 'unknown', 'untested'],
  ['affected', 'fast', 'dying', 'no', 'disagree'],
  ['affected', 'fast', 'no', 'no', 'untested'],
  ['affected', 'not-measured', 'dying', 'unknown', 'untested'],
  ['affected', 'not-measured', 'no', 'unknown', 'untested'],
  ['fixed', 'slow', 'dying', 'yes', 'disagree'],
  ['fixed', 'slow', 'no', 'unknown', 'untested'],
  ['fixed', 'fast', 'dying', 'no', 'agree'],
  ['fixed', 'fast', 'no', 'no', 'untested'],
  ['fixed', 'not-measured', 'dying', 'unknown', 'untested'],
  ['fixed', 'not-measured', 'no', 'unknown', 'untested'],
  ['unknown', 'slow', 'dying', 'yes', 'untested'],
  ['unknown', 'slow', 'no', 'unknown', 'untested'],
  ['unknown', 'fast', 'dying', 'no', 'untested'],
  ['unknown', 'fast', 'no', 'no', 'untested'],
  ['unknown', 'not-measured', 'dying', 'unknown', 'untested'],
  ['unknown', 'not-measured', 'no', 'unknown', 'untested'],
])('%s, %s, many: %s: suffers %s, %s', (status, speed, many, suffers, agreement) => {
  expect(reconcile(status, speed, many)).toMatchObject({ item: 'memory.stat', suffers, agreement });
});

test('a disagreement is told, and that the measurement wins', () => {
  expect(reconcile('affected', 'fast', 'dying').statement).toContain(
    'though this kernel counts as affected: the measurement wins',
  );
  expect(reconcile('fixed', 'slow', 'dying').statement).toContain(
    'though this kernel counts as fixed: the measurement wins',
  );
});

test('every statement names the file and what the matrix knows', () => {
  expect(reconcile('affected', 'slow', 'dying').statement).toBe(
    'memory.stat is slow while many cgroups are dying, as expected. ' +
      'This kernel is affected: walks every dying cgroup about 17 times and sums over all possible CPUs.',
  );
});

test('many live cgroups explain a slow read like many dying ones, and are called what they are', () => {
  const live = reconcile('unknown', 'slow', 'live');
  expect(live.suffers).toBe('yes');
  expect(live.statement).toContain('memory.stat is slow while there are many cgroups, most of them live');
});
