import { describe, expect, test } from 'vitest';
import { type Answer, deriveAnswer } from '../../src/profile/answer.ts';
import { deriveCallTree } from '../../src/profile/call-tree.ts';
import { matchesSuffix } from '../../src/profile/function-match.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, type MadeStack, madeProfile } from '../support/profiles.ts';

const shareOf = ({ paths }: Answer, id: Answer['paths'][number]['id']) =>
  paths.find((path) => path.id === id)?.share ?? 0;

test('57 % of the captured profile is housekeeping, 32 % memory cgroup statistics', () => {
  const answer = answerTo(capturedProfile());
  expect(answer.program).toBe('kubelet');
  expect(shareOf(answer, 'housekeeping')).toBeCloseTo(0.574, 3);
  expect(shareOf(answer, 'memory-stats')).toBeCloseTo(0.319, 3);
  expect(answer.warnings).toEqual(['undercounts-system-time', 'few-samples']);
  expect(answer.lookalikes.map((path) => path.id).slice(0, 2)).toEqual(['pod-specs', 'garbage-collection']);
});

describe('the same work has other names in other kubelets', () => {
  const generations: readonly (readonly [string, readonly string[]])[] = [
    [
      '1.18, vendored',
      [
        'k8s.io/kubernetes/vendor/github.com/google/cadvisor/manager.(*containerData).housekeeping',
        'k8s.io/kubernetes/vendor/github.com/google/cadvisor/container/libcontainer.(*Handler).GetStats',
        'k8s.io/kubernetes/vendor/github.com/opencontainers/runc/libcontainer/cgroups/fs.(*Manager).GetStats',
        'k8s.io/kubernetes/vendor/github.com/opencontainers/runc/libcontainer/cgroups/fs.(*MemoryGroup).GetStats',
      ],
    ],
    [
      '1.28 on cgroup v2',
      [
        'github.com/google/cadvisor/manager.(*containerData).housekeepingTick',
        'github.com/google/cadvisor/container/libcontainer.(*Handler).GetStats',
        'github.com/opencontainers/runc/libcontainer/cgroups/fs2.(*Manager).GetStats',
        'github.com/opencontainers/runc/libcontainer/cgroups/fs2.statMemory',
      ],
    ],
    [
      '1.34, modules split',
      [
        'github.com/google/cadvisor/lib/manager.(*containerData).housekeeping.func1',
        'github.com/google/cadvisor/lib/container/libcontainer.(*Handler).GetStats',
        'github.com/opencontainers/cgroups/fs.(*Manager).GetStats',
        'github.com/opencontainers/cgroups/fs.(*MemoryGroup).GetStats',
      ],
    ],
  ];
  test.each(generations)('%s', (_, stack) => {
    const answer = answerTo(
      madeProfile([
        [stack, 3],
        [['runtime.gcBgMarkWorker'], 1],
      ]),
    );
    for (const id of ['housekeeping', 'container-stats', 'cgroup-stats', 'memory-stats'] as const) {
      expect(shareOf(answer, id)).toBe(0.75);
    }
    expect(answer.lookalikes.map((path) => [path.id, path.share])).toEqual([['garbage-collection', 0.25]]);
  });
});

test('a disk usage walk is named, and is not taken for memory.stat', () => {
  const walk: MadeStack = [
    [
      'github.com/google/cadvisor/container/common.(*realFsHandler).trackUsage',
      'path/filepath.Walk',
      'path/filepath.walk',
    ],
    120,
  ];
  const answer = answerTo(madeProfile([walk]));
  expect(answer.lookalikes.map((path) => path.id)).toEqual(['disk-usage']);
  expect(shareOf(answer, 'memory-stats')).toBe(0);
  expect(answer.warnings).toEqual(['undercounts-system-time']);
});

test('a profile of another program and one without names are read, and said to be that', () => {
  expect(answerTo(madeProfile([[['main.main', 'net/http.(*conn).serve'], 200]]))).toMatchObject({
    program: 'other',
    warnings: expect.arrayContaining(['another-program']),
  });
  expect(answerTo(madeProfile([[[''], 200]]))).toMatchObject({
    program: 'no-symbols',
    warnings: expect.arrayContaining(['no-symbols']),
  });
});

test.each([
  ['x/path/filepath.Walk', 'path/filepath.Walk', true],
  ['path/filepath.Walk', 'path/filepath.Walk', true],
  ['path/filepath.WalkDir', 'path/filepath.Walk', false],
  ['mypath/filepath.Walk', 'path/filepath.Walk', false],
  ['path/filepath.Walk.func1.2', 'path/filepath.Walk', true],
  ['path/filepath.Walk-fm', 'path/filepath.Walk', true],
  ['a/common.(*realFsHandler).update', 'common.(*realFsHandler).*', true],
])('%s matches %s: %s', (name, suffix, expected) => {
  expect(matchesSuffix(name, suffix)).toBe(expected);
});

function answerTo(bytes: Uint8Array): Answer {
  const profile = decoded(bytes);
  return deriveAnswer(profile, deriveCallTree(profile));
}
