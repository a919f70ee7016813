import { PROFILE_LIMITS } from './pprof-limits.ts';
import type { ProfileProblem } from './profile.ts';

/** What a field of `profile.proto` holds; a shape stands for a message inside. */
type Field = 'number' | 'numbers' | 'bytes' | Shape;
interface Shape {
  readonly [field: number]: Field;
}

const VALUE_TYPE: Shape = { 1: 'number', 2: 'number' };
const LABEL: Shape = { 1: 'number', 2: 'number', 3: 'number', 4: 'number' };
const LINE: Shape = { 1: 'number', 2: 'number', 3: 'number' };
/** https://github.com/google/pprof/blob/main/proto/profile.proto */
const PROFILE: Shape = {
  1: VALUE_TYPE,
  2: { 1: 'numbers', 2: 'numbers', 3: LABEL },
  3: {
    1: 'number',
    2: 'number',
    3: 'number',
    4: 'number',
    5: 'number',
    6: 'number',
    7: 'number',
    8: 'number',
    9: 'number',
    10: 'number',
  },
  4: { 1: 'number', 2: 'number', 3: 'number', 4: LINE, 5: 'number' },
  5: { 1: 'number', 2: 'number', 3: 'number', 4: 'number', 5: 'number' },
  6: 'bytes',
  7: 'number',
  8: 'number',
  9: 'number',
  10: 'number',
  11: VALUE_TYPE,
  12: 'number',
  13: 'numbers',
  14: 'number',
  15: 'number',
};

/**
 * Walks a protobuf as a profile before the decoder sees it, and says what is wrong with it. The decoder (pprof-format)
 * takes lengths on trust: it accepts a file that ends in the middle, a number of a million bytes keeps it busy for
 * hours, and 30 MB of empty labels take 1.4 GB.
 */
export function checkProfileWire(bytes: Uint8Array): ProfileProblem | 'fine' {
  const records = new Uint32Array(32);
  const budget = { parts: PROFILE_LIMITS.parts };
  let at = 0;
  while (at < bytes.length) {
    const next = checkField(bytes, at, bytes.length, PROFILE, budget);
    if (budget.parts < 0) return 'too-large';
    if (next === BAD) return 'not-pprof';
    // Something that began as a profile and then ends inside a field was cut off.
    if (next === SHORT) return at === 0 ? 'not-pprof' : 'truncated';
    const field = (bytes[at] ?? 0) >> 3;
    const count = (records[field] ?? 0) + 1;
    if (count > PROFILE_LIMITS.records) return 'too-large';
    records[field] = count;
    at = next;
  }
  return 'fine';
}

/** In place of an offset: the bytes break the format. */
const BAD = -1;
/** In place of an offset: the field goes on behind the end. */
const SHORT = -2;

/** The offset behind the field that begins at `at`, or why there is none. */
function checkField(bytes: Uint8Array, at: number, end: number, shape: Shape, budget: { parts: number }): number {
  const tag = bytes[at] ?? 0;
  // Field numbers above 15 take two bytes; profile.proto has none and the decoder reads one byte.
  if (tag >= 0x80 || tag < 8) return BAD;
  const field = shape[tag >> 3];
  const wireType = tag & 7;
  if (wireType === 0) {
    return field === undefined || field === 'number' || field === 'numbers' ? skipVarint(bytes, at + 1, end) : BAD;
  }
  if (wireType !== 2 || field === 'number') return BAD;
  const from = skipVarint(bytes, at + 1, end);
  if (from < 0) return from;
  const to = from + lengthAt(bytes, at + 1, from);
  if (to > end) return SHORT;
  if (field === undefined || field === 'bytes') return to;
  let inside = from;
  while (inside < to) {
    const next = field === 'numbers' ? skipVarint(bytes, inside, to) : checkField(bytes, inside, to, field, budget);
    // What is cut inside a record whose end is there is broken, not cut off.
    if (next < 0 || --budget.parts < 0) return BAD;
    inside = next;
  }
  return to;
}

function skipVarint(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if ((bytes[at] ?? 0) < 0x80) return at + 1;
    // 64 bits are at most ten bytes.
    if (at - from >= 9) return BAD;
  }
  return SHORT;
}

function lengthAt(bytes: Uint8Array, from: number, to: number): number {
  let length = 0;
  for (let at = to - 1; at >= from; at--) length = length * 128 + ((bytes[at] ?? 0) & 0x7f);
  return length;
}
