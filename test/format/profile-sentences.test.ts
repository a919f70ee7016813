import { expect, test } from 'vitest';
import { isMissing, missing } from '../../src/core/missing.ts';
import {
  lookalikeSentence,
  profileFacts,
  profileHeadline,
  profileWarnings,
} from '../../src/format/profile-sentences.ts';
import type { Answer } from '../../src/profile/answer.ts';
import { deriveProfiled } from '../../src/profile/profiled.ts';
import { capturedProfile, type MadeStack, madeProfile } from '../support/profiles.ts';

function answerTo(bytes: Uint8Array): Answer {
  const profiled = deriveProfiled(bytes, 'test');
  if (isMissing(profiled)) throw new Error(profiled.detail);
  return profiled.answer;
}

const HOUSEKEEPING = 'github.com/google/cadvisor/manager.(*containerData).housekeeping';
const MEMORY = 'github.com/opencontainers/runc/libcontainer/cgroups/fs.(*MemoryGroup).GetStats';
const COUNTERS = 'github.com/opencontainers/runc/libcontainer/cgroups/fs.getMemoryData';

const made = (...stacks: MadeStack[]) => answerTo(madeProfile(stacks));

test('memory.stat is named as part of the rest only, never as all of the memory cgroup statistics', () => {
  expect(profileHeadline(answerTo(capturedProfile()))).toBe(
    '57 % of samples are in cAdvisor housekeeping, 32 % in memory cgroup statistics (23 % page counters, 2 % memory.numa_stat, 6 % the rest, memory.stat in it)',
  );
  expect(profileHeadline(made([[HOUSEKEEPING, MEMORY, COUNTERS], 50], [['main.main'], 50]))).toBe(
    '50 % of samples are in cAdvisor housekeeping, 50 % in memory cgroup statistics (50 % page counters)',
  );
});

test('what was not sampled is said not to have been', () => {
  expect(profileHeadline(made([[HOUSEKEEPING], 50], [['main.main'], 50]))).toBe(
    '50 % of samples are in cAdvisor housekeeping, none in memory cgroup statistics',
  );
  expect(profileHeadline(made([['main.main'], 50]))).toMatch(/^no sample is in cAdvisor housekeeping/);
  expect(profileHeadline(made([[''], 50]))).toMatch(/names no functions/);
});

test('other work is told, largest first, where there is any worth telling', () => {
  const answer = made(
    [['runtime.gcBgMarkWorker'], 30],
    [['path/filepath.Walk'], 60],
    [['runtime.sysmon'], 1],
    [['main.main'], 9],
  );
  expect(lookalikeSentence(answer)).toBe("other work: 60 % disk usage walks, 30 % Go's garbage collector");
  expect(lookalikeSentence(made([['main.main'], 50]))).toBeUndefined();
});

test('the undercounting is always told, with what /proc says where somebody looked', () => {
  const answer = answerTo(capturedProfile());
  const [first, few] = profileWarnings(answer, undefined);
  expect(first).toMatch(/for CPU time see \/proc$/);
  expect(few).toBe('few samples (47), so that a share may be off by 7 %: take a profile over more seconds');
  expect(profileWarnings(answer, missing('absent'))[0]).toBe(first);
});

test('what was sampled, over how long', () => {
  const answer = answerTo(capturedProfile());
  expect(profileFacts(answer, { executable: 'kubelet', durationSeconds: 20 })).toBe(
    'kubelet: 470 ms of CPU in 20.0 s (2.4 % of a core), 47 samples',
  );
  expect(profileFacts(answer, { executable: 'kubelet', durationSeconds: missing('absent') })).toBe(
    'kubelet: 470 ms of CPU, 47 samples',
  );
});
