/**
 * How large a profile may be, so that a hostile or broken file costs bounded memory and time. A profile of 20,000
 * samples with 40 frames is 3 MB inflated and has 0.8 million frames; a real kubelet's is under 1 MB.
 */
export const PROFILE_LIMITS = {
  /** Of the file, and of the protobuf inside it. */
  inflatedBytes: 32 * 1024 ** 2,
  /** Of each kind: samples, locations, functions, mappings, strings. */
  records: 250_000,
  /** Of what stands inside records: numbers in lists, lines of locations, labels. */
  parts: 4_000_000,
  /** Over all stacks, inlined frames counted. */
  frames: 4_000_000,
  /** Longer function names are cut; the longest seen in Go programs with generics have some hundreds. */
  nameCharacters: 1_024,
} as const;
