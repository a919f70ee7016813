import type { Model } from '../model.ts';
import { type Catalogue, field } from './field.ts';

const WALKS = 'until two walks were compared';
const TOOL = 'this tool';

/** What only ever grows, for scrapers. */
export const TOTALS_FIELDS: Catalogue<Model, 'totals.'> = {
  'totals.kubeletUserSeconds': field(
    'seconds',
    'kubelet user CPU time',
    'CPU time of kubelet in its own code, since it was started',
    '/proc/PID/stat utime',
    'no kubelet was read',
  ),
  'totals.kubeletSystemSeconds': field(
    'seconds',
    'kubelet system CPU time',
    'CPU time of kubelet in the kernel, since it was started',
    '/proc/PID/stat stime',
    'no kubelet was read',
  ),
  'totals.created': field(
    'count',
    'created',
    'memory cgroups seen to be created between walks',
    'comparing two walks',
    WALKS,
  ),
  'totals.removed': field(
    'count',
    'removed',
    'memory cgroups seen to be removed between walks',
    'comparing two walks',
    WALKS,
  ),
  'totals.selfCpuSeconds': field(
    'seconds',
    'own CPU time',
    'CPU time of all processes of this tool',
    '/proc/PID/stat utime, stime',
    'until it was read',
  ),
  'totals.reads[].file': field('label', 'file', 'file that was read', TOOL, 'never'),
  'totals.reads[].count': field('count', 'reads', 'reads that came back, since the start', TOOL, 'never'),
  'totals.reads[].wallSeconds': field(
    'seconds',
    'wall time',
    'wall time of these reads',
    'the reads themselves',
    'never',
  ),
  'totals.samples[].topic': field('label', 'topic', 'what was sampled', TOOL, 'never'),
  'totals.samples[].at': field('time', 'sampled', 'when it was sampled last', 'clock of the node', 'never'),
};
