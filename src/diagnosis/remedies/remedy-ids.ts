/**
 * What can be done, by name. The names stand in the JSON document.
 *
 * `drop-*`: drop_caches mode 2 (slab), 1 (pages), 3 (both).
 */
export const REMEDY_IDS = [
  'stop-the-churner',
  'drop-slab',
  'drop-pages',
  'drop-both',
  'remove-tmpfs-files',
  'housekeeping-interval',
  'nokmem',
  'drain-and-reboot',
  'upgrade-kernel',
] as const;

/** One of {@link REMEDY_IDS}. */
export type RemedyId = (typeof REMEDY_IDS)[number];
