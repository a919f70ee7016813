import fc from 'fast-check';
import { REASONS } from '../../src/core/missing.ts';
import { QUESTIONS } from '../../src/core/reading.ts';
import type { RecordedRun } from '../../src/recording/frame.ts';

/** Well-formed Unicode of any kind: ASCII, control characters, characters outside the basic plane. */
const text = fc.string({ unit: 'binary', maxLength: 60 });

const seconds = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.nat().map((nano) => nano / 1e9),
);

const maybe = fc.oneof(
  seconds,
  fc.record({ unavailable: fc.constantFrom(...REASONS), detail: text }, { requiredKeys: ['unavailable'] }),
);

const answer = fc.oneof(fc.record({ text }), fc.record({ errno: text }));

const asked = fc.record(
  {
    question: fc.constantFrom(...QUESTIONS),
    path: fc.oneof(
      text,
      text.map((rest) => `/sys/fs/cgroup/memory/kubepods/\u{1f600}${rest}`),
    ),
    cost: fc.record({ wallSeconds: maybe, cpuSeconds: maybe, systemSeconds: maybe }),
  },
  { requiredKeys: ['question', 'path'] },
);

const reading = fc.tuple(asked, answer).map(([question, answered]) => ({ ...question, ...answered }));

/** Any moment by both clocks, whole numbers and others. */
export const anyInstant = fc.record({
  at: fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true })),
  monotonicSeconds: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.nat().map((micro) => micro / 1e6),
  ),
});

/** Any run that a recording can hold. */
export const anyRun: fc.Arbitrary<RecordedRun> = fc.record({
  topic: text,
  args: text,
  started: anyInstant,
  ended: anyInstant,
  cpuSeconds: maybe,
  readings: fc.array(reading, { maxLength: 12 }),
});
