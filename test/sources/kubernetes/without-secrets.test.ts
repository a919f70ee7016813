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
