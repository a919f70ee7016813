import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DamagedBytes } from '../../src/recording/bytes.ts';
import type { RecordedRun } from '../../src/recording/frame.ts';
import { decodeRun, encodeRun, runHead } from '../../src/recording/run-codec.ts';
import { anyRun } from './random-frames.ts';

const folder = '/sys/fs/cgroup/memory/kubepods/burstable/pod6edd3b26-5adf-11e9-824a-0e6559a11ed5';

test('a run comes back as it was', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const bytes = encodeRun(run);
      expect(decodeRun(bytes)).toEqual(run);
      expect(runHead(bytes)).toEqual({ topic: run.topic, args: run.args, started: run.started });
    }),
    { numRuns: 500 },
  );
});

test('minus zero and the smallest fractions of a second come back as they were', () => {
  for (const value of [-0, 0, 5e-324, 1e-9, 1.000000001, 0.1 + 0.2, -3, Number.MAX_VALUE]) {
    const decoded = decodeRun(encodeRun({ ...walk(1), cpuSeconds: value }));
    expect(Object.is(decoded.cpuSeconds, value)).toBe(true);
  }
});

test('bytes that are no run are damage, whatever they are', () => {
  fc.assert(
    fc.property(anyRun, fc.nat(), fc.integer({ min: 0, max: 255 }), (run, position, byte) => {
      const bytes = encodeRun(run);
      bytes[position % bytes.length] = byte;
      for (const some of [bytes, bytes.subarray(0, position % bytes.length)]) {
        try {
          decodeRun(some);
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedBytes);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('a cut run is never taken for a whole one', () => {
  const bytes = encodeRun(walk(3));
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeRun(bytes.subarray(0, length))).toThrow(DamagedBytes);
  }
});

test('a path costs what it has not in common with the path before it', () => {
  const one = encodeRun(walk(1)).length;
  const hundred = encodeRun(walk(100)).length;
  expect((hundred - one) / 99).toBeLessThan(folder.length / 2);
});

function walk(cgroups: number): RecordedRun {
  return {
    topic: 'walk',
    args: '{}',
    started: { at: 1_790_000_000_000, monotonicSeconds: 1000.000001 },
    ended: { at: 1_790_000_000_004, monotonicSeconds: 1000.004 },
    cpuSeconds: 0.0039,
    readings: Array.from({ length: cgroups }, (_, index) => ({
      question: 'read',
      path: `${folder}/${index}/memory.usage_in_bytes`,
      text: '4096\n',
    })),
  };
}
