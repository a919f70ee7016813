import { expect, test } from 'vitest';
import { KERNEL_ITEMS } from '../../../src/diagnosis/kernel/items.ts';
import { KERNEL_MATRIX } from '../../../src/diagnosis/kernel/matrix.ts';
import { compareVersions, isAtLeast } from '../../../src/diagnosis/kernel/version.ts';

const lists = KERNEL_ITEMS.flatMap((item) => {
  const { mainline, rhel7, rhel8 } = KERNEL_MATRIX[item];
  return [
    { name: `${item}, mainline`, spans: mainline },
    { name: `${item}, RHEL 7`, spans: rhel7 },
    { name: `${item}, RHEL 8`, spans: rhel8 },
  ];
});

test.each(lists)('$name: the spans begin at 0 and ascend', ({ spans }) => {
  expect(spans[0]?.from).toEqual([0]);
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    if (before !== undefined) expect(compareVersions(span.from, before.from)).toBeGreaterThan(0);
  }
});

test.each(KERNEL_ITEMS)('%s: mainline is fixed from the release of the fix on, and not just before it', (item) => {
  const { fix, mainline } = KERNEL_MATRIX[item];
  for (const span of mainline.filter(({ from }) => isAtLeast(from, fix.release))) expect(span.status).toBe('fixed');
  const before = mainline.findLast(({ from }) => !isAtLeast(from, fix.release));
  expect(before?.status).not.toBe('fixed');
});

test('a commit is an abbreviated hash of twelve digits', () => {
  const commits = KERNEL_ITEMS.flatMap((item) => KERNEL_MATRIX[item].fix.commits);
  expect(commits.length).toBeGreaterThan(0);
  for (const commit of commits) expect(commit).toMatch(/^[0-9a-f]{12}$/);
});
