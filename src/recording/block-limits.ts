/** A frame larger than this is not recorded, because a reader would refuse its block. */
export const FRAME_BYTES_MAX = 32 * 1024 * 1024;

/** A block ends when its frames take so much before compression. */
export const BLOCK_BYTES = 16 * 1024 * 1024;

/** What a reader makes of one block at most: a block up to its limit, and one frame that carries what it may carry. */
export const BLOCK_BYTES_MAX = BLOCK_BYTES + FRAME_BYTES_MAX + 1024 * 1024;
