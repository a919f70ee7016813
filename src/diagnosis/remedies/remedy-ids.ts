/**
 * What can be done, by name: what relieves now, then what keeps it from coming back. The names stand in the JSON
 * document. `drop-slab`, `drop-pages` and `drop-both` are drop_caches with 2, 1 and 3.
 */
export const REMEDY_IDS = [
  'drop-slab',
  'drop-pages',
  'drop-both',
  'remove-tmpfs-files',
  'remove-leftovers',
  'stop-the-churner',
  'housekeeping-interval',
  'upgrade-kernel',
  'drain-and-reboot',
  'nokmem',
] as const;

/** One of {@link REMEDY_IDS}. */
export type RemedyId = (typeof REMEDY_IDS)[number];
