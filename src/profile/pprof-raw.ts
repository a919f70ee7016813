import { type Maybe, missing } from '../core/missing.ts';
import type { Profile, ProfileMissing } from './profile.ts';
import { profileProblem } from './profile-problem.ts';
import { StackColumns } from './stack-columns.ts';

/** Whether a text is what `go tool pprof -raw` prints: the first step of the usual recipe for a flame graph. */
export function isPprofRaw(text: string): boolean {
  return /^PeriodType: /m.test(text.slice(0, 4096));
}

/**
 * Reads the text of `go tool pprof -raw`: a header, samples as numbers of locations, locations with the functions at
 * them (innermost first, those that were not inlined last), mappings. The format is Profile.String() of
 * https://github.com/google/pprof/blob/main/profile/profile.go.
 */
export function parsePprofRaw(text: string): Profile | ProfileMissing {
  const parts = partsOf(text);
  const types = (parts.samples[0] ?? '').trim().split(/\s+/);
  const column = types.findIndex((type) => /^cpu\/(?:nano|micro|milli)?seconds/.test(type));
  if (column < 0) return profileProblem('not-cpu', types.map((type) => type.split('/')[0]).join(', '));
  const scale = NANOSECONDS[/^cpu\/([a-z]+)/.exec(types[column] ?? '')?.[1] ?? ''] ?? 1;
  const counts = types.findIndex((type) => type.startsWith('samples/count'));
  const mappings = parts.mappings.map((line) => MAPPING.exec(line)?.[1] ?? '');
  const locations = readLocations(parts.locations, mappings);

  const columns = new StackColumns();
  let samples = 0;
  for (const line of parts.samples.slice(1)) {
    const [, values, ids] = SAMPLE.exec(line) ?? [];
    // What belongs to no sample are its labels.
    if (values === undefined || ids === undefined) continue;
    const numbers = values.trim().split(/\s+/).map(Number);
    const frames = ids.trim().split(/\s+/).map(Number).toReversed();
    const named = frames.map((id) => locations.get(id));
    if (named.includes(undefined)) return profileProblem('truncated');
    const value = numbers[column] ?? 0;
    if (value < 0) return profileProblem('not-cpu', 'differences');
    samples += numbers[counts] ?? 0;
    if (
      !columns.push(
        named.flatMap((calls) => calls ?? []),
        value,
      )
    )
      return profileProblem('too-large');
  }
  const header = (name: string) =>
    parts.header.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  const stacks = columns.stacks(scale);
  const cpuNanoseconds = stacks.nanoseconds.reduce((sum, value) => sum + value, 0);
  if (cpuNanoseconds === 0) return profileProblem('no-samples');
  const period = Number(header('Period'));
  return {
    functions: columns.functions,
    stacks,
    cpuNanoseconds,
    samples: counts < 0 ? missing('absent', 'the profile has no column samples/count') : samples,
    takenAt: timeOf(header('Time')),
    durationSeconds: durationOf(header('Duration')),
    periodNanoseconds: period > 0 ? period * scale : missing('absent', NOT_TOLD),
    executable: mappings[0] === undefined || mappings[0] === '' ? missing('absent') : mappings[0],
    dropFrames: missing('absent'),
    keepFrames: missing('absent'),
    by: 'signal',
  };
}

const NOT_TOLD = 'the profile does not tell';

const NANOSECONDS: Readonly<Record<string, number>> = {
  nanoseconds: 1,
  microseconds: 1e3,
  milliseconds: 1e6,
  seconds: 1e9,
};

const SAMPLE = /^ *(-?\d+(?: +-?\d+)*): ([\d ]+)$/;

const MAPPING = /^\d+: 0x[0-9a-f]+\/0x[0-9a-f]+\/0x[0-9a-f]+ (\S*)/;

const LOCATION = /^ *(\d+): 0x[0-9a-f]+ (?:M=(\d+) )?(?:\[F\] )?(.*)$/;

/** `name file:line:column s=line`; the name may have blanks, the file has none. */
const CALL = /^\s*(.+?) \S*:\d+(?::\d+)? s=-?\d+/;

/** The text's parts, as lines. */
type Parts = Readonly<Record<'header' | 'samples' | 'locations' | 'mappings', readonly string[]>>;

function partsOf(text: string): Parts {
  const parts: Record<keyof Parts, string[]> = { header: [], samples: [], locations: [], mappings: [] };
  let part: keyof Parts = 'header';
  for (const line of text.split(/\r?\n/)) {
    if (line === 'Samples:') part = 'samples';
    else if (line === 'Locations') part = 'locations';
    else if (line === 'Mappings') part = 'mappings';
    else if (line !== '') parts[part].push(line);
  }
  return parts;
}

type Calls = readonly { readonly name: string; readonly inlined: boolean }[];

/** The functions at each location, outermost first. */
function readLocations(lines: readonly string[], mappings: readonly string[]): ReadonlyMap<number, Calls> {
  const names = new Map<number, string[]>();
  let calls: string[] = [];
  for (const line of lines) {
    const [, id, mapping, rest = line] = LOCATION.exec(line) ?? [];
    const name = CALL.exec(rest)?.[1];
    if (id !== undefined) {
      const file = mappings[Number(mapping) - 1] ?? '';
      // A location without symbols is named for its file, as go tool pprof does it.
      calls = [name ?? (file === '' ? '<unknown>' : `[${file.slice(file.lastIndexOf('/') + 1)}]`)];
      names.set(Number(id), calls);
    } else if (name !== undefined) calls.push(name);
  }
  return new Map(
    [...names].map(([id, list]) => [
      id,
      list.map((name, at) => ({ name, inlined: at < list.length - 1 })).toReversed(),
    ]),
  );
}

/** `2026-11-23 11:20:50.198216205 +0000 UTC` */
function timeOf(text: string): Maybe<number> {
  const [, day, time, hours, minutes] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d* ([+-]\d\d)(\d\d)/.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(at) ? missing('absent', NOT_TOLD) : at;
}

/** `20.0`, and by newer versions `20.04s` or `1m0.1s`. */
function durationOf(text: string): Maybe<number> {
  const [, minutes = '0', seconds] = /^(?:(\d+)m)?(\d+(?:\.\d+)?)s?$/.exec(text.trim()) ?? [];
  const duration = seconds === undefined ? 0 : Number(minutes) * 60 + Number(seconds);
  return duration > 0 ? duration : missing('absent', NOT_TOLD);
}
