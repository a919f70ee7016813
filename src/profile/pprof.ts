import { Profile as Pprof, type ValueType } from 'pprof-format';
import { isMissing, type Maybe, missing } from '../core/missing.ts';
import { printableAscii } from '../core/printable.ts';
import { inflateProfile } from './pprof-bytes.ts';
import { gatherStacks, signed } from './pprof-stacks.ts';
import { checkProfileWire } from './pprof-wire.ts';
import type { Profile, ProfileMissing } from './profile.ts';
import { profileProblem } from './profile-problem.ts';
import { decodeText } from './text-profile.ts';

/**
 * Decodes a CPU profile: pprof as `/debug/pprof/profile` and `go tool pprof -proto` write it, or the texts of
 * `decodeText`, all of them gzipped or not. Never
 * throws; what it takes in memory and time is bounded. A profile of another program than kubelet is decoded too:
 * `programOf` tells.
 */
export function decodeProfile(bytes: Uint8Array): Profile | ProfileMissing {
  const inflated = inflateProfile(bytes);
  if (isMissing(inflated)) return inflated;
  const fromText = decodeText(inflated);
  if (fromText !== undefined) return fromText;
  const wire = checkProfileWire(inflated);
  if (wire !== 'fine') return profileProblem(wire);
  let pprof: Pprof;
  try {
    pprof = Pprof.decode(inflated);
  } catch (error) {
    // The walk above lets nothing through that is known to make the decoder throw.
    return profileProblem('not-pprof', error instanceof Error ? `: ${visible(error.message)}` : '');
  }
  if (pprof.sampleType.length === 0) return profileProblem('not-pprof');
  return isTorn(pprof) ? profileProblem('truncated') : profileOf(pprof);
}

function profileOf(pprof: Pprof): Profile | ProfileMissing {
  const text = (index: number | bigint): string => pprof.stringTable.strings[Number(index)] ?? '';
  const types = pprof.sampleType.map((type) => ({ type: text(type.type), unit: text(type.unit) }));
  const column = types.findIndex(({ type, unit }) => type === 'cpu' && unit in NANOSECONDS);
  const unit = types[column]?.unit;
  if (unit === undefined) return profileProblem('not-cpu', visible(types.map(({ type }) => type).join(', ')));

  const gathered = gatherStacks(pprof, column, NANOSECONDS[unit] ?? 1);
  if (isMissing(gathered)) return gathered;
  const { functions, stacks } = gathered;
  const cpuNanoseconds = stacks.nanoseconds.reduce((sum, value) => sum + value, 0);
  const durationSeconds = positive(pprof.durationNanos, 1e-9);
  if (cpuNanoseconds === 0) {
    return profileProblem(
      'no-samples',
      isMissing(durationSeconds) ? '' : ` in ${Number(durationSeconds.toFixed(1))} s`,
    );
  }
  return {
    functions,
    stacks,
    cpuNanoseconds,
    samples: sampleCount(pprof, types),
    takenAt: positive(pprof.timeNanos, 1e-6),
    durationSeconds,
    periodNanoseconds: periodOf(pprof.periodType, pprof.period, text),
    executable: present(text(pprof.mapping[0]?.filename ?? 0)),
    dropFrames: present(text(pprof.dropFrames)),
    keepFrames: present(text(pprof.keepFrames)),
    by: 'signal',
  };
}

const NANOSECONDS: Readonly<Record<string, number>> = {
  nanoseconds: 1,
  microseconds: 1e3,
  milliseconds: 1e6,
  seconds: 1e9,
};

/**
 * Whether records name others that are not there. Samples come first in the file and strings last, so that this shows
 * a cut that falls between two records, where protobuf itself shows nothing.
 */
function isTorn({ stringTable, sampleType, sample, mapping, location, function: functions }: Pprof): boolean {
  const strings = stringTable.strings.length;
  const beyond = (index: number | bigint) => Number(index) >= strings;
  if (sampleType.some(({ type, unit }) => beyond(type) || beyond(unit))) return true;
  if (functions.some(({ name, systemName }) => beyond(name) || beyond(systemName))) return true;
  if (mapping.some(({ filename }) => beyond(filename))) return true;
  const known = new Set(functions.map(({ id }) => id));
  if (location.some(({ line }) => line.some(({ functionId }) => !known.has(functionId)))) return true;
  const locations = new Set(location.map(({ id }) => id));
  return sample.some(({ locationId }) => locationId.some((id) => !locations.has(id)));
}

function sampleCount(pprof: Pprof, types: readonly { type: string; unit: string }[]): Maybe<number> {
  const column = types.findIndex(({ type, unit }) => type === 'samples' && unit === 'count');
  if (column < 0) return missing('absent', 'the profile has no column samples/count');
  return pprof.sample.reduce((sum, sample) => sum + signed(sample.value[column] ?? 0), 0);
}

function periodOf(
  type: ValueType | undefined,
  period: number | bigint,
  text: (index: number | bigint) => string,
): Maybe<number> {
  const scale = type === undefined ? undefined : NANOSECONDS[text(type.unit)];
  return scale === undefined ? missing('absent') : positive(period, scale);
}

/** In protobuf a number that was not written and 0 are the same; none of ours can be 0. */
function positive(value: number | bigint, scale: number): Maybe<number> {
  const number = signed(value);
  return number > 0 ? number * scale : missing('absent', 'the profile does not tell');
}

function present(text: string): Maybe<string> {
  return text === '' ? missing('absent') : text;
}

function visible(text: string): string {
  return printableAscii(text).slice(0, 120);
}
