import { bytes, count, duration, percent, seconds } from './quantity.ts';

/** How quantities become text inside the sentences of findings and remedies, on the screen and in every export. */
export const PRINTER = { bytes, count, seconds, percent, duration };
