import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMissing } from '../../src/core/missing.ts';
import { decodeProfile } from '../../src/profile/pprof.ts';
import { PROFILE_LIMITS } from '../../src/profile/pprof-limits.ts';
import { decoded } from '../support/decoded.ts';
import { capturedProfile, madeProfile } from '../support/profiles.ts';

test('the captured profile of a kubelet 1.20.2 is read with what it says of itself', () => {
  const profile = decoded(capturedProfile());
  expect(profile).toMatchObject({
    cpuNanoseconds: 470_000_000,
    samples: 47,
    periodNanoseconds: 10_000_000,
    takenAt: expect.closeTo(Date.parse('2026-11-23T11:20:50.198Z'), -1),
    dropFrames: { unavailable: 'absent' },
  });
  expect(profile.durationSeconds).toBeCloseTo(20, 1);
  expect(profile.executable).toMatch(/\/kubelet$/);
});

test('a profile that is not gzipped is the same profile', () => {
  const bytes = madeProfile([[['main.main', 'main.work'], 3]]);
  expect(decoded(bytes)).toEqual(decoded(gzipSync(bytes)));
});

test('inlined calls are frames of their own, outermost caller first', () => {
  const profile = decoded(madeProfile([[['main.main', { inline: 'main.a' }, { inline: 'main.b' }, 'main.leaf'], 1]]));
  const names = [...profile.stacks.frames].map((index) => profile.functions[index]);
  expect(names).toEqual(['main.main', 'main.a', 'main.b', 'main.leaf']);
  expect([...profile.stacks.inlined]).toEqual([0, 1, 1, 0]);
});

describe('what is no CPU profile is told with a way out', () => {
  const cases: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
    ['nothing', new Uint8Array(0), 'not-pprof', /empty/],
    ['an error page', Buffer.from('<html>403 Forbidden</html>'), 'not-pprof', /not a pprof/],
    ['an error of kubelet', Buffer.from('Unauthorized'), 'not-pprof', /not a pprof/],
    ['a JSON error, gzipped', gzipSync('{"kind":"Status"}'), 'not-pprof', /not a pprof/],
    ['a gzip cut off', capturedProfile().subarray(0, 3000), 'truncated', /fetch/],
    ['a damaged gzip', damaged(capturedProfile()), 'not-pprof', /damaged/],
    ['a protobuf cut off', madeProfile([[['main.main'], 1]]).slice(0, -9), 'truncated', /fetch/],
    ['a heap profile', heap(), 'not-cpu', /alloc_space, inuse_space/],
    ['no samples', madeProfile([]), 'no-samples', /no CPU in 10 s/],
    ['samples without time', madeProfile([[['main.main'], 0]]), 'no-samples', /more seconds/],
    ['a difference', madeProfile([[['main.main'], -1]]), 'not-cpu', /difference/],
    ['a gzip bomb', gzipSync(Buffer.alloc(PROFILE_LIMITS.inflatedBytes + 1)), 'too-large', /MiB/],
    ['a million empty samples', Buffer.alloc(2 * PROFILE_LIMITS.records + 2, '\x12\x00'), 'too-large', /larger/],
    ['a sample of 15 million labels', labels(15_000_000), 'too-large', /larger/],
    ['a number without end', Buffer.concat([Buffer.from([0x48]), Buffer.alloc(50_000, 0xff)]), 'not-pprof', /pprof/],
    ['a repeated call chain that swells', swelling(), 'too-large', /frames/],
  ];
  test.each(cases)('%s', (_, bytes, problem, detail) => {
    const answer = decodeProfile(bytes);
    expect(answer).toMatchObject({ problem, detail: expect.stringMatching(detail) });
    expect(answer).toHaveProperty('unavailable');
  });
});

test('any bytes give a profile or a reason, never an exception', () => {
  const real = madeProfile([[['main.main', { inline: 'main.a' }, 'main.b'], 2]]);
  const mutated = fc
    .array(fc.record({ at: fc.nat(real.length - 1), byte: fc.nat(255) }), { maxLength: 6 })
    .map((changes) => {
      const bytes = real.slice();
      for (const { at, byte } of changes) bytes[at] = byte;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
      const answer = decodeProfile(bytes);
      if (isMissing(answer)) expect(answer.detail).toMatch(/^[\x20-\x7e]+$/);
      else expect(answer.cpuNanoseconds).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

test('wherever a profile is cut off, it is missing or has all its stacks', () => {
  const real = madeProfile([[['main.main', 'main.b'], 2]]);
  const { functions, stacks } = decoded(real);
  const problems = new Set<string>();
  for (let length = 1; length < real.length; length++) {
    const answer = decodeProfile(real.slice(0, length));
    if (isMissing(answer)) problems.add(answer.problem);
    else expect(answer).toMatchObject({ functions, stacks });
  }
  expect([...problems].sort()).toEqual(['not-pprof', 'truncated']);
});

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 100, 140);
  return copy;
}

function heap(): Uint8Array {
  return madeProfile([[['main.main'], 1]], {
    types: [
      ['alloc_space', 'bytes'],
      ['inuse_space', 'bytes'],
    ],
  });
}

/** A profile of 30 MB with one sample that has empty labels only. */
function labels(count: number): Uint8Array {
  const sample = Buffer.alloc(2 * count, '\x1a\x00');
  const length = [0, 7, 14, 21].map((shift) => ((sample.length >> shift) & 0x7f) | (shift < 21 ? 0x80 : 0));
  return Buffer.concat([Buffer.from([0x0a, 0x00, 0x12, ...length]), sample]);
}

/** One location of 3,000 inlined calls, 2,000 times over: 6 million frames out of 40 kB. */
function swelling(): Uint8Array {
  const stack = ['main.main', ...Array.from({ length: 3_000 }, (_, index) => ({ inline: `f${index}` }))];
  return madeProfile(Array.from({ length: 2_000 }, () => [stack, 1] as const));
}
