import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../../src/core/missing.ts';
import { parseOsRelease } from '../../../src/sources/etc/os-release.ts';
import { nonsense } from '../../support/nonsense.ts';

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n';

test('Debian 12', () => {
  expect(parseOsRelease(DEBIAN)).toEqual({
    value: { id: 'debian', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
    issues: [],
  });
});

test('CentOS 7 puts its id in quotes and a blank line in the middle', () => {
  const text = 'NAME="CentOS Linux"\nID="centos"\nVERSION_ID="7"\n\nPRETTY_NAME="CentOS Linux 7 (Core)"\n';
  expect(parseOsRelease(text).value).toEqual({ id: 'centos', prettyName: 'CentOS Linux 7 (Core)' });
});

test('single quotes, escapes, comments, a rolling distribution, a last line without its end', () => {
  const text = '# comment\nID=arch\nVERSION="a \\"b\\" \\$c"\nPRETTY_NAME=\'It\\$elf\'';
  expect(parseOsRelease(text).value).toEqual({
    id: 'arch',
    prettyName: 'It\\$elf',
  });
  expect(parseOsRelease('PRETTY_NAME="a \\"b\\" \\$c"\n').value).toMatchObject({ prettyName: 'a "b" $c' });
});

test.each(['', '\n', 'not an assignment\n', '# ID=x\n'])('%j is malformed', (text) => {
  expect(parseOsRelease(text)).toMatchObject({ value: { unavailable: 'malformed' }, issues: [{ line: 0 }] });
});

test('never throws, and says why when it has no value', () => {
  fc.assert(
    fc.property(nonsense(DEBIAN), (text) => {
      const { value, issues } = parseOsRelease(text);
      return !isMissing(value) || issues.length > 0;
    }),
    { numRuns: 200 },
  );
});
