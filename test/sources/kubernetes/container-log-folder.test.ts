import { expect, test } from 'vitest';
import { parseContainerLogFolder } from '../../../src/sources/kubernetes/container-log-folder.ts';

test.each([
  ['0.log', 0],
  ['5.log\n6.log', 6],
  ['9.log\n10.log', 10],
  ['6.log.20260101-000000.gz\n5.log', 6],
])('the restart count is the highest N of N.log: %j', (text, count) => {
  expect(parseContainerLogFolder(text)).toEqual({ value: count, issues: [] });
});

test.each(['', 'x.log', '-1.log', '3.logs', '1e3.log'])('no log is no count: %j', (text) => {
  expect(parseContainerLogFolder(text).value).toMatchObject({ unavailable: 'absent' });
});
