import type { Location, Profile as Pprof } from 'pprof-format';
import { PROFILE_LIMITS } from './pprof-limits.ts';
import type { ProfileMissing, Stacks } from './profile.ts';

/**
 * The stacks of a decoded pprof in columns, values times `scale`. Inlined calls become frames of their own and
 * functions of the same name become one, as `go tool pprof` does at its default granularity.
 */
export function gatherStacks(
  pprof: Pprof,
  column: number,
  scale: number,
): { readonly functions: readonly string[]; readonly stacks: Stacks } | ProfileMissing {
  const names = new FunctionNames(pprof);
  let total = 0;
  for (const sample of pprof.sample) {
    for (const id of sample.locationId) total += names.at(id).length;
    if (total > PROFILE_LIMITS.frames) return tooManyFrames();
  }
  const starts = new Uint32Array(pprof.sample.length + 1);
  const frames = new Uint32Array(total);
  const inlined = new Uint8Array(total);
  const nanoseconds = new Float64Array(pprof.sample.length);
  let end = 0;
  for (const [index, sample] of pprof.sample.entries()) {
    const value = signed(sample.value[column] ?? 0);
    if (value < 0) return difference();
    nanoseconds[index] = value * scale;
    // In a sample the leaf comes first, and within a location the innermost call.
    for (let place = sample.locationId.length - 1; place >= 0; place--) {
      const calls = names.at(sample.locationId[place] ?? 0);
      for (let call = calls.length - 1; call >= 0; call--) {
        frames[end] = calls[call] ?? 0;
        inlined[end] = call < calls.length - 1 ? 1 : 0;
        end++;
      }
    }
    starts[index + 1] = end;
  }
  return { functions: names.list, stacks: { starts, frames, inlined, nanoseconds } };
}

/** A protobuf `int64`: the decoder hands negative ones over as large unsigned numbers. */
export function signed(value: number | bigint): number {
  return typeof value === 'number' ? value : Number(BigInt.asIntN(64, value));
}

/** Numbers the function names of a profile, and knows which of them run at a location. */
class FunctionNames {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #calls = new Map<number | bigint, readonly number[]>();
  readonly #locations: Map<number | bigint, Location>;
  readonly #names: Map<number | bigint, string>;
  readonly #mappings: Map<number | bigint, string>;

  constructor(pprof: Pprof) {
    const text = (index: number | bigint) => pprof.stringTable.strings[Number(index)] ?? '';
    this.#locations = new Map(pprof.location.map((location) => [location.id, location]));
    this.#names = new Map(pprof.function.map((one) => [one.id, text(one.name) || text(one.systemName)]));
    this.#mappings = new Map(pprof.mapping.map((mapping) => [mapping.id, text(mapping.filename)]));
  }

  /** The functions at a location, innermost first: more than one where calls were inlined. */
  at(id: number | bigint): readonly number[] {
    const known = this.#calls.get(id);
    if (known !== undefined) return known;
    const location = this.#locations.get(id);
    const lines = location?.line ?? [];
    // A location without symbols is named for its file, as go tool pprof does it.
    const unnamed = unnamedIn(this.#mappings.get(location?.mappingId ?? 0) ?? '');
    const calls =
      lines.length === 0
        ? [this.#number(unnamed)]
        : lines.map((line) => this.#number(this.#names.get(line.functionId) || unnamed));
    this.#calls.set(id, calls);
    return calls;
  }

  #number(name: string): number {
    const whole =
      name.length > PROFILE_LIMITS.nameCharacters ? `${name.slice(0, PROFILE_LIMITS.nameCharacters)}...` : name;
    const known = this.#numbers.get(whole);
    if (known !== undefined) return known;
    this.#numbers.set(whole, this.list.length);
    return this.list.push(whole) - 1;
  }
}

function unnamedIn(file: string): string {
  return file === '' ? '<unknown>' : `[${file.slice(file.lastIndexOf('/') + 1)}]`;
}

function tooManyFrames(): ProfileMissing {
  const detail = `more than ${PROFILE_LIMITS.frames} frames; take a profile over fewer seconds`;
  return { unavailable: 'malformed', problem: 'too-large', detail };
}

function difference(): ProfileMissing {
  const detail = 'negative CPU times: this is the difference of two profiles; take one from /debug/pprof/profile';
  return { unavailable: 'malformed', problem: 'not-cpu', detail };
}
