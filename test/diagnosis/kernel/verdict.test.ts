import { expect, test } from 'vitest';
import { parseKernelRelease } from '../../../src/diagnosis/kernel/release.ts';
import { evaluateKernel } from '../../../src/diagnosis/kernel/verdict.ts';

const judge = (release: string, osId?: string) => evaluateKernel(parseKernelRelease(release, osId));

test('the incident: affected, with commit, release of the fix and the kernel to move to', () => {
  expect(judge('4.4.227-1.el7.elrepo.x86_64').items['memory.stat']).toEqual({
    item: 'memory.stat',
    status: 'affected',
    reason: 'walks every dying cgroup about 17 times and sums over all possible CPUs',
    origin: 'T',
    fixedIn: '5.2',
    commits: ['42a300353577'],
    upgrade: 'elrepo kernel-lt or kernel-ml 5.10 or later',
  });
});

test('what is fixed has no upgrade', () => {
  expect(judge('5.10.0-8-amd64').items['memory.stat'].upgrade).toBeUndefined();
});

test('RHEL 7 has to leave RHEL 7 for memory.stat, and only to move within it for memcg ids', () => {
  const { items } = judge('3.10.0-514.el7.x86_64');
  expect(items['memory.stat'].upgrade).toContain('4.18.0-240');
  expect(items['memcg-ids'].upgrade).toContain('3.10.0-957');
});

test('numa_stat of RHEL 8.3 is mended only by RHEL 9', () => {
  expect(judge('4.18.0-240.el8.x86_64').items['memory.numa_stat'].upgrade).toContain('5.14.0');
});

test('where no kernel of a family has the fix, the upgrade is missing with the reason', () => {
  expect(judge('5.15.0-1075-azure').items['page-cache'].upgrade).toMatchObject({
    unavailable: 'absent',
    detail: expect.stringContaining('7.1'),
  });
  expect(judge('6.12.3').items['page-cache'].upgrade).toBe('Linux 7.1 or later');
});

test('an unverified vendor kernel before the fix is unknown and says why', () => {
  const { status, reason } = judge('4.19.112+', 'cos').items['memory.stat'];
  expect(status).toBe('unknown');
  expect(reason).toBe('based on 4.19.112, before the mainline fix in 5.2: backports of Container-Optimized OS unknown');
});

test('a vendor kernel past the fix is fixed by its number, which is an inference', () => {
  expect(judge('5.4.0-42-generic').items['memory.stat']).toMatchObject({ status: 'fixed', origin: 'K' });
});

test('an update of a RHEL build that was read as affected is unknown, not affected', () => {
  const { status, reason } = judge('4.18.0-147.8.1.el8_1.x86_64').items['memory.stat'];
  expect(status).toBe('unknown');
  expect(reason).toContain('an update of build 147');
});

test.each([
  ['4.18.0-147.el8.x86_64', 'affected'],
  ['4.18.0-148.el8.x86_64', 'unknown'],
  ['4.18.0-175.el8.x86_64', 'unknown'],
  ['4.18.0-176.el8.x86_64', 'fixed'],
  ['4.18.0-239.el8.x86_64', 'fixed'],
  ['4.18.0-240.el8.x86_64', 'fixed'],
])('memory.stat of %s is %s', (release, status) => {
  expect(judge(release).items['memory.stat'].status).toBe(status);
});

test.each([
  ['5.1.21', 'affected'],
  ['5.2.0-rc7', 'unknown'],
  ['5.2.0', 'fixed'],
  ['5.3.0-rc1', 'fixed'],
  ['8.0.0', 'fixed'],
])('memory.stat of mainline %s is %s', (release, status) => {
  expect(judge(release).items['memory.stat'].status).toBe(status);
});

test('sums over possible CPUs end with 4.16, and in stable with 4.14.214', () => {
  const reason = (release: string) => judge(release).items['memory.stat'].reason;
  expect(reason('4.14.213')).toContain('all possible CPUs');
  expect(reason('4.14.214')).toContain('no longer over all CPUs');
  expect(reason('4.15.18')).toContain('all possible CPUs');
  expect(reason('4.16.0')).toContain('no longer over all CPUs');
});

test('memcg ids: exhausted only where they die with the css', () => {
  expect(judge('3.10.0-514.el7.x86_64').items['memcg-ids'].status).toBe('affected');
  expect(judge('4.4.155').items['memcg-ids'].status).toBe('fixed');
  expect(judge('4.4.154').items['memcg-ids'].status).toBe('unknown');
  expect(judge('4.7.10').items['memcg-ids'].status).toBe('unknown');
  expect(judge('3.18.140').items['memcg-ids'].status).toBe('affected');
});

test('what kernel memory held by the dying means follows the slab row', () => {
  expect(judge('4.4.155').kmemResidue).toBe('pin');
  expect(judge('4.18.0-147.el8.x86_64').kmemResidue).toBe('reparented');
  expect(judge('4.19.112+', 'cos').kmemResidue).toBe('unknown');
});
