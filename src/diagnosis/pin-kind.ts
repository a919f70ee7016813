/**
 * What keeps dying cgroups alive: slab objects such as dentries; clean or dirty pages of files; pages of files that
 * were not told apart; pages of a tmpfs; anonymous memory; more than one of them.
 */
export type PinnedBy = PinKind | 'mixed';

/** One kind of it. */
export type PinKind = 'slab' | 'clean' | 'dirty' | 'pages' | 'tmpfs' | 'anon';
