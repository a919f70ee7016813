import { churn } from './churn.ts';
import { dentriesDominateSlab, negativeDentries } from './dentries.ts';
import { droppedByOthers } from './dropped-by-others.ts';
import { dyingCgroups } from './dying-cgroups.ts';
import { hybridHost } from './hybrid-host.ts';
import { kubeletAttribution } from './kubelet-attribution.ts';
import { kubeletInKernel } from './kubelet-in-kernel.ts';
import { leftoverDirectories } from './leftover-directories.ts';
import { lookalikes } from './lookalikes.ts';
import { memcgIds } from './memcg-ids.ts';
import { memoryPressure } from './memory-pressure.ts';
import { otherHierarchy } from './other-hierarchy.ts';
import type { Rule } from './rule.ts';
import { slabGrowth } from './slab-growth.ts';
import { slowMemoryStat, slowNumaStat, slowRootUsage } from './slow-reads.ts';
import { whatPins } from './what-pins.ts';

/** Every rule, in the order in which findings of one severity are told. */
export const RULES: readonly Rule[] = [
  dyingCgroups,
  slowMemoryStat,
  kubeletAttribution,
  whatPins,
  kubeletInKernel,
  slowNumaStat,
  slowRootUsage,
  memcgIds,
  otherHierarchy,
  leftoverDirectories,
  slabGrowth,
  dentriesDominateSlab,
  negativeDentries,
  churn,
  droppedByOthers,
  hybridHost,
  memoryPressure,
  lookalikes,
];
