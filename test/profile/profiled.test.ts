import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { encodeProfileSvg } from '../../src/exports/profile-svg.ts';
import { encodeFolded } from '../../src/profile/folded.ts';
import { deriveProfiled } from '../../src/profile/profiled.ts';
import { leavesOf } from '../support/leaves.ts';
import { capturedProfile, madeProfile } from '../support/profiles.ts';

/** What a terminal obeys, and what ends a line for a program that reads lines. */
const OBEYED = /[\p{Cc}\p{Zl}\p{Zp}]/u;

test('whatever bytes are taken for a profile: finite numbers and files without control characters, or a reason', () => {
  const real = madeProfile([
    [['main.main', { inline: 'main.a' }, 'k8s.io/kubernetes/pkg/kubelet.(*Kubelet).Run'], 2],
    [['main.main', 'github.com/google/cadvisor/manager.(*containerData).housekeeping'], 7],
  ]);
  const changes = fc.array(fc.record({ at: fc.nat(real.length - 1), byte: fc.nat(255) }), { maxLength: 6 });
  let profiles = 0;
  fc.assert(
    fc.property(changes, fc.nat(60), (changed, cut) => {
      const bytes = real.slice(0, cut === 0 ? real.length - 1 : real.length);
      for (const { at, byte } of changed) bytes[Math.min(at, bytes.length - 1)] = byte;
      const profiled = deriveProfiled(bytes, 'a file');
      if (isMissing(profiled)) {
        expect(profiled.detail).toMatch(/^[\x20-\x7e]+$/);
        return;
      }
      profiles += 1;
      const { answer, top, profile } = profiled;
      if (!isMissing(profile.takenAt)) expect(new Date(profile.takenAt).getTime()).toBe(Math.trunc(profile.takenAt));
      for (const { id, value } of leavesOf({ answer, top })) {
        if (typeof value === 'number') expect([id, Number.isFinite(value)]).toEqual([id, true]);
      }
      expectHarmless(profiled);
    }),
    { numRuns: 500 },
  );
  // Most of them are still profiles: it was not only refusals that were looked at.
  expect(profiles).toBeGreaterThan(100);
});

test('functions and programs of any name are in no file as what a terminal obeys', () => {
  const name = fc.string({
    unit: fc.oneof(
      fc.constantFrom('\n', ';', ' ', '\u001b', '\u009b', '\u2028', '<', '&', '"'),
      fc.string({ maxLength: 2 }),
    ),
    maxLength: 30,
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(name, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
      name,
      (stacks, executable) => {
        const bytes = madeProfile(
          stacks.map((stack) => [stack, 1] as const),
          { executable },
        );
        const profiled = deriveProfiled(bytes, executable);
        if (isMissing(profiled)) throw new Error(profiled.detail);
        expectHarmless(profiled);
      },
    ),
    { numRuns: 200 },
  );
});

test('the captured profile is looked at by the same eyes', () => {
  const profiled = deriveProfiled(capturedProfile(), 'a file');
  if (isMissing(profiled)) throw new Error(profiled.detail);
  expectHarmless(profiled);
});

function expectHarmless(profiled: Exclude<ReturnType<typeof deriveProfiled>, { unavailable: unknown }>): void {
  const folded = encodeFolded(profiled.tree).split('\n');
  expect(folded.pop()).toBe('');
  for (const line of folded) {
    expect(line).not.toMatch(OBEYED);
    expect(line).toMatch(/ \d+$/);
  }
  for (const line of encodeProfileSvg(profiled).split('\n')) expect(line).not.toMatch(OBEYED);
}
