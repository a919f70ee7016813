import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parsePidCmdline } from '../../../src/sources/proc/pid-cmdline.ts';
import { captured } from '../../support/captures.ts';
import { nonsense } from '../../support/nonsense.ts';
import { textOfLinux618 } from '../../support/texts.ts';

/** A file of the captured 4.4.155 node with some 20,000 dying memory cgroups. */
function incident(path: string): string {
  return readFileSync(join(captured('incident'), path), 'utf8');
}

test('arguments of real processes', () => {
  expect(parsePidCmdline(textOfLinux618('/proc/12365/cmdline'))).toEqual({ value: ['sleep', '300'], issues: [] });
  expect(parsePidCmdline(incident('proc/18698/cmdline')).value).toEqual([
    'cadvisor-loop',
    'loop',
    '/sys/fs/cgroup/memory/memory.stat',
  ]);
});

test('a kernel thread has none', () => {
  expect(parsePidCmdline(textOfLinux618('/proc/2/cmdline')).value).toEqual([]);
});

test.each([
  ['an empty argument in the middle', 'sh\0\0-c\0', ['sh', '', '-c']],
  ['a title written over the arguments', 'nginx: worker process', ['nginx: worker process']],
  ['a title with the padding it leaves', 'sshd: root@pts/0\0\0\0\0', ['sshd: root@pts/0']],
  ['newlines', 'sh\0-c\0a\nb\0', ['sh', '-c', 'a\nb']],
])('%s', (_, text, argv) => {
  expect(parsePidCmdline(text).value).toEqual(argv);
});

test('a megabyte of NULs before a last character is read in one pass', () => {
  const { value } = parsePidCmdline(`${'\0'.repeat(1_000_000)}x`);
  expect(value).toHaveLength(1_000_001);
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense('sleep\x180\0'), (text) => {
      const { value, issues } = parsePidCmdline(text);
      return !isMissing(value) && issues.length === 0;
    }),
    { numRuns: 200 },
  );
});
