import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidSyscall } from '../../../src/sources/proc/pid-syscall.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

test('asleep in clock_nanosleep on a 6.18 kernel', () => {
  expect(parsePidSyscall(textOfLinux618('/proc/12365/syscall'))).toEqual({
    value: { kind: 'syscall', number: 230, args: ['0x0', '0x0', '0x7ffe91b79be0', '0x7ffe91b79c20', '0x0', '0x0'] },
    issues: [],
  });
});

test('on a CPU, and asleep outside of a system call', () => {
  expect(parsePidSyscall('running\n').value).toEqual({ kind: 'running' });
  expect(parsePidSyscall('-1 0x7ffd3a2b1c58 0x46b2a3\n').value).toEqual({ kind: 'blocked' });
});

test.each(['', '-2 0x0 0x0\n', '202 0x0 0x0\n', '202 1 2 3 4 5 6 7 8\n', 'runnin', 'futex 0x0 0x0 0x0 0x0 0x0 0x0\n'])(
  '%j is malformed',
  (text) => {
    expect(parsePidSyscall(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
  },
);

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(textOfLinux618('/proc/12365/syscall')), (text) => {
      const { value, issues } = parsePidSyscall(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
