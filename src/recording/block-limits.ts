/** A frame larger than this is not recorded, because a reader would refuse its block. */
export const FRAME_BYTES_MAX = 32 * 1024 * 1024;

/** A block ends when its frames take so much before compression. */
export const BLOCK_BYTES = 16 * 1024 * 1024;

/** What a reader makes of one block at most: a block up to its limit, and one frame that carries what it may carry. */
export const BLOCK_BYTES_MAX = BLOCK_BYTES + FRAME_BYTES_MAX + 1024 * 1024;

/**
 * What a block may unpack to for each of its bytes, and beside that: so the work that a file makes is bounded by its
 * size, and not by what brotli can make of a few bytes. Frames of a node pack to a
 * fortieth, those of a folder of files, which never changes, to a two-thousandth.
 */
export const UNPACKED_PER_BYTE = 8000;
export const UNPACKED_BYTES = 256 * 1024;

/** Most frames of a block: ten minutes of five a second are 3,000. */
export const BLOCK_FRAMES_MAX = 50_000;

/** Most runs of a frame, and readings of a run: a walk over 200,000 cgroups has four of each. */
export const FRAME_RUNS_MAX = 20_000;
export const RUN_READINGS_MAX = 2_000_000;
