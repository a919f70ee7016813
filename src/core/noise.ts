/**
 * What the dying cgroups below a parent hold is told from this many bytes on; less is rounding: every CPU keeps a stock
 * of up to 32 pages per cgroup (measured on 6.18 as about 0.4 MB; on 4.4.155 ±33 kB of kernel memory).
 */
export const NOISE_BYTES = 400_000;
