import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const WALKS = 'until two walks were compared';
const TOOL = 'this tool';

/** What only ever grows, for scrapers. */
export const TOTALS_FIELDS: Catalogue<Model, 'totals.'> = {
  'totals.kubeletUserSeconds': field(
    'seconds',
    'CPU time of kubelet in its own code, since it was started',
    '/proc/PID/stat utime',
    'no kubelet was read',
  ),
  'totals.kubeletSystemSeconds': field(
    'seconds',
    'CPU time of kubelet in the kernel, since it was started',
    '/proc/PID/stat stime',
    'no kubelet was read',
  ),
  'totals.created': field('count', 'memory cgroups seen to be created between walks', 'comparing two walks', WALKS),
  'totals.removed': field('count', 'memory cgroups seen to be removed between walks', 'comparing two walks', WALKS),
  'totals.selfCpuSeconds': field(
    'seconds',
    'CPU time of all processes of this tool',
    '/proc/PID/stat utime, stime',
    'until it was read',
  ),
  'totals.reads[].file': field('label', 'file that was read', TOOL, 'never'),
  'totals.reads[].count': field('count', 'reads that came back, since the start', TOOL, 'never'),
  'totals.reads[].wallSeconds': field('seconds', 'wall time of these reads', 'the reads themselves', 'never'),
  'totals.samples[].topic': field('label', 'what was sampled', TOOL, 'never'),
  'totals.samples[].at': field('time', 'when it was sampled last', 'clock of the node', 'never'),
};
