import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutSecrets } from '../../../src/sources/kubernetes/without-secrets.ts';

test('values of tokens, passwords and secrets are left out, in either spelling', () => {
  const words = ['kubelet', '--bootstrap-token=abc', '--registry-password', 'hunter2', '-client-secret=x', '--v=2', ''];
  const left = ['kubelet', '--bootstrap-token=...', '--registry-password', '...', '-client-secret=...', '--v=2', ''];
  expect(withoutSecrets(words)).toEqual(left);
  expect(withoutSecrets(left)).toEqual(left);
});

test('a flag with nothing behind it swallows neither the next flag nor the end', () => {
  expect(withoutSecrets(['--token', '--v=2', '--password', ''])).toEqual(['--token', '--v=2', '--password', '']);
});

test('of any command line no value of such a flag is left, all else is, and doing it again changes nothing', () => {
  const secretFlag = fc
    .tuple(
      fc.constantFrom('-', '--'),
      fc.constantFrom('', 'bootstrap-', 'X_'),
      fc.constantFrom('token', 'Password', 'SECRET'),
    )
    .map((parts) => parts.join(''));
  const value = fc.constantFrom('hunter2', 'hunter2=hunter2', 'hunter2 --v\nhunter2', '\u0000hunter2\u001b');
  const hidden = fc.oneof(
    fc.tuple(secretFlag, value).map(([flag, text]) => [`${flag}=${text}`]),
    fc.tuple(secretFlag, value).map(([flag, text]) => [flag, text]),
  );
  const plainWord = fc.string().filter((word) => !/token|password|secret/i.test(word));
  fc.assert(
    fc.property(fc.array(fc.oneof(hidden, fc.tuple(plainWord))), (parts) => {
      const words = parts.flat();
      const shown = withoutSecrets(words);
      expect(shown.join('\0')).not.toContain('hunter2');
      expect(shown).toHaveLength(words.length);
      words.forEach((word, at) => {
        if (!/token|password|secret/i.test(`${words[at - 1]} ${word}`)) expect(shown[at]).toBe(word);
      });
      expect(withoutSecrets(shown)).toEqual(shown);
    }),
    { numRuns: 500 },
  );
});
