import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Profile as Pprof, StringTable } from 'pprof-format';

/** The profile of a real kubelet 1.20.2, gzipped as it came. */
export function capturedProfile(): Buffer {
  return readFileSync(fileURLToPath(new URL('../fixtures/kubelet-1.20.2/profile.pb.gz', import.meta.url)));
}

/** What `go tool pprof -raw` prints of the same profile. */
export function capturedRaw(): Buffer {
  return gunzipSync(
    readFileSync(fileURLToPath(new URL('../fixtures/kubelet-1.20.2/profile.raw.txt.gz', import.meta.url))),
  );
}

/** A stack, outermost caller first; `inline: 'name'` stands for a call that was inlined into the one before it. */
type MadeFrame = string | { readonly inline: string };
/** A stack with its number of samples of 10 ms each. */
export type MadeStack = readonly [stack: readonly MadeFrame[], samples: number];

/** What a made profile says of itself; the default is a CPU profile of a kubelet. */
export interface MadeProfile {
  readonly types?: readonly (readonly [type: string, unit: string])[];
  readonly executable?: string;
  /** Nanoseconds; 0 is not written. */
  readonly duration?: number;
}

/** The protobuf of a profile with the given stacks, not gzipped. */
export function madeProfile(stacks: readonly MadeStack[], about: MadeProfile = {}): Uint8Array {
  const strings = new StringTable();
  const types = about.types ?? [
    ['samples', 'count'],
    ['cpu', 'nanoseconds'],
  ];
  const functions = new Map<string, number>();
  const locations = new Map<string, { id: number; line: { functionId: number; line: number }[] }>();
  const functionId = (name: string) => {
    const known = functions.get(name) ?? functions.size + 1;
    functions.set(name, known);
    return known;
  };
  const locationId = (names: readonly string[]) => {
    const key = names.join('\n');
    const known = locations.get(key);
    if (known !== undefined) return known.id;
    const line = names.map((name) => ({ functionId: functionId(name), line: 1 }));
    locations.set(key, { id: locations.size + 1, line });
    return locations.size;
  };
  const sample = stacks.map(([stack, samples]) => ({
    locationId: physicalFrames(stack).map(locationId).reverse(),
    value: types.map(([, unit]) => (unit === 'count' ? samples : samples * 10_000_000)),
  }));
  return new Pprof({
    sampleType: types.map(([type, unit]) => ({ type: strings.dedup(type), unit: strings.dedup(unit) })),
    sample,
    mapping: [{ id: 1, filename: strings.dedup(about.executable ?? '/usr/bin/kubelet') }],
    location: [...locations.values()].map((location) => ({ ...location, mappingId: 1 })),
    function: [...functions].map(([name, id]) => ({ id, name: strings.dedup(name) })),
    periodType: { type: strings.dedup('cpu'), unit: strings.dedup('nanoseconds') },
    period: 10_000_000,
    durationNanos: about.duration ?? 10_000_000_000,
    timeNanos: 1_764_000_000_000_000_000n,
    stringTable: strings,
  }).encode();
}

/** Groups inlined calls with the function that they were compiled into; innermost first, as in a location. */
function physicalFrames(stack: readonly MadeFrame[]): string[][] {
  const physical: string[][] = [];
  for (const frame of stack) {
    if (typeof frame === 'string') physical.push([frame]);
    else physical.at(-1)?.unshift(frame.inline);
  }
  return physical;
}

/** Size of a synthetic profile. */
export interface SyntheticSize {
  readonly samples: number;
  readonly depth: number;
}

/**
 * A gzipped profile of `samples` stacks, all of them different, with `depth` frames each: as bushy as one of a large
 * program can be. The same size gives the same bytes.
 */
export function syntheticProfile({ samples, depth }: SyntheticSize): Buffer {
  const random = sequence(1);
  const stacks = Array.from({ length: samples }, (): MadeStack => {
    // The upper third has few branches, as real stacks do; below it everything is possible.
    const stack = Array.from({ length: depth }, (_, level) => {
      const branches = level < depth / 3 ? 2 : 60;
      const place = Math.floor(random() ** 2 * branches);
      return `${PACKAGES[(level + place) % PACKAGES.length]}.(*type${level}).method${place}`;
    });
    return [stack, 1];
  });
  return gzipSync(madeProfile(stacks));
}

const PACKAGES = [
  'k8s.io/kubernetes/pkg/kubelet',
  'k8s.io/kubernetes/vendor/github.com/google/cadvisor/manager',
  'github.com/opencontainers/runc/libcontainer/cgroups/fs',
  'runtime',
  'syscall',
  'encoding/json',
  'net/http',
];

/** Numbers from 0 to 1 that look random and are the same every time (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
