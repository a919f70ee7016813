import { isMissing } from '../../core/missing.ts';
import type { Parsed } from '../../core/parsed.ts';
import { malformed, NO_ISSUES, wholeNumber } from '../text.ts';

/**
 * Parses one file of `/sys/kernel/slab/<cache>/`: `slabs`, `objects`, `total_objects` (for example
 * `151242 N0=151242`; the parts by memory node are left out), `slab_size`, `object_size` (bytes), `objs_per_slab`,
 * `order`. SLUB only. On kernels with caches per memory cgroup (4.4: 24 k of 3.08 M dentries were shown) the root
 * cache's files leave those out.
 * https://docs.kernel.org/admin-guide/abi-testing.html (sysfs-kernel-slab)
 */
export function parseSlabNumber(text: string): Parsed<number> {
  const [word = ''] = text.split(/[ \n]/, 1);
  const value = wholeNumber(word);
  if (isMissing(value)) return malformed(1, value.detail ?? 'expected a whole number');
  if (value < 0) return malformed(1, `expected a count or a size, got ${value}`);
  return { value, issues: NO_ISSUES };
}
