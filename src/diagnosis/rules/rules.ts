import type { Severity } from '../../core/severity.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { Finding } from '../finding.ts';
import type { Printer } from '../printer.ts';
import { busyNeighbours } from './busy-neighbours.ts';
import { churn } from './churn.ts';
import { dentriesDominateSlab, negativeDentries } from './dentries.ts';
import { droppedByOthers } from './dropped-by-others.ts';
import { dyingCgroups } from './dying-cgroups.ts';
import { hybridHost } from './hybrid-host.ts';
import { kubeletAttribution } from './kubelet-attribution.ts';
import { kubeletInKernel } from './kubelet-in-kernel.ts';
import { leftoverDirectories } from './leftover-directories.ts';
import { leftoverPods } from './leftover-pods.ts';
import { lookalikes } from './lookalikes.ts';
import { memcgIds } from './memcg-ids.ts';
import { memoryPressure } from './memory-pressure.ts';
import { otherHierarchy } from './other-hierarchy.ts';
import type { Rule } from './rule.ts';
import { slabGrowth } from './slab-growth.ts';
import { slabOutOfProportion } from './slab-out-of-proportion.ts';
import { slowMemoryStat, slowNumaStat, slowRootUsage } from './slow-reads.ts';
import { whatPins } from './what-pins.ts';

/** Every rule, in the order in which findings of one severity are told. */
export const RULES = [
  dyingCgroups,
  slowMemoryStat,
  kubeletAttribution,
  whatPins,
  kubeletInKernel,
  busyNeighbours,
  slowNumaStat,
  slowRootUsage,
  memcgIds,
  otherHierarchy,
  leftoverPods,
  leftoverDirectories,
  slabOutOfProportion,
  slabGrowth,
  dentriesDominateSlab,
  negativeDentries,
  churn,
  droppedByOthers,
  hybridHost,
  memoryPressure,
  lookalikes,
] as const satisfies readonly Rule[];

/** The rules by name. The names stand in the JSON document. */
export type RuleId = (typeof RULES)[number]['id'];

/** How bad one rule finds the node; `unknown` where it was not asked. */
export function severityOfRule(findings: readonly Finding[], id: RuleId): Severity {
  return findings.find((finding) => finding.id === id)?.severity ?? 'unknown';
}

/** The table of what the tool tells, in Markdown: a row for every rule. */
export function rulesTable(limits: Thresholds, print: Printer): string {
  const rows = RULES.map(({ id, tells, speaks }: Rule) => `| \`${id}\` | ${tells} | ${speaks(limits, print)} |`);
  return ['| id | what it tells | when it speaks up |', '|---|---|---|', ...rows, ''].join('\n');
}
